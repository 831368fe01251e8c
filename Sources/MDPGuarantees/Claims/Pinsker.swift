internal import MonotoneArithmetic

/// Pinsker's inequality in each state: TV(s)² ≤ KL(s)/2.
///
/// Hence the paper's TV² ≤ KL, at half its price. Tightest as KL → 0: the ratio tends to 1 for a
/// small change of a fair coin.
struct Pinsker: Claim {
  init() {}
  let id = "pinsker"
  let kind = ClaimKind.inequality
  let statement = "TV(s)² ≤ KL(s)/2 in each state"
  let source = "Pinsker 1964; Pollard 2000, ch. 3; Schulman et al. 2015, before eq. 9"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    Self.check(update, divisor: 2)
  }

  /// TV² ≤ KL/divisor in each state.
  static func check<Number: Scalar>(
    _ update: PolicyUpdate<Number>, divisor: Int
  ) -> Finding<Number.Real> {
    let share = Number.Real.one / Number.Real(divisor)
    return update.worstFinding { state in
      let distance = update.totalVariation[state].real
      return .inequality(
        distance * distance, atMost: share * update.divergence[state],
        witness: Witness(state: state, pair: update.mostChangedPair(in: state)))
    }
  }
}
