public import Arithmetic
internal import MDPSolvers

/// What float balls say of an update: proofs of what is clear, fast.
public struct UpdateScreening: Sendable {
  /// The numbers that the claims are made of.
  public var quantities: UpdateQuantities
  /// A verdict a claim, in their order. An equality can only be refuted: one that is not is undecided.
  public var verdicts: [Verdict]
  /// The tightest bounds on the candidate's return.
  public var tightest: TightestBounds
  /// Whether η(π̃) ≥ η(π).
  public var improved: Verdict
  /// Whether some a-priori lower bound exceeds η(π).
  public var guaranteed: Verdict
  /// η(π̃) − η(π).
  public var gain: Quantity
  /// The mean of KL(π‖π̃) over the steps that are taken: under d_π given that the episode goes on. What
  /// samplers average; `meanKL` counts the time after an end, too, with 0.
  public var liveMeanDivergence: Quantity
  /// The state where KL(π‖π̃) is largest; nil if there is no live state.
  public var maxDivergenceState: Int?
}

extension PolicyUpdate<FloatBall> {
  /// Checks claims in float balls.
  public func screen(_ claims: [any Claim] = ClaimCatalog.all) -> UpdateScreening {
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
    let isTerminal = mdp.space.isTerminal
    let liveMass = current.stateVisitation.sum { isTerminal[$0] ? FloatBall(0) : FloatBall(1) }
    let divergenceSum = current.stateVisitation.sum { divergence[$0] }
    let liveMean: Extended<FloatBall> =
      switch divergenceSum {
      case .finite(let sum) where liveMass.isZero != .yes: .finite(sum / liveMass)
      case .finite(let sum): .finite(sum)
      case .infinity: .infinity
      }
    let isUnchanged = isUnchanged
    return UpdateScreening(
      quantities: UpdateQuantities(self), verdicts: verdicts,
      tightest: TightestBounds(aPriori: aPriori.id, aPosteriori: aPosteriori.id),
      improved: isUnchanged ? .holds : Verdict(improvement),
      guaranteed: isUnchanged ? .violated : Verdict(promised),
      gain: isUnchanged ? FloatBall(0).quantity : gain.quantity,
      liveMeanDivergence: liveMean.quantity,
      maxDivergenceState: worstState { divergence[$0] })
  }
}
