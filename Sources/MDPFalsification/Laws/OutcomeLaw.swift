internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPTesting

/// The law that holds the outcome of an update, in rational numbers and in enclosures, to the sign of its exact
/// gain.
enum OutcomeLaw {
  static let law = NamedProperty.law(
    "update-outcome", "an update is called improved, harmful or unchanged as its exact returns are"
  ) { experiment in
    let exact = try experiment.ladder.exact()
    let gain = exact.candidate.expectedReturn - exact.current.expectedReturn
    let isSame = experiment.input.current.probabilities == experiment.input.candidate.probabilities
    let expected: UpdateOutcome =
      isSame ? .unchanged : gain.isNonNegative == .yes ? .improved : .harmful
    let bounds = ClaimCatalogue.all.filter { $0.kind == .aPriori }
    let check = exact.check(bounds, current: "current", candidate: "candidate")
    guard check.outcome == expected else {
      throw Broken(description: "\(check.outcome) in rational numbers, not \(expected)")
    }
    guard check.gain.rational == (isSame ? .zero : gain) else {
      throw Broken(description: "the return changes by \(gain), not \(check.gain)")
    }
    guard let enclosed = experiment.representableUpdate() else { return true }
    let screening = enclosed.screen(bounds)
    let outcome = UpdateOutcome(
      improved: screening.improved, guaranteed: screening.guaranteed,
      isUnchanged: enclosed.isUnchanged)
    guard outcome == expected || outcome == .undecided && !isSame else {
      throw Broken(description: "\(outcome) in enclosures, not \(expected)")
    }
    let isPromised = check.guaranteed == .holds || screening.guaranteed == .holds
    guard !isPromised || gain.isPositive == .yes else {
      throw Broken(description: "guaranteed, though the return changes by \(gain)")
    }
    return true
  }
}
