import Foundation
import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// Storm and umbi, which are not ours, read the files that are written here; what they say of a model is
/// evaluated by NumPy.
@Suite("Other programs read our files", .enabled(if: Python.hasStorm, Python.stormReason))
struct StormTests {
  static let models = ["racing", "frozen-lake-4x4", "gridworld-4x4", "river-swim", "taxi"]

  private struct Answer: Decodable {
    var reader: String
    var file: String
    var values: [Double]
  }

  @Test("Values are the same, whoever reads the file", arguments: models)
  func values(_ name: String) throws {
    let document = try MDPReader.read(
      InputBytes(path: "\(CorpusTests.folder)/\(name).json"))
    let folder = try TemporaryFolder()
    var rounded = ModelWriting()
    rounded.numbers = .float64
    let outputs: [(stem: String, format: any WritableModelFormat, writing: ModelWriting)] = [
      ("exact", DRNFormat(), ModelWriting()), ("rounded", DRNFormat(), rounded),
      ("exact", UMBFormat(), ModelWriting()), ("rounded", UMBFormat(), rounded),
      ("rounded", StormFormat(), rounded),
    ]
    var expected = 2
    for output in outputs {
      guard let files = try? output.format.write(document, output.writing) else {
        #expect(output.format is StormFormat)
        continue
      }
      expected += 1
      for file in files {
        try Data(file.bytes).write(
          to: URL(fileURLWithPath: "\(folder.path)/\(output.stem).\(file.ending)"))
      }
    }
    let answers = try Python.run(
      String(contentsOfFile: "\(Interchange.folder)/read_models.py", encoding: .utf8)
        .replacingOccurrences(of: "GAMMA", with: "\(document.discount.approximation)"),
      in: URL(fileURLWithPath: folder.path), as: [Answer].self)
    // Storm reads every file, umbi the two of its own format.
    #expect(answers.count == expected)
    let wanted = try Self.uniformValues(document)
    for answer in answers {
      try #require(answer.values.count == wanted.count, "\(answer.reader) \(answer.file)")
      for (found, right) in zip(answer.values, wanted) {
        #expect(
          abs(found - right) <= 1e-9 * max(1, abs(right)), "\(answer.reader) \(answer.file)")
      }
    }
  }

  /// V of the uniform policy, by iteration.
  private static func uniformValues(_ document: MDPDocument) throws -> [Double] {
    let mdp = try FloatMDP(document)
    var values = [Double](repeating: 0, count: mdp.stateCount)
    for _ in 0..<6000 {
      values = (0..<mdp.stateCount).map { state in
        let pairs = mdp.space.pairs(of: state)
        let actions = pairs.map { pair in
          (mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1]).reduce(
            mdp.expectedReward[pair]
          ) { sum, entry in
            sum + mdp.discount * mdp.transitions.values[entry]
              * values[Int(mdp.transitions.columns[entry])]
          }
        }
        return actions.isEmpty ? 0 : actions.reduce(0, +) / Double(actions.count)
      }
    }
    return values
  }
}
