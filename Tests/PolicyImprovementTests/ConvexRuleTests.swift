import MonotoneArithmetic
import MDPGuarantees
import MDPCore
import MDPSolvers
import TestSupport
import Testing

@testable import PolicyImprovement

/// The convex rules against solvers that know nothing of their one-dimensional roots.
///
/// The policy that a rule writes is evaluated in rational arithmetic; what its objective gains over
/// the start is compared with the optimum, relative to the optimum itself: the strictest choice,
/// since the gain of a penalised step is small against every other quantity around.
@Suite("Convex rules against independent solvers", .tags(.slow))
struct ConvexRuleTests {
  /// Steps are shortened by 2⁻²⁹ to keep their budget when rounded; the rest is rounding.
  static let tolerance = 1e-8
  /// The golden's digits, and its stated suboptimality relative to the optimum.
  static let goldenError = 2e-13
  @Test("Objective, budget and duality gap on 100 random models", arguments: 0..<10)
  func optima(tenth: Int) throws {
    let goldens = try RuleGoldens.convex()
    try #require(goldens.count == 100)
    for entry in goldens[(10 * tenth)..<(10 * tenth + 10)] {
      try #require(entry.golden.optima.count == 8)
      for optimum in entry.golden.optima { try check(optimum, entry) }
    }
  }

  private func check(
    _ optimum: RuleGoldens.Optimum, _ entry: RuleGoldens.Entry<RuleGoldens.Convex>
  ) throws {
    let name = "\(entry.document.name), \(optimum.rule) \(optimum.budget ?? 0)"
    let step = try Step(
      optimum.rule, .init(budget: optimum.budget), from: entry.start, entry.document)
    let best = try ExactNumber(parsing: optimum.objective).approximation
    let found = try #require(objective(optimum.rule, step.update), "\(name): infinite penalty")
    let lacking = best - found.approximation
    let doubt = Self.goldenError * abs(best) + optimum.gap + found.radius
    #expect(
      lacking <= Self.tolerance * best + doubt, "\(name) gains \(found), not \(best)")
    #expect(lacking >= -doubt, "\(name) gains \(found), more than is possible: \(best)")

    if let budget = optimum.budget {
      let spent =
        optimum.rule == "max-kl" ? step.update.maxDivergence : step.update.meanDivergence
      let divergence = try #require(spent.number)
      #expect(
        (Rational(finite: budget).real - divergence).isNonNegative == .yes,
        "\(name) spends \(divergence)")
    }

    #expect(
      step.provedResidual >= lacking - doubt, "\(name): a gap of \(step.residual), not \(lacking)")
    #expect(
      step.provedResidual <= Self.tolerance * max(best, 0) + step.certifiedRoom,
      "\(name): a gap of \(step.residual) for a gain of \(best)")

    try checkGapOfWorseSteps(optimum, entry, step, best: best)
    for state in entry.document.space.liveStates
    where step.update.current.stateVisitation.mass[state].isExactlyZero {
      for pair in entry.document.space.pairs(of: state) {
        #expect(step.proposal.policy[pair] == entry.start[pair], "\(name): state \(state) moved")
      }
    }
  }

  /// A duality gap bounds what any step lacks, not only the best: here no step at all, and steps
  /// that stray toward every action, taken or not.
  private func checkGapOfWorseSteps(
    _ optimum: RuleGoldens.Optimum, _ entry: RuleGoldens.Entry<RuleGoldens.Convex>, _ step: Step,
    best: Double
  ) throws {
    let evaluator = PolicyEvaluator(entry.document)
    let (current, certified) = (
      step.update.current, try evaluator.certify(entry.start)
    )
    let uniform = ExactPolicy.uniform(entry.document.space)
    for denominator in [0, 10, 1_000_000] {
      let policy =
        denominator == 0
        ? entry.start
        : step.proposal.policy.mixed(
          with: uniform, weight: Rational(numerator: 1, denominator: denominator))
      let update = PolicyUpdate(
        current: current, candidate: try evaluator.solveExactly(policy))
      let gap = step.proposal.residual.value(
        from: certified, to: try evaluator.certify(policy).policy)
      // Nothing is claimed of a step that breaks its budget.
      guard case .finite(let gap) = gap, let found = objective(optimum.rule, update) else {
        continue
      }
      let lacking = best - found.approximation
      let doubt = Self.goldenError * abs(best) + optimum.gap + found.radius
      #expect(
        gap.approximation + gap.radius >= lacking - doubt,
        "\(entry.document.name), \(optimum.rule): a gap of \(gap), not \(lacking)")
    }
  }

  /// What the rule's objective gains over the start.
  private func objective(_ rule: String, _ update: PolicyUpdate<Rational>) -> ExactReal? {
    let divergence: Extended<ExactReal>
    switch rule {
    case "penalty": divergence = update.maxDivergence
    case "mean-penalty": divergence = update.meanDivergence
    default: return update.policyAdvantage.real
    }
    guard case .finite(let penalty) = update.penaltyCoefficient.real * divergence else {
      return nil
    }
    return update.policyAdvantage.real - penalty
  }
}
