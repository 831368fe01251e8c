internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPSolvers

extension PolicyUpdate where Number: LadderNumber {
  /// Checks claims on this update and turns the findings into a document.
  ///
  /// - Parameters:
  ///   - claims: What to check.
  ///   - current: What the policy π was called.
  ///   - candidate: What the policy π̃ was called.
  ///   - normalised: The JSON paths of rows that were divided by their sum.
  public func check(
    _ claims: [any Claim] = ClaimCatalogue.all, current currentName: String,
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
      improved: isDecided ? Verdict(isUnchanged ? .yes : improvement) : .undecided,
      guaranteed: isDecided ? Verdict(promised) : .undecided, isUnchanged: isUnchanged,
      gain: gain.quantity, normalised: normalised)
  }

  /// The finding of a claim; undecided where the evaluations are too inaccurate to support any.
  func decide(_ claim: any Claim) -> Finding<Number.Real> {
    var finding = Number.finding(of: claim.compiled, on: self)
    if finding.verdict == .consistent, !isAccurate {
      finding.verdict = .undecided
      finding.assumption =
        "the enclosures are wider than \(Accuracy.meaningfulRelativeError) of the values"
    }
    if !isMeaningful, finding.verdict == .holds || finding.verdict == .violated,
      !claim.judgesAccuracy
    {
      finding.verdict = .undecided
      finding.assumption =
        "float64 solved this model with a relative error bound above "
        + "\(Accuracy.meaningfulRelativeError)"
    }
    return finding
  }

}

extension PolicyUpdate {
  /// Whether a claim's lower bound on η(π̃) exceeds η(π).
  func promisesGain(_ finding: Finding<Number.Real>) -> Decision {
    switch finding.verdict {
    case .notApplicable, .violated: return .no
    case .holds, .consistent, .undecided:
      guard let bound = finding.lowerBound else {
        return finding.verdict == .holds ? .no : .undecided
      }
      guard case .finite(let lower) = bound else { return .no }
      let promise = lower - current.expectedReturn.real
      let gain = isResolved(promise) ? promise.isPositive : .undecided
      // A bound that is itself in doubt promises nothing yet.
      return finding.verdict == .undecided && gain == .yes ? .undecided : gain
    }
  }
  /// Is η(π̃) ≥ η(π)?
  var improvement: Decision {
    let gain = (candidate.expectedReturn - current.expectedReturn).real
    return isResolved(gain) ? gain.isNonNegative : .undecided
  }

  /// Whether a difference of returns is clear, or so small that it counts as none.
  ///
  /// Float64 takes a number within its error bound for zero, which is fair where the bound is that of
  /// rounding. Where a state that is hardly ever visited makes it larger than the returns themselves,
  /// nothing is known of a number within it.
  private func isResolved(_ difference: Number.Real) -> Bool {
    if Number.arithmetic.isRigorous { return true }
    let radius = difference.radius
    return abs(difference.approximation) > radius
      || radius <= Accuracy.meaningfulRelativeError * returnScale || radius < Self.underflow
  }

  /// Σ_s ρ₀(s) |V(s)|, of the policy where it is larger: what the returns are sums of.
  private var returnScale: Double {
    [current, candidate].lazy.map { evaluation in
      zip(evaluation.mdp.initial, evaluation.stateValues).reduce(0) {
        $0 + $1.0.approximation * abs($1.1.approximation)
      }
    }.greatestMagnitude
  }

  /// An error bound of this size comes from underflow alone.
  private static var underflow: Double { 0x1p-900 }
}

/// The highest lower bound on the candidate's return seen so far; the first of equals.
///
/// A bound of which nothing is known ranks nowhere.
struct TightestBound<Real: RealScalar> {
  private(set) var id: String?
  private(set) var bound: Real?

  mutating func consider(_ newID: String, _ finding: Finding<Real>) {
    guard finding.verdict == .holds, case .finite(let lower)? = finding.lowerBound,
      lower.isZero != .undecided || lower.radius.isFinite
    else { return }
    if let bound, !lower.isAbove(bound) { return }
    (id, bound) = (newID, lower)
  }
}

extension Scalar {
  /// Whether this number is larger than another, as far as can be told.
  fileprivate func isAbove(_ other: Self) -> Bool {
    let (mine, theirs) = (approximation, other.approximation)
    // Beyond float64 only the numbers themselves can be compared.
    return mine.isFinite && theirs.isFinite ? mine > theirs : (self - other).isPositive == .yes
  }
}
