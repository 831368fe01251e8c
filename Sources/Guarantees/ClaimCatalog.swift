/// Every claim that is checked on every update, in the order of reports.
public enum ClaimCatalog {
  /// The claims, identities first, then inequalities, then the bounds on the return.
  public static let all: [any Claim] = [
    BellmanResidual(),
    PerformanceDifference(),
    SurrogateValue(),
    SurrogateGradient(),
    Pinsker(),
    TotalVariationBound(),
    DivergenceBound(),
    MonotoneStep(),
  ]

  /// The claim of an identifier.
  public static func claim(_ id: String) -> (any Claim)? { all.first { $0.id == id } }
}
