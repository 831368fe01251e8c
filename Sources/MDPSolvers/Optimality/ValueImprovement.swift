internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// The rounds of ``EpsilonOptimalPolicy``: values, the policy that is greedy by them, and how they are brought nearer
/// to that policy's own.
struct ValueImprovement {
  /// The chosen pair of each state; −1 at terminal states.
  private(set) var choice: [Int]
  /// Applications of the Bellman operator.
  private(set) var rounds = 0
  /// Sweeps made.
  private(set) var sweeps = 0
  /// Systems solved.
  private(set) var solves = 0
  /// Whether more rounds would hardly make the gap smaller.
  private(set) var isAtEnd = false

  private let model: RoundedMDP
  private let bellman: BellmanOperator
  private var values: [Double]
  /// T_π of the values.
  private var backup: [Double]
  private var norm = 0.0
  private var gap = Double.infinity
  /// Whether rounds solve instead of sweeping.
  private var isSolving = false
  /// Whether the last one did, with success.
  private var isSolved = false

  /// Sweeps a round: enough to be cheap beside the backup of all actions, too few to lose by a poor policy.
  private static let sweepCount = 5

  /// A round of sweeps that leaves more of the gap than this loses to a solve. Even where a chain mixes, the first
  /// rounds leave 0.6 of it, while the policy still changes; the very first is not judged.
  private static let sweepShare = 0.7

  /// The share of the residual that an inexact solve may leave.
  private static let forcing = 1e-3

  /// The most operations of a factorisation where iteration stagnates: a minute or two.
  private static let operationLimit = 1e11

  /// More rounds than any model in use has taken: policies that gain by less than float64 tells might go round.
  private static let roundLimit = 100_000

  init(_ model: RoundedMDP, _ work: SharedWork) {
    self.model = model
    bellman = BellmanOperator(mdp: model.mdp, work: work)
    values = [Double](repeating: 0, count: model.mdp.stateCount)
    backup = values
    choice = [Int](repeating: -1, count: model.mdp.stateCount)
  }

  /// Takes the best actions by the values, and bounds how far they are from optimal ones.
  ///
  /// - Throws: ``EvaluationFailure`` where values leave the range of float64.
  mutating func improve() throws(EvaluationFailure) -> OptimalityGap {
    let error = model.backupError(ofValuesUpTo: norm)
    let residuals = bellman.improve(
      values, choice: &choice, margin: 2 * error, into: &backup)
    rounds += 1
    guard residuals.norm.isFinite else { throw .solver(.overflow) }
    let found = OptimalityGap(model, residuals, backup: backup, error: error)
    let isSlow = !(found.gap <= gap * (isSolving ? 0.5 : Self.sweepShare))
    isAtEnd =
      found.isRounding || rounds >= Self.roundLimit
      || (isSolved && residuals.changes == 0 && isSlow)
    isSolving = isSolving || (rounds > 2 && isSlow)
    (gap, norm) = (found.gap, residuals.norm)
    return found
  }

  /// Brings the values nearer to the policy's.
  mutating func evaluate() {
    if isSolving { solve() } else { sweep() }
  }

  private mutating func sweep() {
    swap(&values, &backup)
    for _ in 0..<Self.sweepCount {
      bellman.evaluate(values, choice: choice, into: &backup)
      swap(&values, &backup)
    }
    norm = values.greatestMagnitude
    sweeps += Self.sweepCount
    isSolved = false
  }

  private mutating func solve() {
    let discount = model.mdp.discount
    // ‖d‖ ≤ ‖residual‖/(1−γ), so that this backward error leaves the share of the residual.
    var resolvent = SparseResolvent(
      model.mdp.transitions.selecting(choice), discount: discount, norm: 1 + discount,
      tolerance: Self.forcing * (1 - discount) / 2, operationLimit: Self.operationLimit,
      work: bellman.work)
    let residual = zip(backup, values).map { $0 - $1 }
    let solution = resolvent.solve(residual, .plain)
    let size = residual.greatestMagnitude
    let left =
      solution.backwardError * (resolvent.norm * solution.vector.greatestMagnitude + size)
    // Where no solver copes, sweeps still come nearer.
    guard left <= size / 2 else { return sweep() }
    for state in values.indices { values[state] += solution.vector[state] }
    let order = resolvent.rowOrder
    bellman.sweep(&values, in: order)
    bellman.sweep(&values, in: order.reversed())
    norm = values.greatestMagnitude
    solves += 1
    isSolved = true
  }
}
