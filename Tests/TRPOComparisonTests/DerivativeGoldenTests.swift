import MonotoneFiles
import TRPOComparison
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import NeuralTRPO
import TestSupport
import Testing

/// The theory twin's derivatives against differences of return and mean KL in 80 digits, taken apart in Python.
@Suite("Derivatives in extended precision", .tags(.slow))
struct DerivativeGoldenTests {
  /// A case of `Tools/make_derivative_goldens.py`.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    var mdp: String
    var hidden: [Int]
    var parameters: [Double]
    var direction: [Double]
    var `return`: Double
    var gradient: [Double]
    var fisherProduct: [Double]
    var testDescription: String { "\(mdp) \(hidden)" }
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../..").standardized

  static let goldens: [Golden] = {
    let file = root.appendingPathComponent("Tests/Goldens/derivatives/networks.json")
    return (try? JSONDecoder().decode([Golden].self, from: Data(contentsOf: file))) ?? []
  }()

  @Test("There are some") func presence() { #expect(Self.goldens.count == 4) }

  /// Some thousand operations, each right to 2⁻⁵³, on systems whose condition is below 1/(1 − γ) ≤ 50: eleven digits
  /// of the largest entry, with room.
  private static let tolerance = 1e-11

  @Test("Gradient and Fisher product", arguments: goldens.indices)
  func golden(_ index: Int) throws {
    let golden = Self.goldens[index]
    let document = try MDPReader.read(
      InputBytes(path: Self.root.appendingPathComponent(golden.mdp).path))
    let states = ObservedStates(SampledMDP(try FloatMDP(document), timeLimit: nil))
    let policy = NetworkPolicy(
      states,
      shape: NetworkShape(
        inputs: states.width, hidden: golden.hidden, outputs: document.space.actions.count),
      parameters: golden.parameters)
    let evaluation = try PolicyEvaluator(document).evaluate(policy.exact)
    #expect(
      abs(evaluation.expectedReturn.value - golden.return)
        <= Self.tolerance * max(1, abs(golden.return)))
    let twin = Twin(theory: evaluation)
    let batch = twin.batch(at: policy)
    var product = [Double](repeating: 0, count: golden.direction.count)
    batch.fisherProduct(golden.direction, rows: twin.fisherRows, into: &product)
    for (found, expected) in [(batch.gradient(), golden.gradient), (product, golden.fisherProduct)]
    {
      let size = expected.map { abs($0) }.max() ?? 0
      #expect(found.count == expected.count && size > 1e-3)
      for (a, b) in zip(found, expected) { #expect(abs(a - b) <= Self.tolerance * size) }
    }
  }
}
