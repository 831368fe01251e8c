internal import MonotoneArithmetic
internal import MDPCore

/// The evaluations of the policies that were asked for last.
///
/// A rule that proposes a step, the check of that step, its certificate and the next step need the same
/// evaluations; each is made once. Policies are told apart by their probabilities: the same policy under
/// two names is one policy.
struct EvaluationCache {
  /// The evaluations of one policy, each made when it is first asked for.
  final class Entry {
    fileprivate let policy: ExactPolicy
    var float: FloatEvaluation?
    var floatBalls: PolicyEvaluation<FloatBall>?
    var rounded: RoundedEvaluation?
    /// By precision.
    var balls: [Int: PolicyEvaluation<Ball>] = [:]
    /// Refined, by precision.
    var refined: [Int: PolicyEvaluation<Ball>] = [:]
    var exact: PolicyEvaluation<Rational>?

    fileprivate init(_ policy: ExactPolicy) { self.policy = policy }
  }

  /// The float64 evaluation of a policy.
  struct FloatEvaluation {
    /// The solution, or zeros where there is none: an enclosure holds around any numbers, and is as wide
    /// as those miss the equations.
    var solution: PolicySolution
    /// Why there is no solution.
    var failure: EvaluationFailure?
    /// The enclosure around it.
    var evaluation: PolicyEvaluation<TrackedDouble>
  }

  /// The latest first.
  private var entries: [Entry] = []

  /// As many policies as the updates of a verification run involve.
  private static let policyLimit = 32
  /// The most pairs of all policies together: those of large models would fill the memory.
  private static let pairLimit = 1 << 22
  /// An update has two policies.
  private static let leastPolicies = 2

  /// The evaluations of a policy, an empty entry if there are none.
  mutating func entry(of policy: ExactPolicy) -> Entry {
    if let index = entries.firstIndex(where: {
      $0.policy.probabilities == policy.probabilities
    }) {
      guard index > 0 else { return entries[0] }
      let known = entries.remove(at: index)
      entries.insert(known, at: 0)
      return known
    }
    let pairs = max(1, policy.probabilities.count)
    let room = min(Self.policyLimit, max(Self.leastPolicies, Self.pairLimit / pairs))
    if entries.count >= room { entries.removeLast(entries.count - room + 1) }
    let new = Entry(policy)
    entries.insert(new, at: 0)
    return new
  }
}
