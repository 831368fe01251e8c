internal import MonotoneArithmetic
public import MonotoneFiles
internal import MonotoneLinearAlgebra
public import MDPCore
public import MDPFormats
package import NeuralTRPO
public import Simulators

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The environment of a training run: one with a name, one of Gymnasium, a game, or a finite MDP from a
/// file.
///
/// The library of a simulator is loaded, and Python is started, with the world that needs it.
public struct TrainingWorld: Sendable {
  /// The name of the environment, or the path of the model's file.
  public var name: String
  /// The model, where it is one.
  public var model: MDPDocument?
  /// The robot, where it is one.
  private var robot: RobotEnvironment?
  /// The environment of Gymnasium, where it is one.
  private(set) var gymnasium: GymnasiumEnvironment?

  /// The names of all environments that have one.
  package static let environmentNames = EnvironmentCatalogue.names + RobotCatalogue.names

  /// Finds the environment of a name, or reads the model of a file.
  ///
  /// - Parameters:
  ///   - mujoco: The file of libmujoco, for a robot; nil for the one that is installed.
  ///   - gymnasium: How an environment of Gymnasium or a game is made; its name is `gym:` and its id, or
  ///     `atari:` or `minatar:` and the game's.
  /// - Throws: ``MonotoneFiles/RunFailure``.
  public init(
    _ name: String, _ reading: MDPReaderConfiguration = .init(), mujoco: String? = nil,
    gymnasium: GymnasiumOptions = .init(), monitor: RunMonitor = .init()
  ) throws(RunFailure) {
    self.name = name
    if Self.isGymnasium(name) {
      self.gymnasium = try GymnasiumEnvironment(name, gymnasium)
      return
    }
    if let robot = RobotCatalogue.robot(name) {
      self.robot = try RobotEnvironment(robot, try MuJoCoInstallation(library: mujoco))
      return
    }
    guard !EnvironmentCatalogue.names.contains(name) else { return }
    do throws(RunFailure) {
      model = try InputFile.model(name, reading, or: Self.environmentNames)
    } catch {
      throw error.mentioningGymnasium(name)
    }
    if let model, let note = reading.note(model.normalised, in: name) { monitor.note(note) }
  }

  /// Whether a name is that of an environment that a Python worker steps: `gym:CartPole-v1`, `atari:pong`.
  package static func isGymnasium(_ name: String) -> Bool { GymnasiumFamily(of: name) != nil }

  /// A world of a model that was read already.
  public init(_ model: MDPDocument) {
    name = model.name
    self.model = model
  }

  /// The name of the environment or of the model.
  public var title: String { model?.name ?? name }

  /// The simulator and its version, such as `MuJoCo 3.17.0`; nil where nothing is simulated.
  ///
  /// Between versions trajectories differ, so that records of a run state it.
  public var simulator: String? { robot?.simulator ?? gymnasium?.simulator }

  /// How an environment of Gymnasium is made; nil for others.
  package var gymnasiumOptions: GymnasiumOptions? { gymnasium?.options }

  /// The sizes that Schulman et al. 2015 trained the robot with, where it is one of theirs.
  var paperSizes: Robot.PaperSizes? { robot?.robot.paperSizes }

  /// Whether episodes can be drawn, on a machine that has a renderer.
  package var hasVideo: Bool { robot != nil || gymnasium?.family == .gymnasium }

  /// A video of an episode.
  ///
  /// - Parameter seed: The seed of the vector whose first environment was recorded.
  /// - Throws: ``MonotoneFiles/RunFailure`` where nothing can draw it.
  package func video(
    of recording: EpisodeRecorder, seed: UInt64, _ format: EpisodeVideo.Format
  ) throws(RunFailure) -> [UInt8] {
    if let failure = recording.failure { throw RunFailure(failure.cause, .internalError) }
    if let robot { return try EpisodeVideo(of: robot.robot, recording.states).bytes(format) }
    guard let gymnasium else { throw RunFailure("\(title): nothing draws it", .usage) }
    return try EpisodeVideo(of: gymnasium, recording, seed: seed).bytes(format)
  }

  /// Environments side by side, for each thread.
  package func environments(
    _ configuration: TrainingConfiguration, count: Int? = nil, seed: UInt64? = nil
  ) throws(RunFailure) -> [any VectorEnvironment] {
    let seed = seed ?? UInt64(configuration.seed)
    let count = count ?? configuration.environments
    let threads = min(configuration.threads, ProcessorCores.count)
    do throws(InsufficientMemory) { try KernelMemory.require(threads: threads) } catch {
      throw RunFailure(error.message, .internalError)
    }
    if let gymnasium {
      try refuseBranches(configuration)
      return try gymnasium.vectors(
        count: count, threads: threads, seed: seed, timeLimit: configuration.timeLimit)
    }
    if var robot {
      if let limit = configuration.timeLimit { robot.timeLimit = limit }
      // The networks' precision is that of the actions.
      robot.actionPrecision = configuration.precision
      return EnvironmentCatalogue.make(
        robot, count: count, threads: configuration.threads, seed: seed)
    }
    guard let model else {
      return EnvironmentCatalogue.make(
        name, count: count, threads: configuration.threads, seed: seed,
        timeLimit: configuration.timeLimit) ?? []
    }
    return EnvironmentCatalogue.make(
      try sampled(model, configuration), count: count, threads: configuration.threads, seed: seed)
  }

  /// A model as an environment that draws from it.
  package func sampled(
    _ document: MDPDocument, _ configuration: TrainingConfiguration
  ) throws(RunFailure) -> SampledMDP {
    let model: FloatMDP
    do throws(NumberOutOfRange) {
      model = try FloatMDP(self.model(under: configuration) ?? document)
    } catch {
      throw RunFailure("\(name): \(error.message)", .badData)
    }
    guard document.space.liveStates.contains(where: { model.initial[$0] > 0 }) else {
      throw RunFailure("\(name): every episode is over before it begins", .badData)
    }
    var features: [[Double]]?
    if configuration.observation == .features {
      guard !document.features.isEmpty else {
        throw RunFailure(
          "\(name): the model has no features; add them, or use --observation oneHot", .badData)
      }
      do throws(NumberOutOfRange) {
        features = try document.features.map { row throws(NumberOutOfRange) in
          try row.map { number throws(NumberOutOfRange) in try Double(number) }
        }
      } catch {
        throw RunFailure("\(name): \(error.message)", .badData)
      }
    }
    return SampledMDP(
      model, features: features,
      timeLimit: configuration.timeLimit ?? Self.horizon(model.discount))
  }

  /// Where a model's episodes are truncated unless a limit is given: where γᵗ falls below 1/1000, but
  /// never before 100 steps nor after 10,000.
  private static func horizon(_ discount: Double) -> Int {
    guard discount > 0 else { return 100 }
    guard discount < 1 else { return 10_000 }
    return Int(clamping: (log(1e-3) / log(discount)).rounded(.up), to: 100...10_000)
  }
}
