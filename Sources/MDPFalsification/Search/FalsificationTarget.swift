internal import MonotoneArithmetic
internal import MDPGuarantees

/// A statement that a search tries to break.
struct FalsificationTarget: Sendable {
  /// Its name.
  let name: String
  /// The meaning of the score.
  let meaning: String
  /// How near an input is to breaking it, the larger the nearer; nil where it says nothing.
  let score: @Sendable (Experiment) throws -> Double?
  /// Whether an input keeps to it, proved; undecided where it says nothing of the input.
  let decide: @Sendable (Experiment) throws -> Decision
  /// Whether inputs without a score are worth deciding: what float balls cannot value, rational numbers
  /// may.
  let decidesUnscored: Bool

  /// A bound of the ladder, or a false variant of one: the score is |η(π̃) − L|/B.
  init(_ claim: any Claim) {
    name = claim.id
    meaning = "bounded over bound"
    score = { experiment in
      let finding = try experiment.ladder.screen(claim)
      guard finding.verdict != .notApplicable, let looseness = finding.looseness?.number else {
        return nil
      }
      return looseness.approximation > 0 ? 1 / looseness.approximation : nil
    }
    decide = { experiment in
      switch try experiment.ladder.decide(claim).verdict {
      case .violated: .no
      case .holds: .yes
      case .undecided, .consistent, .notApplicable: .undecided
      }
    }
    decidesUnscored = false
  }

  /// A claim with numbers for its parameters.
  ///
  /// The score is the value of one parameter at which the claim would just hold, where it has
  /// parameters (the claim must be linear in it), else by how much it fails relative to its size.
  init(
    _ claim: ClaimExpression, parameters: [String: ExactNumber], scoredBy parameter: String?
  ) {
    name = claim.text
    meaning = parameter.map { "the \($0) at which the claim just holds" } ?? "relative violation"
    score = { experiment in
      let update = try experiment.ladder.enclosed()
      guard let margin = claim.sides(update, parameters).margin.approximation else { return nil }
      guard let parameter, let value = parameters[parameter] else {
        let size =
          update.candidate.expectedReturn.approximation.magnitude
          + update.current.expectedReturn.approximation.magnitude
        return margin.isInfinite ? -margin : size > 0 ? -margin / size : margin < 0 ? 1 : nil
      }
      var raised = parameters
      raised[parameter] = ExactNumber(value.rational + Rational(1))
      guard let other = claim.sides(update, raised).margin.approximation else { return nil }
      // An infinite side that the parameter does not mend, or does not need to.
      guard margin.isFinite, other.isFinite else { return margin == other ? -margin : nil }
      let slope = other - margin
      // Rounding alone must not pass for a slope.
      let size =
        update.candidate.expectedReturn.approximation.magnitude
        + update.surrogate.approximation.magnitude
      guard slope > 1e-9 * size, slope > 0 else { return nil }
      return value.approximation - margin / slope
    }
    decide = { try claim.decide($0, parameters) }
    decidesUnscored = true
  }
}
