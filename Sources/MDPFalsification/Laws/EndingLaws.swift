internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers
internal import MDPTesting

/// Laws of models without discounting.
enum EndingLaws {
  static let all = [discountAsEnd]

  /// A discount of γ is a chance of 1 − γ to be over before the next step. Values, advantages and the
  /// visits of live states are the same; of the means, what they are means of.
  private static let discountAsEnd = NamedProperty.law(
    "discount-as-end", "to discount by γ is to end with probability 1 − γ, without discounting"
  ) { experiment in
    let ending = Experiment(ending(PlainModel(experiment.input)).input)
    let (before, after) = (try experiment.ladder.exact(), try ending.ladder.exact())
    let live = before.mdp.space.liveStates
    let visits = live.reduce(Rational.zero) { $0 + before.current.stateVisitation.mass[$1] }
    let variation = before.current.stateVisitation.sum { before.totalVariation[$0] }
    var pairs: [(name: String, mine: Rational, expected: Rational)] = [
      ("𝔸", after.policyAdvantage, before.policyAdvantage),
      ("ε_max", after.maxAdvantage, before.maxAdvantage),
      ("ε_exp", after.maxExpectedAdvantage, before.maxExpectedAdvantage),
      ("Σρ", after.current.stateVisitation.total, visits),
      ("the expected number of steps", after.current.expectedVisits, visits),
      ("Σρ times mean TV", visits * after.meanTotalVariation, variation),
    ]
    for (mine, expected) in [
      (after.current, before.current), (after.candidate, before.candidate),
    ] {
      pairs.append(("η", mine.expectedReturn, expected.expectedReturn))
      for state in live {
        pairs.append(("V", mine.stateValues[state], expected.stateValues[state]))
        let (visits, known) = (mine.stateVisitation, expected.stateVisitation)
        pairs.append(("ρ", visits.mass[state], known.mass[state]))
      }
    }
    for (name, mine, expected) in pairs where mine != expected {
      throw Broken(description: "\(name) is \(mine), not \(expected)")
    }
    for claim in ClaimCatalogue.all {
      let verdict = try ending.ladder.decide(claim).verdict
      guard verdict == .holds || verdict == .notApplicable else {
        throw Broken(description: "\(claim.id) is \(verdict.rawValue)")
      }
    }
    try requireEnclosures(ending, after)
    return true
  }

  /// Requires that the float64 enclosures hold the exact numbers; a model that nearly never ends they may decline.
  private static func requireEnclosures(
    _ experiment: Experiment, _ exact: PolicyUpdate<Rational>
  ) throws(Broken) {
    guard let balls = try? experiment.ladder.enclosed() else { return }
    for (ball, value) in [
      (balls.current, exact.current), (balls.candidate, exact.candidate),
    ] {
      for index in value.stateValues.indices {
        try require(ball.stateValues[index], value.stateValues[index], "V[\(index)]")
        try require(ball.stateVisitation[index], value.stateVisitation.mass[index], "ρ[\(index)]")
      }
    }
    try require(balls.meanTotalVariation, exact.meanTotalVariation, "mean TV")
  }

  private static func require(_ ball: FloatBall, _ value: Rational, _ name: String) throws(Broken) {
    // Nothing is said of a number beyond float64.
    guard let middle = Rational(exactly: ball.approximation),
      let radius = Rational(exactly: ball.radius)
    else { return }
    guard (middle - value).magnitude <= radius else {
      throw Broken(description: "\(name) = \(value) is outside \(ball.quantity)")
    }
  }

  /// The model that ends with probability 1 − γ before each next step, and does not discount.
  private static func ending(_ model: PlainModel) -> PlainModel {
    var changed = model
    changed.addState([])
    let end = model.stateCount
    changed.update { _, pair in
      pair.next = pair.next.map { model.discount * $0 }
      pair.next[end] = Rational.one - model.discount
    }
    changed.discount = .one
    return changed
  }
}
