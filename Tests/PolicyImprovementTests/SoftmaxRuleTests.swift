import MonotoneArithmetic
import MDPCore
import MDPSolvers
import TestSupport
import Testing

@testable import PolicyImprovement

/// The geometry and the steps of softmax policies against finite differences in 60 digits.
@Suite("Softmax rules against finite differences", .tags(.slow))
struct SoftmaxRuleTests {
  /// Relative to the largest entry: float64 evaluations of models of a dozen states, discounts up
  /// to 0.99, lose at most four of their sixteen digits.
  static let tolerance = 1e-12
  /// Relative to the largest change of a probability: written probabilities keep 32 bits of their
  /// change, and a trust-region step is shortened by 2⁻²⁹.
  static let stepTolerance = 0x1p-28

  @Test("Gradient, Fisher matrix and natural gradient")
  func geometry() throws {
    for entry in try RuleGoldens.softmax() {
      let (golden, name) = (entry.golden, entry.golden.name)
      let start = try evaluated(entry)
      let geometry = try SoftmaxGeometry(start)
      // ∇L is in units of reward, with ρ in place of d.
      let horizon = 1 / start.distance
      expectEqual(
        geometry.gradient.map { horizon * $0.scaled(byPowerOfTwo: geometry.unit) },
        golden.gradient, Self.tolerance, "\(name): gradient")
      // The logits of least norm are those of mean 0 in each state.
      var natural = geometry.logits { horizon.scaled(byPowerOfTwo: $0) }
      for state in entry.document.space.liveStates {
        let pairs = entry.document.space.pairs(of: state)
        let mean = pairs.reduce(0) { $0 + natural[$1] } / Double(pairs.count)
        for pair in pairs { natural[pair] -= mean }
      }
      expectEqual(
        natural, golden.naturalGradient, 10 * Self.tolerance, "\(name): natural gradient")
      var columns: [Double] = []
      for pair in golden.gradient.indices {
        var unit = [Double](repeating: 0, count: golden.gradient.count)
        unit[pair] = 1
        columns += geometry.product(unit)
      }
      expectEqual(columns, golden.fisher.flatMap { $0 }, Self.tolerance, "\(name): Fisher")
    }
  }

  @Test("A step of each rule", arguments: ["natural-gradient", "trust-region", "policy-gradient"])
  func steps(rule: String) throws {
    for entry in try RuleGoldens.softmax() {
      let golden = entry.golden
      let start = try evaluated(entry)
      let settings = RuleSettings(budget: golden.budget, stepSize: golden.step)
      let proposal = try #require(RuleCatalogue.rule(rule, settings)).propose(from: start)
      let expected = try #require(golden.steps[rule])
      let old = entry.start.probabilities.map(\.doubleValue)
      expectEqual(
        zip(proposal.policy.probabilities, old).map { $0.doubleValue - $1 },
        zip(expected, old).map { $0 - $1 }, Self.stepTolerance, "\(golden.name), \(rule)")
    }
  }

  private func evaluated(
    _ entry: RuleGoldens.Entry<RuleGoldens.Softmax>
  ) throws -> EvaluatedPolicy {
    EvaluatedPolicy(
      policy: entry.start, evaluation: try PolicyEvaluator(entry.document).evaluate(entry.start))
  }

  private func expectEqual(
    _ found: [Double], _ expected: [Double], _ tolerance: Double, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, "\(name)", sourceLocation: sourceLocation)
    let largest = expected.reduce(0) { max($0, abs($1)) }
    #expect(largest > 0, "\(name)", sourceLocation: sourceLocation)
    for (index, pair) in zip(found, expected).enumerated() {
      #expect(
        abs(pair.0 - pair.1) <= tolerance * largest, "\(name)[\(index)]: \(pair.0), not \(pair.1)",
        sourceLocation: sourceLocation)
    }
  }
}
