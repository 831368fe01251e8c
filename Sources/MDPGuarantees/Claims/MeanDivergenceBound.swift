internal import MonotoneArithmetic
internal import MDPSolvers

/// A bound of the order of the divergence itself in terms of its mean under ρ_π.
///
///     |η(π̃) − L_π(π̃)| ≤ 2 √(γKF/(1−γ)) + γmK/(1−γ)
///     K = Σ_s ρ_π KL(π‖π̃)   F = Σ_s ρ_π (Ā − b)²   m = max_s |Ā − b|   for any constant b
///
/// *Proof.* Let p_t and q_t be the laws of s_t under π and π̃, f = Ā − b, and h_t² = 1 −
/// Σ_s √(p_t q_t), so that ‖√q_t − √p_t‖² = 2h_t². ``PerformanceDifference`` gives η(π̃) − L =
/// Σ_t γ^t (E_{q_t} f − E_{p_t} f), b dropping out. Writing q − p = (√q − √p)(√q + √p),
///
///     |E_q f − E_p f| ≤ √2 h (‖f√q‖ + ‖f√p‖) ≤ √2 h (2‖f√p‖ + √2 m h) = 2√2 h √(E_p f²) + 2m h².
///
/// KL(p‖q) ≥ −2 ln Σ √(pq) ≥ 2h² by Jensen. The laws of the first t actions and states differ by
/// KL = Σ_{k<t} E_{p_k} KL(s), because both runs share the transition kernel (chain rule), and
/// forgetting all but s_t does not raise it (data processing): h_t² ≤ ½ Σ_{k<t} E_{p_k} KL(s).
/// Hence Σ_t γ^t h_t² ≤ γK/(2(1−γ)). Cauchy–Schwarz over t bounds the first terms by
/// 2√2 √(γK/(2(1−γ))) √(Σ_t γ^t E_{p_t} f²) = 2√(γKF/(1−γ)); the others add up to γmK/(1−γ). ∎
///
/// F is least at the mean of Ā under ρ_π and m halfway between its largest and smallest value; b
/// is whichever of these two, their mean and 0 gives the least bound. Terminal states count, with
/// Ā = KL = 0.
struct MeanDivergenceBound: ReturnBound {
  init() {}
  let id = "mean-kl"
  let statement =
    "|η(π̃) − L_π(π̃)| ≤ 2 √(γKF/(1−γ)) + γmK/(1−γ), K = Σρ KL, F = Σρ (Ā−b)², m = max |Ā−b|"
  let source = "this project; Hellinger distance and the chain rule of KL"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    let witness = update.visitedWitness { update.divergence[$0] }
    // Where Ā is constant, b = Ā leaves nothing for even an infinite divergence to multiply.
    if update.advantageSpan.isExactlyZero { return BoundWidth(Number.zero, witness: witness) }
    let total = update.current.stateVisitation.sum(divergence: { update.divergence[$0] })
    let weight = (update.mdp.discount * update.horizon).real * total
    guard case .finite(let weight) = weight else { return BoundWidth(.infinity, witness: witness) }
    let widths = Self.constants(update).map {
      width(update, weight: weight.nonNegativePart, constant: $0)
    }
    return BoundWidth(widths.reduce(.infinity, Extended.minimum), witness: witness)
  }

  /// 2 √(weight F) + m weight, where weight = γK/(1−γ).
  private func width<Number: Scalar>(
    _ update: PolicyUpdate<Number>, weight: Number.Real, constant: Double
  ) -> Extended<Number.Real> {
    let constant = Number.Real(constant)
    let rest = update.expectedAdvantages.map { $0.real - constant }
    let squares = update.current.stateVisitation.sum(divergence: {
      .finite(rest[$0] * rest[$0])
    })
    guard case .finite(let squares) = squares else { return .infinity }
    let product = weight * squares.nonNegativePart
    return .finite(Number.Real(2) * product.squareRoot() + rest.maximumMagnitude * weight)
  }

  /// The constants b that are tried: float64 numbers taken as exact, so that they carry no error.
  private static func constants<Number: Scalar>(_ update: PolicyUpdate<Number>) -> [Double] {
    let advantages = update.expectedAdvantages.map(\.approximation)
    let middle = ((advantages.max() ?? 0) + (advantages.min() ?? 0)) / 2
    let mean =
      update.policyAdvantage.approximation * (1 - update.mdp.discount.approximation)
    return [mean, middle, (mean + middle) / 2, 0].filter(\.isFinite)
  }
}
