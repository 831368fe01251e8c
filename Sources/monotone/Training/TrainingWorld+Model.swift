import Arithmetic
import Comparison
import Foundation
import MDPCore
import MDPFormats
import NeuralTRPO

extension TrainingWorld {
  /// The file that keeps the model with a run, so that its checkpoints can be evaluated wherever it is
  /// moved.
  static let modelFile = "model.json"

  /// What it says.
  var modelData: Data? { model.map { Data(MDPWriter.write($0).utf8) } }

  /// Refuses to go on with a run of another environment.
  func requireSame(as checkpoint: Checkpoint, in folder: URL) throws {
    let kept = try? Data(contentsOf: folder.appendingPathComponent(Self.modelFile))
    guard checkpoint.environment == title, modelData == kept else {
      throw CommandFailure(
        "\(folder.relativePath): holds a run of "
          + (checkpoint.environment == title
            ? "another model with the name \"\(title)\"" : "\(checkpoint.environment)")
          + ", not of \(name)", .badData)
    }
  }

  /// Writes a policy of the model.
  func export(_ process: any TrainingProcess, to file: OutputFile) throws {
    guard let model else { return }
    let states = ObservedStates(try sampled(model, process.configuration))
    let rows = process.probabilities(observations: states.observations, mask: states.masks)
    let policy = ExactPolicy.normalising(states.policy(rows))
    try file.write(Array(PolicyWriter.write(policy, mdp: model.name).utf8))
  }
}
