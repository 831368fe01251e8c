public import Arithmetic

/// Pinsker's inequality in each state: TV(s)² ≤ KL(s)/2.
///
/// Hence the paper's TV² ≤ KL, at half its price. Tightest as KL → 0: the ratio tends to 1 for a
/// small change of a fair coin.
public struct Pinsker: Claim {
  public init() {}
  public let id = "pinsker"
  public let kind = ClaimKind.inequality
  public let statement = "TV(s)² ≤ KL(s)/2 in each state"
  public let source = "Pinsker 1964; Pollard 2000, ch. 3; Schulman et al. 2015, before eq. 9"

  public func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    Self.check(update, divisor: 2)
  }

  /// The worst state of TV² ≤ KL/divisor: a violated one first, then the one of least looseness.
  static func check<Number: Scalar>(
    _ update: PolicyUpdate<Number>, divisor: Int
  ) -> Finding<Number.Real> {
    let share = Number.Real.one / Number.Real(divisor)
    var worst: Finding<Number.Real>?
    for state in update.mdp.space.liveStates {
      let distance = update.totalVariation[state].real
      let finding = Finding<Number.Real>.inequality(
        distance * distance, atMost: share * update.divergence[state],
        witness: Witness(state: state, pair: update.mostChangedPair(in: state)))
      if worst.map({ finding.isTighter(than: $0) }) ?? true { worst = finding }
    }
    return worst
      ?? Finding(verdict: .notApplicable, assumption: "the model has no state with a choice")
  }
}

extension Finding {
  /// Whether this finding is nearer to a violation than another.
  fileprivate func isTighter(than other: Finding) -> Bool {
    if verdict != other.verdict { return verdict.severity > other.verdict.severity }
    switch (looseness, other.looseness) {
    case (nil, _): return false
    case (_?, nil): return true
    case (let mine?, let theirs?):
      return mine.quantity.approximation < theirs.quantity.approximation
    }
  }
}
