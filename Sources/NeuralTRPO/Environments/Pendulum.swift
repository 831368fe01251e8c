public import MonotoneProbability
internal import RealModule

/// A pendulum that is to be swung up and held by a bounded torque: Gymnasium's `Pendulum-v1`.
///
///     reward −(θ² + 0.1 θ̇² + 0.001 u²),   θ brought to [−π, π),   u clipped to ±2
///
/// It never ends by itself; 200 steps truncate. Observations are cos θ, sin θ and θ̇, which Gymnasium
/// rounds to single precision.
///
/// Source: Gymnasium 1.4, `classic_control/pendulum.py`.
public struct Pendulum: Environment {
  /// θ, from upright, and θ̇.
  public struct State: EnvironmentState {
    /// θ, the angle from upright, in radians.
    public var angle: Double
    /// θ̇, in radians per second.
    public var angularVelocity: Double

    public var numbers: [Double] { [angle, angularVelocity] }

    public init?(numbers: [Double]) {
      guard numbers.count == 2 else { return nil }
      (angle, angularVelocity) = (numbers[0], numbers[1])
    }

    init(_ angle: Double, _ angularVelocity: Double) {
      (self.angle, self.angularVelocity) = (angle, angularVelocity)
    }
  }

  public var timeLimit: Int?

  /// The environment of Gymnasium.
  ///
  /// - Parameter timeLimit: After how many steps an episode is truncated; Gymnasium's 200 unless given.
  public init(timeLimit: Int? = nil) { self.timeLimit = timeLimit ?? 200 }

  static let kind = EnvironmentKind("Pendulum-v1", "a pendulum that is swung up by a torque") {
    Pendulum(timeLimit: $0)
  }

  public var id: String { "Pendulum-v1" }
  public var observationWidth: Int { 3 }
  public var actionSpace: ActionSpace { .box(low: [-Self.torque], high: [Self.torque]) }

  private static let torque = 2.0
  private static let speed = 8.0
  private static let interval = 0.05
  private static let gravity = 10.0

  public func isValid(_ state: State) -> Bool {
    state.angle.isFinite && abs(state.angularVelocity) <= Self.speed
  }

  public func start(_ stream: inout RandomStream) -> State {
    State(Double.pi * (2 * stream.uniform() - 1), 2 * stream.uniform() - 1)
  }

  public func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    observation[0] = Double.cos(state.angle)
    observation[1] = Double.sin(state.angle)
    observation[2] = state.angularVelocity
  }

  public func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    let torque = min(max(action[0], -Self.torque), Self.torque)
    let angle = Self.wrapped(state.angle)
    let velocity = state.angularVelocity
    let cost = angle * angle + 0.1 * (velocity * velocity) + 0.001 * (torque * torque)
    // With mass and length 1: 3g/(2l) = 15 and 3/(ml²) = 3.
    let acceleration = 3 * Self.gravity / 2 * Double.sin(state.angle) + 3 * torque
    let next = min(max(velocity + acceleration * Self.interval, -Self.speed), Self.speed)
    state.angle += next * Self.interval
    state.angularVelocity = next
    return Step(reward: -cost, isTerminal: false)
  }

  /// An angle in [−π, π).
  private static func wrapped(_ angle: Double) -> Double {
    let turn = 2 * Double.pi
    let shifted = angle + Double.pi
    // The remainder with the divisor's sign, as Python's %.
    let rest = shifted.truncatingRemainder(dividingBy: turn)
    return (rest < 0 ? rest + turn : rest) - Double.pi
  }
}
