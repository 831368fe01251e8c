public import MonotoneFiles
public import MonotoneProbability
public import NeuralTRPO

/// A robot simulated by MuJoCo, as Gymnasium does it: with the same library, observations, rewards and
/// ends of episodes agree bit for bit from the same state under the same actions.
public struct RobotEnvironment: Environment {
  /// Positions, velocities and the accelerations that the solver of contacts starts from.
  public struct State: EnvironmentState {
    /// One after another.
    public var numbers: [Double]

    public init?(numbers: [Double]) { self.numbers = numbers }
  }

  /// The facts.
  package let robot: Robot
  public var timeLimit: Int?
  /// The precision of the actions: NumPy computes the cost of float32 actions in float32.
  package var actionPrecision = TrainingConfiguration.Precision.double
  private let model: MuJoCoModel
  /// Δt, in seconds.
  private let interval: Double

  /// A robot in an installation.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` if its model cannot be used.
  package init(_ robot: Robot, _ installation: MuJoCoInstallation) throws(RunFailure) {
    self.robot = robot
    timeLimit = 1000
    model = try installation.model(robot.modelFile)
    interval = model.timestep * Double(robot.frameSkip)
    guard model.layout.controls == robot.controls,
      model.layout.positions + model.layout.velocities > robot.hiddenPositions + 3
    else {
      throw RunFailure(
        "\(robot.modelFile): found \(model.layout.controls) controls; expected the "
          + "\(robot.controls) of \(robot.id)\n  \(PythonPackages.remedy)", .badData)
    }
  }

  /// The robot of a name, such as `Hopper-v5`, in the installation that `python3` finds.
  ///
  /// - Parameter library: The file of libmujoco; nil for that of the installed package.
  /// - Throws: ``MonotoneFiles/RunFailure`` if there is no such robot, or if something is not installed.
  public init(_ name: String, library: String? = nil) throws(RunFailure) {
    guard let robot = RobotCatalogue.robot(name) else {
      throw RunFailure(
        "\(name): no such robot; expected one of \(RobotCatalogue.names.joined(separator: ", "))",
        .usage)
    }
    try self.init(robot, MuJoCoInstallation(library: library))
  }

  /// The version of the library, for records: `MuJoCo 3.17.0`.
  public var simulator: String { "MuJoCo \(model.library.version)" }

  public var id: String { robot.id }
  public var observationWidth: Int {
    model.layout.positions + model.layout.velocities - robot.hiddenPositions
  }
  public var actionSpace: ActionSpace {
    .box(
      low: [Double](repeating: -1, count: robot.controls),
      high: [Double](repeating: 1, count: robot.controls))
  }

  public func isValid(_ state: State) -> Bool {
    state.numbers.count == model.layout.width && state.numbers.allSatisfy(\.isFinite)
      && isHealthy(state)
  }

  private func isHealthy(_ state: State) -> Bool {
    guard let survival = robot.survival else { return true }
    let positions = model.layout.positions
    return survival.isHealthy(
      state.numbers[..<positions],
      state.numbers[positions..<positions + model.layout.velocities])
  }

  public func start(_ stream: inout RandomStream) -> State {
    var numbers = [Double](repeating: 0, count: model.layout.width)
    for index in model.origin.indices {
      let isVelocity = index >= model.layout.positions
      let noise =
        isVelocity && robot.startsNormally ? stream.normal() : 2 * stream.uniform() - 1
      numbers[index] = model.origin[index] + robot.startNoise * noise
    }
    model.withSimulation { $0.begin(&numbers) }
    return State(numbers)
  }

  public func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
    let (positions, hidden) = (model.layout.positions, robot.hiddenPositions)
    let bound = robot.velocityBound ?? .infinity
    for index in hidden..<positions { observation[index - hidden] = state.numbers[index] }
    for index in positions..<positions + model.layout.velocities {
      let velocity = state.numbers[index]
      // Written so that what is no number stays so.
      observation[index - hidden] =
        velocity < -bound ? -bound : velocity > bound ? bound : velocity
    }
  }

  public func step(
    _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
  ) -> Step {
    let before = state.numbers[0]
    let cost = cost(action)
    model.withSimulation { $0.step(&state.numbers, action, times: robot.frameSkip) }
    var reward = (state.numbers[0] - before) / interval
    let isHealthy = isHealthy(state)
    if let survival = robot.survival { reward += isHealthy ? survival.reward : 0 }
    return Step(reward: reward - cost, isTerminal: !isHealthy)
  }

  /// c‖a‖².
  private func cost(_ action: UnsafePointer<Double>) -> Double {
    switch actionPrecision {
    case .double: cost(action, in: Double.self)
    case .float: cost(action, in: Float.self)
    }
  }

  private func cost<Number: BinaryFloatingPoint>(
    _ action: UnsafePointer<Double>, in type: Number.Type
  ) -> Double {
    var sum: Number = 0
    for index in 0..<robot.controls {
      let one = Number(action[index])
      sum += one * one
    }
    return Double(Number(robot.controlCost) * sum)
  }
}

extension RobotEnvironment.State {
  fileprivate init(_ numbers: [Double]) { self.numbers = numbers }
}
