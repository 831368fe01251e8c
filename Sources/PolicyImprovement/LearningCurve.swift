internal import Arithmetic
internal import Distributions
public import MDPCore
public import MDPSolvers

/// How the return grows while a rule is applied: float64 only, no claims, many steps.
public struct LearningCurve: Sendable {
  /// η of each policy; the first is that of the start.
  public private(set) var returns: [Double]
  /// max KL of each step, +∞ where one drops an action.
  public private(set) var maxDivergences: [Double] = []

  /// The curve of a rule.
  ///
  /// - Parameters:
  ///   - iterations: The most steps; fewer if the rule ends.
  /// - Throws: ``ImprovementFailure``.
  public init(
    _ rule: any ImprovementRule, from start: ExactPolicy, evaluator: PolicyEvaluator,
    iterations: Int
  ) throws(ImprovementFailure) {
    var current = try Self.evaluate(start, evaluator)
    returns = [current.evaluation.expectedReturn.value]
    for _ in 0..<iterations {
      let proposal: Proposal
      do throws(RuleFailure) { proposal = try rule.propose(from: current) } catch {
        throw .rule(error)
      }
      if proposal.policy == current.policy { break }
      let next = try Self.evaluate(proposal.policy, evaluator)
      returns.append(next.evaluation.expectedReturn.value)
      maxDivergences.append(Self.maxDivergence(current, next))
      current = next
    }
  }

  private static func evaluate(
    _ policy: ExactPolicy, _ evaluator: PolicyEvaluator
  ) throws(ImprovementFailure) -> EvaluatedPolicy {
    do throws(EvaluationFailure) {
      return EvaluatedPolicy(policy: policy, evaluation: try evaluator.evaluate(policy))
    } catch {
      throw .evaluation(error)
    }
  }

  private static func maxDivergence(_ current: EvaluatedPolicy, _ next: EvaluatedPolicy) -> Double {
    let (before, after) = (current.evaluation.policy, next.evaluation.policy)
    let space = current.policy.space
    return space.liveStates.reduce(0) { largest, state in
      let divergence = Divergences.kullbackLeibler(
        space.pairs(of: state), { before[$0].value }, { after[$0].value })
      return max(largest, divergence.number ?? .infinity)
    }
  }

  /// The first policy that closes a share of the gap between the start and an optimal return; nil
  /// if none does.
  public func iterations(toClose share: Double, optimum: Double) -> Int? {
    let wanted = returns[0] + share * (optimum - returns[0])
    return returns.firstIndex { $0 >= wanted }
  }

  /// The share of the gap between the start and an optimal return that the last policy closes; 1
  /// where there is none.
  public func gapClosed(optimum: Double) -> Double {
    let gap = optimum - returns[0]
    return gap > 0 ? (returns[returns.count - 1] - returns[0]) / gap : 1
  }
}
