internal import MonotoneArithmetic

/// The penalty of Algorithm 1 with the mean KL in the place of the maximum, for every discount.
/// True for γ ≥ 2/3, false for small γ.
struct MeanPenaltyEveryDiscount: FalseVariant, ReturnBound {
  init() {}
  let id = "mean-kl-penalty-every-discount"
  let statement = "|η(π̃) − L| ≤ C E_{s~d_π} KL(π‖π̃) for every γ"
  let source = "false: what replacing max KL by mean KL would need"
  let leadingConstant = 4.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    BoundWidth(update.penaltyCoefficient.real * update.meanDivergence)
  }
}

/// The lower bound without the surrogate's first-order term. False for every small enough step in
/// a harmful direction: the loss is linear in the step, the KL divergence quadratic.
struct PenaltyWithoutSurrogate: FalseVariant {
  init() {}
  let id = "kl-without-surrogate"
  let kind = ClaimKind.aPriori
  let statement = "η(π̃) ≥ η(π) − C max_s KL(π‖π̃)"
  let source = "false: eq. 9 of Schulman et al. 2015 without L"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    if let finding = Finding<Number.Real>(unless: .discounting(update)) { return finding }
    let loss = update.current.expectedReturn - update.candidate.expectedReturn
    return .inequality(
      loss.real, atMost: update.penaltyCoefficient.real * update.maxDivergence,
      witness: update.witness { update.divergence[$0] })
  }
}

/// The surrogate with visitations normalised to 1, the penalty unchanged.
struct NormalisedVisitation: FalseVariant {
  init() {}
  let id = "normalised-visitation"
  let kind = ClaimKind.aPriori
  let statement = "|η(π̃) − η(π) − Σ_s d_π(s) Ā(s)| ≤ C max_s KL(π‖π̃)"
  let source = "false: L of Schulman et al. 2015, eq. 3, with d_π for ρ_π"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    if let finding = Finding<Number.Real>(unless: .discounting(update)) { return finding }
    let share = Number.one - update.mdp.discount
    let centre = update.current.expectedReturn + share * update.policyAdvantage
    return .bound(
      gap: update.candidate.expectedReturn - centre,
      width: BoundWidth(
        update.penaltyCoefficient.real * update.maxDivergence,
        witness: update.witness { update.divergence[$0] }),
      centre: centre)
  }
}

/// Pinsker's inequality with 1/4. Its constant 1/2 is the best possible.
struct QuarterPinsker: FalseVariant {
  init() {}
  let id = "pinsker-quarter"
  let kind = ClaimKind.inequality
  let statement = "TV(s)² ≤ KL(s)/4 in each state"
  let source = "false: a slip of the constant"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    Pinsker.check(update, divisor: 4)
  }
}
