import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Testing

/// Whether an update was guaranteed to improve: decided by every bound, or not at all.
@Suite("Guaranteed")
struct GuaranteedTests {
  /// Half a step toward the greedy policy of the two-state chain attains several bounds with span,
  /// which alone exceed η(π): 27/4 > 9/2, by hand. Balls cannot decide an attained bound, and must
  /// not conclude from the others that nothing was guaranteed.
  @Test("A bound that is attained counts", arguments: ArithmeticKind.allCases)
  func attained(arithmetic: ArithmeticKind) throws {
    let document = try MDPReader.read(
      InputBytes(path: Golden.root.appendingPathComponent("mdps/two-state-chain.json").path))
    let evaluator = PolicyEvaluator(document)
    let uniform = ExactPolicy.uniform(document.space)
    let greedy = try evaluator.evaluate(uniform).greedyPolicy
    let half = uniform.mixed(with: greedy, weight: Rational(numerator: 1, denominator: 2))
    let check = try UpdateVerifier(evaluator, arithmetic: arithmetic).check(
      from: NamedPolicy(name: "uniform", policy: uniform),
      to: NamedPolicy(name: "half", policy: half))
    #expect(check.guaranteed == .holds)
  }
}
