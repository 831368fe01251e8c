internal import MonotoneArithmetic

/// A claim that stands in papers or code and is wrong.
///
/// Each is refuted by a committed counterexample. Checking it is also how the checker is checked:
/// a verifier that cannot find a false bound violated proves nothing about true ones.
public protocol FalseVariant: Claim {}

/// Every false variant that a refutation file may name.
public enum FalseVariantCatalogue {
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
