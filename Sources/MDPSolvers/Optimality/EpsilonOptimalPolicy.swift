internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
public import MDPCore

/// A policy whose values are proved to lie within ε of the optimal ones in every state, of a model of any size.
///
/// Every round applies the Bellman operator to values V̂, which gives a better policy π and, by
/// ``OptimalityGap``, a bound on V* − V_π that holds whatever V̂ is; then V̂ is brought nearer to V_π in one of two ways:
///
/// - *Modified policy iteration*: a few sweeps V̂ ← T_π V̂. Where the chain mixes, the span of the residual shrinks with
///   every sweep, and nothing is faster.
/// - *Inexact policy iteration*, from when a round of sweeps has closed less than three tenths of the gap: the
///   correction (I − γP_π) d = T_π V̂ − V̂ is solved component by component, large ones by BiCGSTAB to a loose tolerance
///   (``SparseResolvent``). Two sweeps of Gauss and Seidel with T follow, along the order of the components and back:
///   policy iteration moves news of a better action by one step a round, these along whole paths.
///
/// All of it is untrusted and in float64; the bound alone is a proof. The rounds end where the bound is small enough,
/// where only rounding is left, or where neither the policy nor the bound changes.
///
/// Source: Puterman & Shin 1978 (modified); Gargiani, Sieber, Balta, Liao & Lygeros 2023 (inexact); MacQueen 1966
/// (the bound). Complexity: O(stored transitions) a round, and the solves.
public struct EpsilonOptimalPolicy: Sendable {
  /// The pair that the policy takes in each state; −1 at terminal states.
  public let choice: [Int]
  /// V*(s) − V_π(s) at most, in every state, proved; +∞ where nothing is known.
  public let gap: Double
  /// η(π) at least, proved.
  public let lower: Double
  /// η* at most, proved.
  public let upper: Double
  /// Applications of the Bellman operator.
  public let rounds: Int
  /// Sweeps of modified policy iteration.
  public let sweeps: Int
  /// Solves of inexact policy iteration.
  public let solves: Int

  /// The state of the work after a round.
  public struct Progress: Sendable {
    /// Rounds so far.
    public var rounds: Int
    /// The gap that is proved so far.
    public var gap: Double
  }

  /// Improves a policy until its values are proved to be near the optimal ones.
  ///
  /// - Parameters:
  ///   - document: The model; γ < 1.
  ///   - gap: ε; 0 to go on until only rounding is left.
  ///   - threads: How many threads share the rows; results are the same for any number.
  ///   - continues: Is told of every round, and says whether to go on.
  /// - Throws: ``EvaluationFailure`` where numbers leave the range of float64.
  public init(
    _ document: MDPDocument, within gap: Double, threads: Int = 1,
    continues: (Progress) -> Bool = { _ in true }
  ) throws(EvaluationFailure) {
    precondition(!document.isUndiscounted, "the gap by the residual takes a discount below 1")
    let model: RoundedMDP
    let shared = SharedWork(upTo: min(threads, document.space.stateCount))
    do throws(NumberOutOfRange) { model = try RoundedMDP(document, shared) } catch {
      throw .range(error)
    }
    var work = ValueImprovement(model, shared)
    var proved = try work.improve()
    while proved.gap > gap, !work.isAtEnd,
      continues(Progress(rounds: work.rounds, gap: proved.gap))
    {
      work.evaluate()
      proved = try work.improve()
    }
    choice = work.choice
    (self.gap, lower, upper) = (proved.gap, proved.lower, proved.upper)
    (rounds, sweeps, solves) = (work.rounds, work.sweeps, work.solves)
  }
}

extension EpsilonOptimalPolicy {
  /// The policy by pairs.
  ///
  /// - Parameter space: Of the model.
  public func policy(_ space: StateActionSpace) -> ExactPolicy {
    .deterministic(space) { choice[$0] }
  }
}
