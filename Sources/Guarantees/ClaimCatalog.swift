/// Every claim that is checked on every update, in the order of reports.
public enum ClaimCatalog {
  /// The claims: identities, inequalities, then the ladder of bounds on the return from the one
  /// that knows most of the update to the one that knows least, then what follows from them.
  public static let all: [any Claim] = [
    BellmanResidual(),
    PerformanceDifference(),
    SurrogateValue(),
    SurrogateGradient(),
    Pinsker(),
    BretagnolleHuber(),
    PointwiseImprovement(),
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
    MonotoneStep(),
    ConservativeGain(),
  ]

  /// The claim of an identifier.
  public static func claim(_ id: String) -> (any Claim)? { all.first { $0.id == id } }
}
