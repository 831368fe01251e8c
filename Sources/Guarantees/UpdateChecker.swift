internal import Arithmetic
internal import LinearAlgebra
internal import MDPSolvers

extension PolicyUpdate {
  /// Checks claims on this update and turns the findings into a document.
  ///
  /// - Parameters:
  ///   - claims: What to check.
  ///   - current: What the policy π was called.
  ///   - candidate: What the policy π̃ was called.
  ///   - normalised: The JSON paths of rows that were divided by their sum.
  public func check(
    _ claims: [any Claim] = ClaimCatalog.all, current currentName: String,
    candidate candidateName: String, normalised: [String] = []
  ) -> UpdateCheck {
    var tightest: [ClaimKind: TightestBound<Number.Real>] = [:]
    var promised = Decision.no
    var results: [ClaimResult] = []
    for claim in claims {
      let finding = decide(claim)
      tightest[claim.kind, default: TightestBound()].consider(claim.id, finding)
      if claim.kind == .aPriori { promised = promised || promisesGain(finding) }
      results.append(
        ClaimResult(claim, finding, space: mdp.space, arithmetic: Number.arithmetic))
    }
    let isUnchanged = isUnchanged
    let gain =
      isUnchanged ? Number.zero : candidate.expectedReturn - current.expectedReturn
    // No lower bound on a return exceeds that return.
    if isUnchanged { promised = .no }
    let isDecided = isMeaningful || isUnchanged
    return UpdateCheck(
      mdp: ModelSummary(mdp), current: currentName, candidate: candidateName,
      arithmetic: Number.arithmetic, quantities: UpdateQuantities(self), claims: results,
      tightest: TightestBounds(
        aPriori: tightest[.aPriori]?.id, aPosteriori: tightest[.aPosteriori]?.id),
      improved: isDecided ? Verdict(gain.isNonNegative) : .undecided,
      guaranteed: isDecided ? Verdict(promised) : .undecided, isUnchanged: isUnchanged,
      gain: gain.quantity, normalised: normalised)
  }

  /// The finding of a claim; undecided where the evaluations are too inaccurate to support any.
  func decide(_ claim: some Claim) -> Finding<Number.Real> {
    var finding = claim.check(self)
    if !isMeaningful, finding.verdict == .holds || finding.verdict == .violated,
      !(claim is BellmanResidual)
    {
      finding.verdict = .undecided
      finding.assumption =
        "float64 solved this model with a relative error bound above "
        + "\(Accuracy.meaningfulRelativeError)"
    }
    return finding
  }

  /// Whether a claim's lower bound on η(π̃) exceeds η(π).
  func promisesGain(_ finding: Finding<Number.Real>) -> Decision {
    switch finding.verdict {
    case .notApplicable, .violated: return .no
    case .holds, .consistent, .undecided:
      guard let bound = finding.lowerBound else {
        return finding.verdict == .holds ? .no : .undecided
      }
      guard case .finite(let lower) = bound else { return .no }
      let gain = (lower - current.expectedReturn.real).isPositive
      // A bound that is itself in doubt promises nothing yet.
      return finding.verdict == .undecided && gain == .yes ? .undecided : gain
    }
  }
}

/// The highest lower bound on the candidate's return seen so far; the first of equals.
struct TightestBound<Real: RealScalar> {
  private(set) var id: String?
  private(set) var bound: Real?

  mutating func consider(_ newID: String, _ finding: Finding<Real>) {
    guard finding.verdict == .holds, case .finite(let lower)? = finding.lowerBound else { return }
    if let bound, lower.approximation <= bound.approximation { return }
    (id, bound) = (newID, lower)
  }
}
