internal import Arithmetic

/// A claim that stands in papers or code and is wrong.
///
/// Each is refuted by a committed counterexample. Checking it is also how the checker is checked:
/// a verifier that cannot find a false bound violated proves nothing about true ones.
public protocol FalseVariant: Claim {}

/// Every false variant that a refutation file may name.
public enum FalseVariantCatalog {
  /// The variants, in the order of reports.
  public static let all: [any FalseVariant] = [
    HalfConstantExpectedAdvantage(),
    HalfConstantMaxAdvantage(),
    ActionValueNorm(),
    CandidateAdvantageMixture(),
    MeanPenaltyEveryDiscount(),
    PenaltyWithoutSurrogate(),
    NormalisedVisitation(),
    QuarterPinsker(),
  ]

  /// The variant of an identifier.
  public static func variant(_ id: String) -> (any FalseVariant)? { all.first { $0.id == id } }
}

extension PolicyUpdate {
  /// 1/(1−γ)².
  var squaredHorizon: Number {
    let distance = Number.one - mdp.discount
    return Number.one / (distance * distance)
  }

  /// The smallest α for which π̃ = (1−α)π + απ' for some policy π': max over π > 0 of 1 − π̃/π.
  var mixtureWeight: Number {
    var weight = Number.zero
    for pair in current.policy.probabilities.indices where !current.policy[pair].isExactlyZero {
      weight = Number.maximum(
        weight, Number.one - candidate.policy[pair] / current.policy[pair])
    }
    return weight
  }
}
