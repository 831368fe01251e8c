internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

extension UpdateAudit {
  /// A row of which nothing is known yet.
  init(index: Int, before: String, after: String) {
    self.init(
      index: index, current: before, candidate: after, returnCurrent: .unknown,
      returnCandidate: .unknown, gain: .unknown, surrogateGain: .unknown, meanKL: .unknown,
      liveMeanKL: .unknown, maxKL: .unknown, improved: .undecided, guaranteed: .undecided,
      tightest: TightestBounds(), holds: 0, violated: [], undecided: [])
  }

  /// Whether every number is known, or infinite.
  var isMeasured: Bool {
    ![returnCurrent, returnCandidate, gain, surrogateGain, meanKL, liveMeanKL, maxKL]
      .contains(.unknown)
  }

  /// Takes down the numbers of an update.
  mutating func measure<Number: Scalar>(_ update: PolicyUpdate<Number>) {
    returnCurrent = update.current.expectedReturn.quantity
    returnCandidate = update.candidate.expectedReturn.quantity
    let change = update.candidate.expectedReturn - update.current.expectedReturn
    gain = update.isUnchanged ? Number.zero.quantity : change.quantity
    surrogateGain = update.policyAdvantage.quantity
    meanKL = update.meanDivergence.quantity
    liveMeanKL = update.liveMeanDivergence.quantity
    maxKL = update.maxDivergence.quantity
    maxKLState = update.maxDivergenceState.map { update.mdp.space.states[$0] }
  }

  /// Takes down the verdicts of a screening.
  mutating func judge(_ screening: UpdateScreening, _ claims: [any Claim]) {
    (improved, guaranteed) = (screening.improved, screening.guaranteed)
    tightest = screening.tightest
    for (claim, verdict) in zip(claims, screening.verdicts) {
      switch verdict {
      case .holds: holds += 1
      case .violated: violated.append(claim.id)
      case .undecided where claim.kind != .identity: undecided.append(claim.id)
      case .undecided, .consistent, .notApplicable: break
      }
    }
  }

  /// Takes down that nothing could be screened, and why.
  mutating func leaveOpen(_ claims: [any Claim], _ reason: String) {
    undecided = claims.filter { $0.kind != .identity }.map(\.id)
    undecidedReason = reason
  }

  /// Takes over what a check decided of that which is open.
  mutating func adopt(_ check: UpdateCheck) {
    if improved == .undecided { improved = check.improved }
    if guaranteed == .undecided { guaranteed = check.guaranteed }
    tightest.aPriori = tightest.aPriori ?? check.tightest.aPriori
    tightest.aPosteriori = tightest.aPosteriori ?? check.tightest.aPosteriori
    undecidedReason = nil
    for result in check.claims where undecided.contains(result.id) {
      switch result.verdict {
      case .undecided, .consistent:
        undecidedReason = undecidedReason ?? result.assumption
        continue
      case .holds: holds += 1
      case .violated: violated.append(result.id)
      case .notApplicable: break
      }
      undecided.removeAll { $0 == result.id }
    }
  }
}
