internal import MDPCore
internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MonotoneLinearAlgebra
internal import MonotoneReports
internal import NeuralTRPO
internal import Simulators
internal import Synchronization
internal import TrainingRuns

/// Environments side by side, to follow policies in.
final class EnvironmentSession: Session, @unchecked Sendable {
  // Sendable: everything that changes does so under `lock`.
  private let name: String
  private let shape: NetworkShape
  private let head: any PolicyHead
  private let environment: any VectorEnvironment
  private let collector: SinglePath<Double>
  private let lock = Mutex<Void>(())

  /// Opens the environment of a name, or the model of a file.
  static func open(_ name: String, _ text: String?) throws -> Reply {
    let given = try CallOptions(text, known: options)
    var gymnasium = GymnasiumOptions()
    if let arguments = try given.text("gymMake") { gymnasium.makeArguments = arguments }
    if let modules = try given.text("gymImport") {
      gymnasium.imports = modules.split(separator: ",").map(String.init)
    }
    if let python = try given.text("python") { gymnasium.python = python }
    return try open(
      try TrainingWorld(name, mujoco: try given.text("mujoco"), gymnasium: gymnasium), text)
  }

  private static let options = [
    "hidden", "observation", "timeLimit", "environments", "seed", "precision", "mujoco",
    "gymMake", "gymImport", "python",
  ]

  static func open(_ world: TrainingWorld, _ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: options)
    var configuration = TrainingConfiguration()
    configuration.threads = 1
    configuration.hidden = try options.counts("hidden", in: 1...65_536) ?? [64, 64]
    configuration.timeLimit = try options.count("timeLimit", in: 1...1_000_000_000)
    configuration.environments = try options.count("environments", in: 1...65_536) ?? 1
    configuration.seed = try options.count("seed", in: 0...(1 << 53)) ?? 0
    if let model = world.model { configuration.discount = model.discount.approximation }
    if try options.word("observation", among: ["oneHot", "features"]) == "features" {
      configuration.observation = .features
    }
    let isSingle = try options.word("precision", among: ["float64", "float32"]) == "float32"
    configuration.precision = isSingle ? .float : .double
    // Rows are counted where they are asked for, by `rollout`.
    (configuration.batch, configuration.critic) = (1, .none)
    try TrainingProcesses.requireRoom(configuration, world)
    let environments = try world.environments(configuration)
    guard let environment = environments.first else {
      throw CallFailure("\(world.name): no such environment", .unreadable)
    }
    if let image = environment.image {
      throw CallFailure(
        "\(world.name): its observations are images of \(image); expected numbers, as the policies here "
          + "have no convolutions: train and evaluate with `monotone train` and `monotone evaluate`",
        .badData)
    }
    let session = EnvironmentSession(world.title, environment, configuration)
    return Reply(handle: Sessions.open(session)) { session.summary }
  }

  private init(
    _ name: String, _ environment: any VectorEnvironment, _ configuration: TrainingConfiguration
  ) {
    self.name = name
    self.environment = environment
    head = environment.actionSpace.head(fixedDeviation: nil)
    shape = NetworkShape(
      inputs: environment.observationWidth, hidden: configuration.hidden, outputs: head.outputs)
    collector = SinglePath(
      [environment], shape: shape, head: head, seed: UInt64(configuration.seed))
  }

  /// Works with the environments while nobody else does.
  ///
  /// - Throws: ``CallFailure`` where the environments fail, too.
  func withEnvironment<R>(_ body: (any VectorEnvironment) throws -> R) throws -> R {
    try lock.withLock { _ in
      let result = try body(environment)
      try requireWorking()
      return result
    }
  }

  /// Refuses what environments that failed gave.
  private func requireWorking() throws(CallFailure) {
    guard let failure = environment.failure else { return }
    throw CallFailure(([failure.cause] + failure.lines).joined(separator: "\n  "), .internalError)
  }

  /// How many environments there are.
  var count: Int { environment.steps.count }
  /// How many numbers make an action.
  var actionWidth: Int { environment.actionSpace.width }

  private var parameterCount: Int { shape.parameterCount + head.parameterCount }

  private var summary: String {
    let isDiscrete = if case .discrete = environment.actionSpace { true } else { false }
    return """
      {"schema": "monotone/environment/v1", "name": \(JSONText.quoted(name)), \
      "observationWidth": \(environment.observationWidth), \
      "actionWidth": \(environment.actionSpace.width), "parameters": \(parameterCount), \
      "discrete": \(isDiscrete)}
      """
  }

  /// Follows the policy of a flat vector of parameters: the network's, layer by layer, then the head's.
  func rollout(_ parameters: NumberArray, _ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: ["steps"])
    let steps = try options.count("steps", in: 1...10_000_000) ?? 1_000
    guard parameters.shape == [parameterCount] else {
      throw CallFailure(
        "parameters: found shape (\(parameters.shape.map(String.init).joined(separator: ", "))); "
          + "expected (\(parameterCount))", .badData)
    }
    let values = try parameters.finite(named: "parameters")
    try requireRoom(rows: steps * count)
    let rollout = try withEnvironment { _ in
      collector.collect(.steps(steps), parameters: values)
    }
    let rows = rollout.rows
    let arrays: [Reply.Output] = [
      .init(
        name: "observations", shape: [rows, rollout.observationWidth],
        elements: .float64(rollout.observations)),
      .init(
        name: "actions", shape: [rows, rollout.actionWidth], elements: .float64(rollout.actions)),
      .init(name: "rewards", shape: [rows], elements: .float64(rollout.rewards)),
      .init(
        name: "ends", shape: [rows],
        elements: .int8(rollout.ends.map { Int8(truncatingIfNeeded: $0.rawValue) })),
      .init(name: "slots", shape: [rows], elements: .int32(rollout.slots)),
    ]
    let episodes = rollout.episodes
    return Reply(arrays: arrays) {
      try ResultJSON.line(Episodes(episodes: episodes))
    }
  }

  /// Refuses rows that the machine has no room for: as they are collected, joined, and copied for the reply.
  private func requireRoom(rows: Int) throws(CallFailure) {
    let width =
      2 * environment.observationWidth + 2 * actionWidth + environment.actionSpace.choiceCount + 8
    do throws(InsufficientMemory) {
      try MemoryBudget.shared.require(
        3 * 8 * Double(width) * Double(rows), "a rollout of \(rows) steps")
    } catch {
      throw CallFailure("\(error.message): fewer steps or environments")
    }
  }

  private struct Episodes: Encodable {
    var schema = "monotone/rollout/v1"
    var episodes: [Episode]
  }
}
