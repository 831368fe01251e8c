internal import Arithmetic
public import Guarantees

extension NamedProperty {
  /// A claim of the theory.
  ///
  /// Decided in float balls where those suffice. An equality they can only refute: that it holds takes
  /// an exact solve, which makes identities dear.
  public init(_ claim: any Claim) {
    let isIdentity = claim.kind == .identity
    self.init(
      id: claim.id, kind: .claim, statement: claim.statement, isDear: isIdentity,
      screen: { try Self.screen(claim, $0) }
    ) { experiment in
      let verdict = try Self.screen(claim, experiment)
      switch verdict {
      case .notRefuted, .undecided: return try Self.decide(claim, experiment)
      default: return verdict
      }
    }
  }

  /// What float balls say of a claim.
  static func screen(_ claim: any Claim, _ experiment: Experiment) throws -> PropertyVerdict {
    let finding = claim.screen(try experiment.enclosedUpdate())
    switch finding.verdict {
    case .holds: return .holds
    case .notApplicable: return .notApplicable
    case .violated: return .violated(Self.reason(claim, margin: finding.margin?.quantity))
    case .undecided:
      return claim.kind == .identity ? .notRefuted : .undecided("beyond float balls")
    }
  }

  private static func decide(_ claim: any Claim, _ experiment: Experiment) throws -> PropertyVerdict
  {
    let result = try experiment.decide(claim)
    switch result.verdict {
    case .holds: return .holds
    case .notApplicable: return .notApplicable
    case .violated: return .violated(reason(claim, margin: result.margin))
    case .undecided: return .undecided(result.assumption ?? "undecided")
    }
  }

  private static func reason(_ claim: any Claim, margin: Quantity?) -> String {
    let size = margin.map { "\($0.approximation)" } ?? "unknown"
    return "\(claim.statement): fails by a margin of \(size)"
  }
}
