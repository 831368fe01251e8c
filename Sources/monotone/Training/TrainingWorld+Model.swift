import Arithmetic
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
  func export(_ process: any TrainingProcess, to path: String) throws {
    guard let model else { return }
    let policy = try policy(process, of: model)
    try OutputFile.write(Array(PolicyWriter.write(policy, mdp: model.name).utf8), to: path)
  }

  /// The policy in exact numbers: each network probability over its state's sum.
  private func policy(
    _ process: any TrainingProcess, of document: MDPDocument
  ) throws -> ExactPolicy {
    let environment = try sampled(document, process.configuration)
    let (space, width) = (document.space, environment.observationWidth)
    var observations = [Double](repeating: 0, count: space.liveStates.count * width)
    var mask = [Bool](repeating: false, count: space.liveStates.count * space.actions.count)
    observations.withUnsafeMutableBufferPointer { observations in
      mask.withUnsafeMutableBufferPointer { mask in
        guard let first = observations.baseAddress, let flags = mask.baseAddress else { return }
        for (row, state) in space.liveStates.enumerated() {
          environment.observe(.init(index: state), into: first + row * width)
          environment.availability(
            .init(index: state), into: flags + row * space.actions.count)
        }
      }
    }
    let rows = process.probabilities(observations: observations, mask: mask)
    var probabilities: [Rational] = []
    for (row, state) in space.liveStates.enumerated() {
      let taken = space.pairs(of: state).map {
        Rational(rows[row * space.actions.count + Int(space.pairAction[$0])])
      }
      let sum = taken.reduce(Rational(0), +)
      probabilities += taken.map { $0 / sum }
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }
}
