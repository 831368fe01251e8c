internal import MDPCore

/// A certificate in the notation of Coq: the record `certificate` of `Proofs/Checker/Certificate.v`.
struct CoqCertificate {
  /// The definitions, of which the last is `stated_certificate`.
  let text: String

  init(_ certificate: Certificate, states: Names) {
    func vector(_ numbers: [String: CertifiedNumber]) -> String {
      CoqText.list(
        states.indices.map { state in
          guard case .exact(let value)? = numbers[states[state]] else { return "zero" }
          return CoqText.number(value)
        })
    }
    func stated(_ numbers: [String: CertifiedNumber]) -> String {
      CoqText.list(
        states.indices.map { numbers[states[$0]].map { CoqText.stated($0) } ?? "Infinity" })
    }
    let quantities = Self.quantities.map { name, quantity in
      "  | \(quantity) => \(CoqText.optional(certificate.quantities[name]))"
    }
    let claims = Self.claims.map { id, claim in
      "  | \(claim) => \(Self.claim(certificate.claims[id]))"
    }
    text = """
      Definition stated_quantities (x : quantity) : option stated :=
        match x with
      \(quantities.joined(separator: "\n"))
        end.

      (** By claim: its verdict, margin, and bounds on the return of the candidate *)
      Definition stated_claims (x : claim) : option stated_claim :=
        match x with
      \(claims.joined(separator: "\n"))
        end.

      (** V and rho of both policies; KL in both directions; whether it improved, and was guaranteed to *)
      Definition stated_certificate : certificate := Certificate
        \(vector(certificate.current.stateValues))
        \(vector(certificate.current.visitation))
        \(vector(certificate.candidate.stateValues))
        \(vector(certificate.candidate.visitation))
        \(stated(certificate.divergence))
        \(stated(certificate.reverseDivergence))
        stated_quantities stated_claims \(verdict(certificate.improved)) \(verdict(certificate.guaranteed)).
      """
  }

  private static func claim(_ claim: CertifiedClaim?) -> String {
    guard let claim else { return "None" }
    let numbers = [claim.margin, claim.bound, claim.upperBound].map { CoqText.optional($0) }
    return "Some (StatedClaim \(verdict(claim.verdict)) \(numbers.joined(separator: " ")))"
  }

  private static let quantities = [
    ("returnCurrent", "ReturnCurrent"), ("returnCandidate", "ReturnCandidate"),
    ("surrogate", "Surrogate"), ("policyAdvantage", "PolicyAdvantage"),
    ("maxAdvantage", "LargestAdvantage"), ("maxExpectedAdvantage", "LargestExpectedAdvantage"),
    ("penaltyCoefficient", "PenaltyCoefficient"), ("maxTotalVariation", "LargestTotalVariation"),
    ("meanTotalVariation", "AverageTotalVariation"), ("maxKL", "LargestKL"),
    ("meanKL", "AverageKL"), ("maxReverseKL", "LargestReverseKL"),
    ("meanReverseKL", "AverageReverseKL"),
  ]

  private static let claims = [
    ("bellman-residual", "Identity BellmanResidual"),
    ("performance-difference", "Identity PerformanceDifference"),
    ("surrogate-value", "Identity SurrogateValue"),
    ("surrogate-gradient", "Identity SurrogateGradient"),
    ("pinsker", "Inequality Pinsker"),
    ("bretagnolle-huber", "Inequality BretagnolleHuber"),
    ("visitation-shift-span", "Bound VisitationShiftSpan"),
    ("visitation-shift", "Bound VisitationShift"),
    ("resolvent-ergodicity", "Bound ResolventErgodicity"),
    ("dobrushin", "Bound Dobrushin"),
    ("mean-total-variation-span", "Bound MeanTotalVariationSpan"),
    ("mean-total-variation", "Bound MeanTotalVariation"),
    ("max-total-variation-span", "Bound MaxTotalVariationSpan"),
    ("coupling-span", "Bound CouplingSpan"),
    ("coupling", "Bound Coupling"),
    ("coupling-range", "Bound CouplingRange"),
    ("total-variation", "Bound TotalVariation"),
    ("kl", "Bound KL"),
    ("kl-pinsker", "Bound KLPinsker"),
    ("mean-kl-root", "Bound MeanKLRoot"),
    ("mean-kl", "Bound MeanKL"),
    ("mean-kl-penalty", "Bound MeanKLPenalty"),
    ("conservative-mixture", "Bound ConservativeMixture"),
    ("conservative-mixture-2002", "Bound ConservativeMixture2002"),
    ("pointwise-improvement", "Improvement PointwiseImprovement"),
    ("monotone-step", "Improvement MonotoneStep"),
    ("conservative-gain", "Improvement ConservativeGain"),
  ]
}

/// A verdict in the notation of Coq. What is undecided never stands in a certificate.
private func verdict(_ verdict: Verdict) -> String {
  switch verdict {
  case .holds: "Holds"
  case .violated: "Violated"
  case .notApplicable: "NotApplicable"
  case .undecided, .consistent: "Undecided"
  }
}
