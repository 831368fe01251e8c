internal import MonotoneArithmetic
public import MDPGuarantees
internal import MDPSolvers

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

  /// The verdict of float balls on a claim.
  static func screen(_ claim: any Claim, _ experiment: Experiment) throws -> PropertyVerdict {
    let verdict: PropertyVerdict
    do throws(EvaluationFailure) {
      verdict = Self.verdict(claim, try experiment.ladder.screen(claim))
    } catch {
      // What float64 cannot hold may still be decided exactly.
      verdict = .undecided(error.message)
    }
    if claim.kind == .identity, case .undecided = verdict { return .notRefuted }
    return verdict
  }

  private static func decide(_ claim: any Claim, _ experiment: Experiment) throws -> PropertyVerdict
  {
    verdict(claim, try experiment.ladder.decide(claim))
  }

  private static func verdict<Real: RealScalar>(
    _ claim: any Claim, _ finding: Finding<Real>
  ) -> PropertyVerdict {
    switch finding.verdict {
    case .holds: return .holds
    case .consistent: return .notRefuted
    case .notApplicable: return .notApplicable
    case .undecided: return .undecided(finding.assumption ?? "the enclosure is too wide")
    case .violated:
      let size = finding.margin.map { "\($0.quantity.approximation)" } ?? "unknown"
      return .violated("\(claim.statement): fails by a margin of \(size)")
    }
  }
}
