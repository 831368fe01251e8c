public import MonotoneArithmetic
internal import MDPSolvers

/// The findings of float balls on an update: fast proofs of clear cases.
public struct UpdateScreening: Sendable {
  /// The numbers that the claims are made of.
  public var quantities: UpdateQuantities
  /// A verdict a claim, in their order. An equality can only be refuted: one that is not is at best consistent.
  public var verdicts: [Verdict]
  /// The tightest bounds on the candidate's return.
  public var tightest: TightestBounds
  /// Whether η(π̃) ≥ η(π).
  public var improved: Verdict
  /// Whether some a-priori lower bound exceeds η(π).
  public var guaranteed: Verdict
  /// η(π̃) − η(π).
  public var gain: Quantity
}

extension PolicyUpdate<FloatBall> {
  /// Checks claims in float balls.
  public func screen(_ claims: [any Claim] = ClaimCatalogue.all) -> UpdateScreening {
    var (aPriori, aPosteriori) = (TightestBound<FloatBall>(), TightestBound<FloatBall>())
    var promised = Decision.no
    var verdicts: [Verdict] = []
    verdicts.reserveCapacity(claims.count)
    for claim in claims {
      let finding = claim.compiled.screen(self)
      switch claim.kind {
      case .aPriori:
        aPriori.consider(claim.id, finding)
        promised = promised || promisesGain(finding)
      case .aPosteriori: aPosteriori.consider(claim.id, finding)
      case .identity, .inequality: break
      }
      verdicts.append(finding.verdict)
    }
    let gain = candidate.expectedReturn - current.expectedReturn
    let isUnchanged = isUnchanged
    return UpdateScreening(
      quantities: UpdateQuantities(self), verdicts: verdicts,
      tightest: TightestBounds(aPriori: aPriori.id, aPosteriori: aPosteriori.id),
      improved: isUnchanged ? .holds : Verdict(improvement),
      guaranteed: isUnchanged ? .violated : Verdict(promised),
      gain: isUnchanged ? FloatBall(0).quantity : gain.quantity)
  }
}
