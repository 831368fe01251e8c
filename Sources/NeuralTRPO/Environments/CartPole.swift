public import MonotoneProbability
internal import RealModule

/// A pole on a cart that is pushed left or right: Gymnasium's `CartPole-v1`.
///
/// The reward is 1 a step, also for the step that lets the pole fall. The state is integrated by
/// Euler's method; the sines enter as Gymnasium writes them, so that trajectories agree to rounding.
/// Observations are the state itself; Gymnasium rounds them to single precision.
///
/// Source: Barto, Sutton & Anderson 1983; Gymnasium 1.4, `classic_control/cartpole.py`.
public struct CartPole: Environment {
  /// Position, velocity, angle, angular velocity.
  public struct State: EnvironmentState {
    /// The cart's position, in metres from the middle.
    public var position: Double
    /// The cart's velocity, in metres per second.
    public var velocity: Double
    /// The pole's angle from upright, in radians.
    public var angle: Double
    /// The pole's angular velocity, in radians per second.
    public var angularVelocity: Double

    public var numbers: [Double] { [position, velocity, angle, angularVelocity] }

    public init?(numbers: [Double]) {
      guard numbers.count == 4 else { return nil }
      (position, velocity, angle, angularVelocity) = (
        numbers[0], numbers[1], numbers[2], numbers[3]
      )
    }

    init(_ position: Double, _ velocity: Double, _ angle: Double, _ angularVelocity: Double) {
      (self.position, self.velocity) = (position, velocity)
      (self.angle, self.angularVelocity) = (angle, angularVelocity)
    }
  }

  public var timeLimit: Int?

  /// The environment of Gymnasium.
  ///
  /// - Parameter timeLimit: After how many steps an episode is truncated; Gymnasium's 500 unless given.
  public init(timeLimit: Int? = nil) { self.timeLimit = timeLimit ?? 500 }

  static let kind = EnvironmentKind("CartPole-v1", "a pole on a cart that is pushed left or right")
  {
    CartPole(timeLimit: $0)
  }

  public var id: String { "CartPole-v1" }
  public var observationWidth: Int { 4 }
  public var actionSpace: ActionSpace { .discrete(choices: [2]) }

  private static let gravity = 9.8
  private static let poleMass = 0.1
  private static let totalMass = 0.1 + 1.0
  /// Half the pole's length.
  private static let length = 0.5
  private static let poleMassLength = 0.1 * 0.5
  /// The push, in newtons.
  static let force = 10.0
  private static let interval = 0.02
  private static let angleLimit = 12 * 2 * Double.pi / 360
  private static let positionLimit = 2.4

  public func isValid(_ state: State) -> Bool {
    Self.stands(state) && state.velocity.isFinite && state.angularVelocity.isFinite
  }

  /// Whether the cart is on its track and the pole upright enough.
  static func stands(_ state: State) -> Bool {
    abs(state.position) <= Self.positionLimit && abs(state.angle) <= Self.angleLimit
  }

  public func start(_ stream: inout RandomStream) -> State {
    func draw() -> Double { 0.1 * stream.uniform() - 0.05 }
    return State(draw(), draw(), draw(), draw())
  }

  public func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    observation[0] = state.position
    observation[1] = state.velocity
    observation[2] = state.angle
    observation[3] = state.angularVelocity
  }

  public func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    precondition(action[0] == 0 || action[0] == 1, "action \(action[0]) of two")
    Self.move(&state, force: action[0] == 1 ? Self.force : -Self.force)
    return Step(reward: 1, isTerminal: !Self.stands(state))
  }

  /// Moves on by an interval in which the cart is pushed with a force, in newtons.
  static func move(_ state: inout State, force: Double) {
    let (cosine, sine) = (Double.cos(state.angle), Double.sin(state.angle))
    let push =
      (force + Self.poleMassLength * (state.angularVelocity * state.angularVelocity) * sine)
      / Self.totalMass
    let angularAcceleration =
      (Self.gravity * sine - cosine * push)
      / (Self.length * (4.0 / 3 - Self.poleMass * (cosine * cosine) / Self.totalMass))
    let acceleration =
      push - Self.poleMassLength * angularAcceleration * cosine / Self.totalMass
    state.position += Self.interval * state.velocity
    state.velocity += Self.interval * acceleration
    state.angle += Self.interval * state.angularVelocity
    state.angularVelocity += Self.interval * angularAcceleration
  }
}
