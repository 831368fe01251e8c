public import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

extension Certificate {
  /// The certificate of an exactly evaluated update.
  ///
  /// Logarithms are computed with twice as many bits until every number's cell and every verdict is
  /// decided. None of them can lie on a boundary: see ``LogarithmPrecision``.
  ///
  /// - Throws: ``CertificateFailure`` where no precision within the limit is enough.
  public init(_ update: PolicyUpdate<Rational>) throws(CertificateFailure) {
    let ergodicity = ExactErgodicity(update)
    var certificate: Certificate?
    var open = ""
    let bits = LogarithmPrecision.climb(
      from: 2 * CertifiedNumber.digits, upTo: LogarithmPrecision.certificateLimit,
      while: { certificate == nil }
    ) {
      // The divergences are computed with the update, hence anew.
      let builder = CertificateBuilder(update: update.sharpened(), ergodicity: ergodicity)
      do throws(CertificateBuilder.Undecided) { certificate = try builder.certificate() } catch {
        open = error.entry
      }
    }
    guard let certificate else { throw CertificateFailure(entry: open, precision: bits) }
    self = certificate
  }
}

/// Builds a certificate at one precision.
private struct CertificateBuilder {
  let update: PolicyUpdate<Rational>
  /// The exact coefficients of ergodicity; nil for a model too large.
  let ergodicity: ExactErgodicity?

  /// An entry that this precision leaves open.
  struct Undecided: Error { var entry: String }

  func certificate() throws(Undecided) -> Certificate {
    var claims: [String: CertifiedClaim] = [:]
    var isGuaranteed = Decision.no
    for claim in ClaimCatalogue.all {
      let finding = claim.compiled.certify(update, ergodicity)
      claims[claim.id] = try certified(finding, claim)
      if claim.kind == .aPriori { isGuaranteed = isGuaranteed || update.promisesGain(finding) }
    }
    if isGuaranteed == .undecided { throw Undecided(entry: "guaranteed") }
    let gain = update.candidate.expectedReturn - update.current.expectedReturn
    return Certificate(
      mdp: update.mdp.name, current: evaluation(update.current),
      candidate: evaluation(update.candidate),
      divergence: try divergences(update.divergence, "KL"),
      reverseDivergence: try divergences(update.reverseDivergence, "reverseKL"),
      quantities: try quantities(), claims: claims, improved: Verdict(gain.isNonNegative),
      guaranteed: Verdict(isGuaranteed))
  }

  private func certified(
    _ finding: Finding<ExactReal>, _ claim: any Claim
  ) throws(Undecided) -> CertifiedClaim {
    let entry = "claims.\(claim.id)"
    switch finding.verdict {
    case .undecided, .consistent: throw Undecided(entry: entry)
    case .notApplicable:
      return CertifiedClaim(
        verdict: .notApplicable,
        assumption: finding.assumption == ExactErgodicity.sizeAssumption
          ? finding.assumption : nil)
    case .holds, .violated: break
    }
    var result = CertifiedClaim(verdict: finding.verdict)
    if claim.kind == .inequality { return result }
    if let margin = finding.margin { result.margin = try certified(margin, "\(entry).margin") }
    result.bound = try certified(finding.lowerBound, "\(entry).bound")
    result.upperBound = try certified(finding.upperBound, "\(entry).upperBound")
    return result
  }

  private func certified(
    _ bound: Bound<ExactReal>?, _ entry: String
  ) throws(Undecided) -> CertifiedNumber? {
    guard case .finite(let number)? = bound else { return nil }
    return try certified(.finite(number), entry)
  }

  private func certified(
    _ number: Extended<ExactReal>, _ entry: String
  ) throws(Undecided) -> CertifiedNumber {
    guard let certified = CertifiedNumber(number) else { throw Undecided(entry: entry) }
    return certified
  }

  private func evaluation(_ evaluation: PolicyEvaluation<Rational>) -> CertifiedEvaluation {
    CertifiedEvaluation(
      stateValues: byName { CertifiedNumber(evaluation.stateValues[$0]) },
      visitation: byName { CertifiedNumber(evaluation.stateVisitation.mass[$0]) })
  }

  private func divergences(
    _ values: [Extended<ExactReal>], _ entry: String
  ) throws(Undecided) -> [String: CertifiedNumber] {
    let names = update.mdp.space.states
    var result: [String: CertifiedNumber] = [:]
    for state in names.indices {
      result[names[state]] = try certified(values[state], "\(entry).\(names[state])")
    }
    return result
  }

  private func byName(_ number: (_ state: Int) -> CertifiedNumber) -> [String: CertifiedNumber] {
    let names = update.mdp.space.states
    return Dictionary(uniqueKeysWithValues: names.indices.map { (names[$0], number($0)) })
  }

  private func quantities() throws(Undecided) -> [String: CertifiedNumber] {
    var result: [String: CertifiedNumber] = [:]
    for quantity in UpdateQuantity.allCases {
      switch update[quantity] {
      case .number(let number): result[quantity.rawValue] = CertifiedNumber(number)
      case .real(let real):
        result[quantity.rawValue] = try certified(real, "quantities.\(quantity.rawValue)")
      case .unbounded: preconditionFailure("certificates are for a discount below 1")
      }
    }
    return result
  }
}
