import Foundation
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// pymdptoolbox and QuantEcon, which are not ours, plan with the arrays that are written for them.
@Suite("Planners take our files", .enabled(if: Python.hasPlanners, Python.plannersReason))
struct PlannerTests {
  private struct Answer: Decodable {
    var reader: String
    var values: [Double]
  }

  /// Terminal states and unavailable actions, fractions and decimals, rewards of next states.
  static let models = [
    "racing", "recycling-robot", "gridworld-4x4", "river-swim", "forest-management",
    "frozen-lake-4x4", "inventory-control",
  ]

  @Test("Optimal values are the same, whoever plans", arguments: models)
  func values(_ name: String) throws {
    let document = try MDPReader.read(InputBytes(path: "\(CorpusTests.folder)/\(name).json"))
    let folder = try TemporaryFolder()
    var rounded = ModelWriting()
    rounded.numbers = .float64
    var expected: [String] = []
    for format in [ToolboxFormat(), QuantEconFormat()] as [any WritableModelFormat] {
      guard let file = try? format.write(document, rounded).first else {
        #expect(!ModelFormatTests.holds(format.name, document))
        continue
      }
      expected.append(format.name)
      try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder.path)/\(format.name).npz"))
    }
    let answers = try Python.run(
      String(contentsOfFile: "\(Interchange.folder)/plan_models.py", encoding: .utf8),
      in: URL(fileURLWithPath: folder.path), as: [Answer].self)
    #expect(answers.map(\.reader) == expected)
    let wanted = try Self.optimalValues(document)
    for answer in answers {
      try #require(answer.values.count == wanted.count)
      for (found, right) in zip(answer.values, wanted) {
        #expect(abs(found - right) <= 1e-9 * max(1, abs(right)), "\(answer.reader)")
      }
    }
  }

  /// V* by iteration, until what is left of it, at most γ^6000, is below rounding.
  private static func optimalValues(_ document: MDPDocument) throws -> [Double] {
    let mdp = try FloatMDP(document)
    var values = [Double](repeating: 0, count: mdp.stateCount)
    for _ in 0..<6000 {
      values = (0..<mdp.stateCount).map { state in
        mdp.space.pairs(of: state).map { pair in
          mdp.transitions.entries(ofRow: pair).reduce(mdp.expectedReward[pair]) { sum, entry in
            sum + mdp.discount * mdp.transitions.values[entry]
              * values[Int(mdp.transitions.columns[entry])]
          }
        }.max() ?? 0
      }
    }
    return values
  }
}
