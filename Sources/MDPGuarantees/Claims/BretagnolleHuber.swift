internal import MonotoneArithmetic

/// The Bretagnolle–Huber inequality in each state: TV(s) ≤ √(1 − e^−KL(s)).
///
/// Unlike ``Pinsker`` it says something for every KL, however large: TV < 1.
///
/// *Proof.* By Cauchy–Schwarz (Σ √(p q))² = (Σ √(min(p,q) max(p,q)))² ≤ Σ min · Σ max =
/// (1 − TV)(1 + TV), and by Jensen KL(p‖q) = −2 Σ p ln √(q/p) ≥ −2 ln Σ √(p q). Hence
/// 1 − TV² ≥ e^−KL. ∎
struct BretagnolleHuber: Claim {
  init() {}
  let id = "bretagnolle-huber"
  let kind = ClaimKind.inequality
  let statement = "TV(s) ≤ √(1 − e^−KL(s)) in each state"
  let source = "Bretagnolle & Huber 1979; Canonne 2022"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    update.worstFinding { state in
      let limit = update.divergence[state].number.map { Self.deficit($0).nonNegativePart } ?? .one
      return .inequality(
        update.totalVariation[state].real, atMost: .finite(limit.squareRoot()),
        witness: Witness(state: state, pair: update.mostChangedPair(in: state)))
    }
  }

  /// Below this the series takes over: 1 − e^−x would lose the digits of a small x.
  static let seriesLimit = 0x1p-20

  /// 1 − e^−x for x ≥ 0.
  static func deficit<Real: RealScalar>(_ x: Real) -> Real {
    guard x.approximation + x.radius < seriesLimit else { return .one - .exponential(-x) }
    // x − x²/2 + x³/6, off by at most x⁴/24.
    let square = x * x
    let rest = (square * square / Real(24)).magnitude
    return (x - square / Real(2) + square * x / Real(6)).widened(by: rest)
  }
}
