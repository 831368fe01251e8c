import TRPOComparison
import MDPFormats
import NeuralTRPO
import TrainingRuns

extension TrainingWorld {
  /// Writes the policy of a trained network as one of the model.
  func write(policyOf process: any TrainingProcess, to file: OutputFile) throws {
    guard let policy = try policy(of: process) else { return }
    try file.write(Array(PolicyWriter.write(policy, mdp: title).utf8))
  }
}
