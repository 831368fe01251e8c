internal import MonotoneArithmetic
internal import MonotoneProbability
package import MDPCore
package import MDPSolvers

/// How the return grows while a rule is applied: no claims, no exact solves, many steps.
package struct LearningCurve: Sendable {
  /// η of each policy; the first is that of the start.
  package private(set) var returns: [Double]
  /// max KL of each step, +∞ where one drops an action.
  package private(set) var maxDivergences: [Double] = []

  /// The curve of a rule.
  ///
  /// - Parameters:
  ///   - iterations: The most steps; fewer if the rule ends.
  /// - Throws: ``ImprovementFailure``.
  package init(
    _ rule: any ImprovementRule, from start: ExactPolicy, evaluator: PolicyEvaluator,
    iterations: Int
  ) throws(ImprovementFailure) {
    var current = try Self.point(start, evaluator)
    returns = [current.expectedReturn]
    for _ in 0..<iterations {
      let proposal: Proposal
      do throws(RuleFailure) { proposal = try rule.propose(from: current.start) } catch {
        throw .rule(error)
      }
      if proposal.policy == current.start.policy { break }
      let next = try Self.point(proposal.policy, evaluator)
      returns.append(next.expectedReturn)
      maxDivergences.append(Self.maxDivergence(current, next))
      current = next
    }
  }

  private struct Point {
    var start: EvaluatedPolicy
    var expectedReturn: Double
    var policy: TabularPolicy<TrackedDouble>
  }

  /// A difference that no curve shows: proving ties for ties at every step would take far longer.
  private static let tolerance = 0x1p-30

  private static func point(
    _ policy: ExactPolicy, _ evaluator: PolicyEvaluator
  ) throws(ImprovementFailure) -> Point {
    do throws(EvaluationFailure) {
      let evaluation = try evaluator.evaluate(policy)
      return Point(
        start: try EvaluatedPolicy(
          policy: policy, evaluator: evaluator, effort: .refined,
          tolerance: Self.tolerance),
        expectedReturn: evaluation.expectedReturn.value, policy: evaluation.policy)
    } catch {
      throw .evaluation(error)
    }
  }

  private static func maxDivergence(_ current: Point, _ next: Point) -> Double {
    let (before, after) = (current.policy, next.policy)
    let space = before.space
    return space.liveStates.reduce(0) { largest, state in
      let divergence = Divergences.kullbackLeibler(
        space.pairs(of: state), { before[$0].value }, { after[$0].value })
      return .greatest(largest, divergence.number ?? .infinity)
    }
  }

  /// The first policy that closes a share of the gap between the start and an optimal return; nil
  /// if none does.
  package func iterations(toClose share: Double, optimum: Double) -> Int? {
    let wanted = returns[0] + share * (optimum - returns[0])
    return returns.firstIndex { $0 >= wanted }
  }

  /// The share of the gap between the start and an optimal return that the last policy closes; 1
  /// where there is none.
  package func gapClosed(optimum: Double) -> Double {
    let gap = optimum - returns[0]
    return gap > 0 ? (returns[returns.count - 1] - returns[0]) / gap : 1
  }
}
