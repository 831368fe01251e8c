/// The certificate of an update (`check --certificate`): every number that a verdict rests on, as rationals.
///
/// `Tools/check_certificate.py`, which shares no code with the toolkit, derives all of it anew from
/// the model and the policies, and accepts nothing else: V and ρ because they solve their systems
/// exactly, the rest from them. Nothing stands in a certificate that the checker does not check, so
/// it has no looseness, no witness and no display figures.
///
/// A claim whose assumption fails is `notApplicable` and has no numbers. A claim of kind
/// ``ClaimKind/inequality``, about each state, has a verdict only: its two sides follow from the
/// divergences by state. A bound that an infinite divergence makes infinite has a margin only.
public struct Certificate: Sendable, Equatable, Codable {
  /// The versions of the format.
  public enum Schema: String, Sendable, Codable {
    /// The first and only version.
    case version1 = "monotone/certificate/v1"
  }

  /// The version of the format.
  public var schema = Schema.version1
  /// The model's name.
  public var mdp: String
  /// V and ρ of π.
  var current: CertifiedEvaluation
  /// V and ρ of π̃.
  var candidate: CertifiedEvaluation
  /// KL(π‖π̃) by state; 0 at terminal states.
  var divergence: [String: CertifiedNumber]
  /// KL(π̃‖π) by state; 0 at terminal states.
  var reverseDivergence: [String: CertifiedNumber]
  /// The quantities of ``UpdateQuantities``, by the same names.
  var quantities: [String: CertifiedNumber]
  /// Every claim of ``ClaimCatalogue``, by identifier.
  var claims: [String: CertifiedClaim]
  /// Whether η(π̃) ≥ η(π).
  public var improved: Verdict
  /// Whether some a-priori lower bound exceeds η(π).
  public var guaranteed: Verdict

  private enum CodingKeys: String, CodingKey {
    case schema, mdp, current, candidate, quantities, claims, improved, guaranteed
    case divergence = "KL"
    case reverseDivergence = "reverseKL"
  }
}

/// The solutions of a policy's two linear systems.
struct CertifiedEvaluation: Sendable, Equatable, Codable {
  /// V by state.
  var stateValues: [String: CertifiedNumber]
  /// ρ by state, unnormalised.
  var visitation: [String: CertifiedNumber]
}

/// The verdict and the numbers of a claim; numbers that it does not have are absent.
struct CertifiedClaim: Sendable, Equatable, Codable {
  /// The verdict; never `undecided`.
  var verdict: Verdict
  /// By how much the claim holds.
  var margin: CertifiedNumber?
  /// The lower bound on η(π̃).
  var bound: CertifiedNumber?
  /// The upper bound on η(π̃).
  var upperBound: CertifiedNumber?
  /// `size` for a claim that a certificate leaves out because of the number of states.
  var assumption: String?
}

/// Why there is no certificate.
public struct CertificateFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The entry that more precision did not settle.
  public var entry: String
  /// The bits of precision at which it was given up.
  public var precision: Int

  public var description: String { message }

  /// The problem, as a sentence for the user.
  public var message: String {
    "no certificate: \(entry) is not decided with logarithms of \(precision) bits"
  }
}

extension Certificate {
  /// Where a check of the same update comes to another verdict than the certificate; nil where they
  /// agree, as far as the check decides.
  ///
  /// They share the exact evaluations and the claims, but not the coefficients of ergodicity, and a
  /// check may have decided in balls. A difference is a fault of this program.
  public func disagreement(with check: UpdateCheck) -> String? {
    func differ(_ mine: Verdict, _ theirs: Verdict) -> Bool {
      theirs.isSettled && mine != theirs
    }
    for result in check.claims {
      guard let certified = claims[result.id],
        certified.assumption != ExactErgodicity.sizeAssumption
      else { continue }
      if differ(certified.verdict, result.verdict) {
        return "\(result.id): \(result.verdict.rawValue), certified \(certified.verdict.rawValue)"
      }
    }
    if differ(improved, check.improved) { return "improved: certified \(improved.rawValue)" }
    if differ(guaranteed, check.guaranteed) {
      return "guaranteed: certified \(guaranteed.rawValue)"
    }
    return nil
  }
}
