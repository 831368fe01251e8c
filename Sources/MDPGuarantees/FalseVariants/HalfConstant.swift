internal import MonotoneArithmetic

/// Theorem 1 with constant 2 instead of 4, and the expected advantage of the candidate.
///
/// Found in the first arXiv version of TRPO and in code that quotes it. False on Kakade's example
/// (thesis 2003, 7.4.1): the coupling of two policies that are not mixtures costs twice as much.
struct HalfConstantExpectedAdvantage: FalseVariant, ReturnBound {
  init() {}
  let id = "total-variation-constant-2-expected-advantage"
  let statement = "|η(π̃) − L| ≤ 2 γ max_s|Ā| α² / (1−γ)²"
  let source = "false: eq. 6 of Schulman et al. 2015 read for arbitrary policies"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .squaredDistance(update, size: update.maxExpectedAdvantage)
  }
}

/// Theorem 1 with constant 2 instead of 4. False on the coupling family.
struct HalfConstantMaxAdvantage: FalseVariant, ReturnBound {
  init() {}
  let id = "total-variation-constant-2"
  let statement = "|η(π̃) − L| ≤ 2 γ ε_max α² / (1−γ)²"
  let source = "false: arXiv 1502.05477v1, C = 2εγ/(1−γ)²"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .squaredDistance(update, size: update.maxAdvantage)
  }
}

/// Theorem 1 with constant 2 and the norm of Q in place of the advantage, for rewards of either sign.
struct ActionValueNorm: FalseVariant, ReturnBound {
  init() {}
  let id = "pirotta-q-norm"
  let statement = "|η(π̃) − L| ≤ 2 γ ‖Q‖∞ α² / (1−γ)²"
  let source = "false: Pirotta et al. 2013, Cor. 3.6, on signed rewards"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    .squaredDistance(update, size: update.current.actionValues.maximumMagnitude)
  }
}

/// Kakade and Langford's mixture bound with the advantage of the mixture itself instead of the
/// target's: too small by the mixture weight.
struct CandidateAdvantageMixture: FalseVariant, ReturnBound {
  init() {}
  let id = "conservative-mixture-candidate-advantage"
  let statement = "|η(π̃) − L| ≤ 2 γ max_s|Ā| α² / (1−γ)² for π̃ = (1−α)π + απ'"
  let source = "false: eq. 6 of Schulman et al. 2015 with ε of π̃ instead of π'"
  let leadingConstant = 2.0

  func width<Number: Scalar>(_ update: PolicyUpdate<Number>) -> BoundWidth<Number> {
    let weight = update.mixtureWeight
    let size = Number(2) * update.mdp.discount * update.maxExpectedAdvantage
    return BoundWidth(size * weight * weight * update.squaredHorizon)
  }
}

extension BoundWidth {
  /// 2 γ size α² / (1−γ)².
  fileprivate static func squaredDistance(
    _ update: PolicyUpdate<Number>, size: Number
  ) -> BoundWidth {
    let distance = update.maxTotalVariation
    return BoundWidth(
      Number(2) * update.mdp.discount * size * distance * distance * update.squaredHorizon,
      witness: update.witness { update.totalVariation[$0] })
  }
}
