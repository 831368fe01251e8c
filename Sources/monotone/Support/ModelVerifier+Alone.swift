import MonotoneFiles
import MDPGuarantees
import MDPFalsification
import MDPVerification

extension ModelVerifier {
  /// Checks one claim on an update, and whether the update improves as the theory promises.
  ///
  /// The claim, which may be false, has no part in the latter.
  func check(current: String, candidate: String, alone claim: any Claim) throws -> UpdateCheck {
    var check = try check(
      current: current, candidate: candidate,
      claims: ClaimCatalogue.all.filter { $0.kind == .aPriori })
    let single = try self.check(current: current, candidate: candidate, claims: [claim])
    check.claims = single.claims
    let isSharp = check.arithmetic == .auto || check.arithmetic == .exact
    if isSharp, single.claims.contains(where: { $0.assumption == StatedClaim.noValue }) {
      throw RunFailure("--claim: \(StatedClaim.noValue): \(claim.statement)", .badData)
    }
    return check
  }
}
