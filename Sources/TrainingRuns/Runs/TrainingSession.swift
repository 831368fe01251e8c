public import MonotoneFiles
internal import NeuralTRPO
package import Simulators

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Opens a training run: at its beginning, or where it was left.
///
///     let world = try TrainingWorld("CartPole-v1")
///     let settings = try TrainingSettings(preset: .cartPole, ["steps": "50000"])
///     let run = try TrainingSession(world, settings, folder: "runs/cart-pole").begin()
///     while !run.isFinished { try run.advance() }
///     try run.save()
public struct TrainingSession: Sendable {
  /// The environment.
  public var world: TrainingWorld
  /// The hyper-parameters.
  public var settings: TrainingSettings
  /// The folder of the run; nil for one of its own.
  public var folder: String?
  /// Whether a run that the folder holds is thrown away.
  public var overwrites: Bool
  /// Is told of damaged checkpoints.
  public var monitor: RunMonitor

  /// A session in a folder; where none is named, in `runs/ENVIRONMENT-SEED`, numbered if that exists.
  public init(
    _ world: TrainingWorld, _ settings: TrainingSettings, folder: String? = nil,
    overwrites: Bool = false, monitor: RunMonitor = .init()
  ) {
    self.world = world
    self.settings = settings
    self.folder = folder
    self.overwrites = overwrites
    self.monitor = monitor
  }

  /// A new run.
  ///
  /// - Parameter loading: A checkpoint whose policy the run begins with.
  public func begin(loading: String? = nil) throws(RunFailure) -> TrainingRun {
    if let recorded = settings.record.simulator, let simulator = world.simulator,
      recorded != simulator
    {
      monitor.note(
        "the configuration was recorded under \(recorded), this run uses \(simulator): its "
          + "trajectories will be others")
    }
    // Wrong settings make no folder.
    let process = try TrainingProcesses.make(settings.configuration, world)
    if let loading {
      let checkpoint = try TrainingProcesses.checkpoint(
        URL(fileURLWithPath: loading), monitor: monitor)
      do throws(InvalidCheckpoint) { try process.adoptPolicy(of: checkpoint.snapshot) } catch {
        throw RunFailure("\(loading): \(error)", .badData)
      }
    }
    let folder = if let folder { try open(URL(fileURLWithPath: folder)) } else { try unused() }
    do throws(TrainingRunFailure) {
      return try TrainingRun.begin(
        process, environment: world.title, record: world.record, in: folder,
        overwrites: overwrites, beside: world.modelData.map { [TrainingWorld.modelFile: $0] } ?? [:]
      )
    } catch {
      throw failure(error, folder.url)
    }
  }

  /// A run where it was left. What it was begun with it goes on with, but for how long.
  public func resume() throws(RunFailure) -> TrainingRun {
    let url = URL(fileURLWithPath: folder ?? latest)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw RunFailure("\(url.relativePath): no such file or folder", .unreadable)
    }
    let folder = try open(url)
    var checkpoint = try TrainingProcesses.checkpoint(url, monitor: monitor)
    try world.requireSame(as: checkpoint, in: url)
    try world.requireSameMaking(as: checkpoint.record, in: url.relativePath)
    try settings.requireSame(as: checkpoint.configuration, in: url.relativePath)
    var configuration = checkpoint.configuration
    if settings.chooses("steps") { configuration.steps = settings.configuration.steps }
    let process = try TrainingProcesses.make(configuration, world)
    for note in world.resumptionNotes(checkpoint) { monitor.note(note) }
    checkpoint.record = world.record
    do throws(TrainingRunFailure) {
      return try TrainingRun.resume(process, from: checkpoint, in: folder)
    } catch {
      throw failure(error, url)
    }
  }

  private func failure(_ failure: TrainingRunFailure, _ folder: URL) -> RunFailure {
    if case .folder(let failure) = failure { return RunFailure(failure, folder: folder) }
    return RunFailure(failure)
  }

  private func open(_ url: URL) throws(RunFailure) -> RunFolder {
    do throws(RunFolder.Failure) { return try RunFolder(url) } catch {
      throw RunFailure(error, folder: url)
    }
  }

  /// Where runs go for which no folder is named.
  private var usual: String { Self.usual(world.title, settings) }

  private static func usual(_ title: String, _ settings: TrainingSettings) -> String {
    "runs/\(title.asFileName)-\(settings.configuration.seed)"
  }

  /// A folder that no other run has, nor takes at the same moment.
  private func unused() throws(RunFailure) -> RunFolder {
    while true {
      let url = URL(fileURLWithPath: FileSystem.unused(usual))
      do throws(RunFolder.Failure) {
        let folder = try RunFolder(url)
        if !folder.holdsRun { return folder }
      } catch {
        guard case .taken = error else { throw RunFailure(error, folder: url) }
      }
    }
  }

  /// The last of them.
  private var latest: String { Self.latest(usual) }

  /// How the environment of the run that ``resume()`` would continue is made; nil where there is no such run
  /// or its environment is none of Gymnasium.
  package static func recordedGymnasium(
    _ title: String, _ settings: TrainingSettings, folder: String?
  ) -> GymnasiumOptions? {
    let place = URL(fileURLWithPath: folder ?? latest(usual(title, settings)))
    // What is wrong with it is told by who resumes.
    return try? TrainingProcesses.checkpoint(place).record.gymnasium
  }

  private static func latest(_ usual: String) -> String {
    var (path, number) = (usual, 2)
    while FileManager.default.fileExists(atPath: "\(usual)-\(number)") {
      (path, number) = ("\(usual)-\(number)", number + 1)
    }
    return path
  }
}
