internal import MonotoneFiles
internal import MDPCore
internal import MDPFormats
internal import NeuralTRPO

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension TrainingWorld {
  /// The file that keeps the model with a run, so that its checkpoints can be evaluated wherever it is
  /// moved.
  package static let modelFile = "model.json"

  /// The contents of that file; nil where the world is no finite MDP.
  var modelData: Data? { model.map { Data(MDPWriter.write($0).utf8) } }

  /// Refuses to go on with a run of another environment.
  func requireSame(as checkpoint: Checkpoint, in folder: URL) throws(RunFailure) {
    let kept = try? Data(contentsOf: folder.appendingPathComponent(Self.modelFile))
    guard checkpoint.environment == title, modelData == kept else {
      throw RunFailure(
        "\(folder.relativePath): holds a run of "
          + (checkpoint.environment == title
            ? "another model with the name \"\(title)\"" : "\(checkpoint.environment)")
          + ", not of \(name)", .badData)
    }
    guard checkpoint.record.simulator == simulator || gymnasium != nil else {
      let found = simulator ?? "no simulator"
      throw RunFailure(
        "\(folder.relativePath): the run was made under \(checkpoint.record.simulator ?? "no simulator"), "
          + "and \(found) is installed, under which its trajectories would be others; name the library of "
          + "that version with --mujoco, or begin a new run in another --output", .badData)
    }
  }
}
