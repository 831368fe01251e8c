/// Every claim that is checked on every update, in the order of reports.
public enum ClaimCatalogue {
  /// The claims: identities, inequalities, then the ladder of bounds, then what follows from them.
  public static let all: [any Claim] = facts + bounds + consequences

  private static let facts: [any Claim] = [
    BellmanResidual(),
    PerformanceDifference(),
    SurrogateValue(),
    SurrogateGradient(),
    Pinsker(),
    BretagnolleHuber(),
    PointwiseImprovement(),
  ]

  /// The ladder of bounds on the return, from the one that knows most of the update to the one that
  /// knows least.
  public static let bounds: [any ReturnBound] = [
    VisitationShiftSpanBound(),
    VisitationShiftBound(),
    ResolventErgodicityBound(),
    DobrushinBound(),
    MeanTotalVariationSpanBound(),
    MeanTotalVariationBound(),
    MaxTotalVariationSpanBound(),
    CouplingSpanBound(),
    CouplingBound(),
    CouplingRangeBound(),
    TotalVariationBound(),
    DivergenceBound(),
    PinskerDivergenceBound(),
    MeanDivergenceRootBound(),
    MeanDivergenceBound(),
    MeanPenaltyBound(),
    ConservativeMixtureBound(),
    ConservativeMixture2002Bound(),
  ]

  private static let consequences: [any Claim] = [
    MonotoneStep(),
    ConservativeGain(),
  ]

  /// The claim of an identifier.
  public static func claim(_ id: String) -> (any Claim)? { all.first { $0.id == id } }

  /// The bound of an identifier.
  public static func bound(_ id: String) -> (any ReturnBound)? { bounds.first { $0.id == id } }
}
