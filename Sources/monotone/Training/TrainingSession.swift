import Foundation
import NeuralTRPO

/// Opens the run that `train` is asked for: at its beginning, or where it was left.
struct TrainingSession {
  let world: TrainingWorld
  let settings: TrainingSettings
  /// The folder that was named; nil for one of its own.
  let output: String?
  /// What else is read.
  let inputs: [String]
  let overwrites: OverwriteOption

  /// A new run.
  ///
  /// - Parameter loading: A checkpoint whose policy the run begins with.
  func begin(loading: String?) throws -> TrainingRun {
    // Wrong settings make no folder.
    let process = try TrainingProcesses.make(settings.configuration, world)
    if let loading {
      let checkpoint = try TrainingProcesses.checkpoint(URL(fileURLWithPath: loading))
      do throws(InvalidCheckpoint) { try process.adoptPolicy(of: checkpoint.snapshot) } catch {
        throw CommandFailure("\(loading): \(error)", .badData)
      }
    }
    let folder = try output.map(named) ?? unused()
    do throws(TrainingRunFailure) {
      return try TrainingRun.begin(
        process, environment: world.title, in: folder, overwrites: overwrites.overwrite,
        beside: world.modelData.map { [TrainingWorld.modelFile: $0] } ?? [:])
    } catch {
      throw failure(error, folder.url)
    }
  }

  /// A run where it was left. What it was begun with it goes on with, but for how long.
  func resume() throws -> TrainingRun {
    let url = URL(fileURLWithPath: output ?? latest)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw CommandFailure("\(url.relativePath): no such file or folder", .unreadable)
    }
    let folder = try open(url)
    let checkpoint = try TrainingProcesses.checkpoint(url)
    try world.requireSame(as: checkpoint, in: url)
    try settings.requireSame(as: checkpoint.configuration, in: url.relativePath)
    var configuration = checkpoint.configuration
    if settings.chooses("steps") { configuration.steps = settings.configuration.steps }
    let process = try TrainingProcesses.make(configuration, world)
    do throws(TrainingRunFailure) {
      return try TrainingRun.resume(process, from: checkpoint, in: folder)
    } catch {
      throw failure(error, url)
    }
  }

  private func failure(_ failure: TrainingRunFailure, _ folder: URL) -> CommandFailure {
    if case .folder(let failure) = failure { return CommandFailure(failure, folder: folder) }
    return CommandFailure(failure)
  }

  private func named(_ path: String) throws -> RunFolder {
    let place = try OutputFolder(path, for: .training, inputs: inputs, overwrites: overwrites)
    return try open(URL(fileURLWithPath: place.path))
  }

  private func open(_ url: URL) throws -> RunFolder {
    do throws(RunFolder.Failure) { return try RunFolder(url) } catch {
      throw CommandFailure(error, folder: url)
    }
  }

  /// Where runs go for which no folder is named.
  private var usual: String { "runs/\(world.title.asFileName)-\(settings.configuration.seed)" }

  /// A folder that no other run has, nor takes at the same moment.
  private func unused() throws -> RunFolder {
    while true {
      let url = URL(fileURLWithPath: OutputFolder.unused(usual))
      do throws(RunFolder.Failure) {
        let folder = try RunFolder(url)
        if !folder.holdsRun { return folder }
      } catch {
        guard case .taken = error else { throw CommandFailure(error, folder: url) }
      }
    }
  }

  /// The last of them.
  private var latest: String {
    var (path, number) = (usual, 2)
    while FileManager.default.fileExists(atPath: "\(usual)-\(number)") {
      (path, number) = ("\(usual)-\(number)", number + 1)
    }
    return path
  }
}
