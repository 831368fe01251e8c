internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPSolvers
internal import MDPTesting

/// Laws that hold the solver to independent computations of the same numbers.
enum OracleLaws {
  static let all =
    [naive, divergences, enclosures, stability, certificates, OutcomeLaw.law]
    + ArithmeticLaws.all + OptimalityLaws.all

  /// Every rational quantity by definition and schoolbook elimination.
  private static let naive = NamedProperty.law(
    "definitions", "every quantity is what its definition says"
  ) { experiment in
    let oracle = NaiveOracle(PlainModel(experiment.input))
    let update = try experiment.ladder.exact()
    for (name, expected) in oracle.quantities {
      guard let quantity = UpdateQuantity(rawValue: name),
        case .number(let computed) = update[quantity]
      else { throw Broken(description: "\(name) is no rational quantity of an update") }
      guard computed == expected else {
        throw Broken(description: "\(name) is \(computed), not \(expected)")
      }
    }
    for (index, evaluation) in [update.current, update.candidate].enumerated() {
      try require(evaluation.stateValues, oracle.values[index], "V")
      try require(evaluation.stateVisitation.mass, oracle.visitations[index], "ρ")
    }
    try require(update.current.advantages, Array(oracle.advantages.joined()), "A")
    return true
  }

  private static func require(
    _ computed: [Rational], _ expected: [Rational], _ name: String
  ) throws(Broken) {
    for index in expected.indices where computed[index] != expected[index] {
      throw Broken(
        description: "\(name)[\(index)] is \(computed[index]), not \(expected[index])")
    }
  }

  /// KL by the textbook sum, which the solver does not use.
  private static let divergences = NamedProperty.law(
    "divergence-definition", "KL(s) is Σ p ln(p/q) in each state, in both directions"
  ) { experiment in
    let oracle = NaiveOracle(PlainModel(experiment.input))
    let update = try experiment.ladder.exact()
    for (computed, isReversed) in [(update.divergence, false), (update.reverseDivergence, true)] {
      for (state, expected) in oracle.divergences(reversed: isReversed).enumerated() {
        let difference = expected.flatMap { expected in
          computed[state].number.map { $0.ball - expected }
        }
        let agrees =
          difference.map { $0.isZero != .no && $0.radius < 1e-25 }
          ?? (expected == nil && computed[state].isInfinite)
        guard agrees else {
          throw Broken(
            description: """
              \(isReversed ? "reverse KL" : "KL")(\(state)) is \(computed[state].quantity), not \
              \(expected.map { "\($0)" } ?? "infinite")
              """)
        }
      }
    }
    return true
  }

  /// Enclosures hold the exact numbers, and are not wide.
  private static let enclosures = NamedProperty.law(
    "enclosures", "certified enclosures hold the exact numbers, within 1e-6 of their size"
  ) { experiment in
    let exact = try experiment.ladder.exact()
    guard let balls = experiment.representableUpdate() else { return false }
    let isEveryday = Self.isEveryday(exact)
    for (ball, value) in [
      (balls.current, exact.current), (balls.candidate, exact.candidate),
    ] {
      for index in value.stateValues.indices {
        try require(ball.stateValues[index], value.stateValues[index], "V[\(index)]", isEveryday)
        try require(
          ball.stateVisitation[index], value.stateVisitation.mass[index], "ρ[\(index)]", isEveryday)
      }
      for index in value.advantages.indices {
        try require(ball.advantages[index], value.advantages[index], "A[\(index)]", isEveryday)
      }
    }
    try require(balls.surrogate, exact.surrogate, "L", isEveryday)
    for (ball, value) in [
      (balls.maxDivergence, exact.maxDivergence), (balls.meanDivergence, exact.meanDivergence),
    ] {
      guard ball.isInfinite == value.isInfinite else {
        throw Broken(description: "a divergence is \(ball.quantity), not \(value.quantity)")
      }
      if let ball = ball.number, let value = value.number, isEveryday || ball.radius.isFinite {
        let difference = Ball(ball.approximation) - value.ball
        guard (Ball(ball.radius) - difference.magnitude).isNonNegative != .no else {
          throw Broken(description: "\(ball.quantity) does not hold \(value.quantity)")
        }
      }
    }
    return true
  }

  /// Whether rewards are of everyday size, and the horizon too: there enclosures must be narrow.
  private static func isEveryday(_ update: PolicyUpdate<Rational>) -> Bool {
    update.mdp.discount <= Rational(numerator: 999, denominator: 1000)
      && update.mdp.expectedReward.allSatisfy { $0.magnitude <= Rational(10_000) }
  }

  private static func require(
    _ ball: FloatBall, _ value: Rational, _ name: String, _ isEveryday: Bool
  ) throws(Broken) {
    if !isEveryday, !ball.radius.isFinite { return }
    guard let center = Rational(exactly: ball.approximation),
      let radius = Rational(exactly: ball.radius), (center - value).magnitude <= radius
    else {
      throw Broken(description: "\(name) = \(value) is outside \(ball.quantity)")
    }
    // Rewards go up to 9,000 and horizons to 1,000.
    guard !isEveryday || ball.radius <= 1e-6 * max(1, value.approximation.magnitude, 1e5) else {
      throw Broken(description: "\(name) is enclosed only by \(ball.quantity)")
    }
  }

  /// Certificates have their own coefficients of ergodicity, and no balls but for logarithms.
  private static let certificates = NamedProperty.law(
    "certificate", "a check in auto and the certificate of the update come to the same verdicts"
  ) { experiment in
    let (current, candidate) = (experiment.input.current, experiment.input.candidate)
    let check = try UpdateVerifier(experiment.evaluator, arithmetic: .auto).check(
      from: NamedPolicy(name: "current", policy: current),
      to: NamedPolicy(name: "candidate", policy: candidate))
    let certificate = try Certificate(try experiment.ladder.exact())
    if let difference = certificate.disagreement(with: check) {
      throw Broken(description: difference)
    }
    return true
  }

  private static let stability = NamedProperty.law(
    "stability", "float64 solves both systems as accurately as a stable elimination must"
  ) { experiment in
    for policy in [experiment.input.current, experiment.input.candidate] {
      guard let evaluation = try? experiment.evaluator.evaluate(policy) else { return false }
      guard evaluation.valueAccuracy.isStable, evaluation.visitationAccuracy.isStable else {
        throw Broken(
          description: """
            backward errors of \(evaluation.valueAccuracy.backwardError) and \
            \(evaluation.visitationAccuracy.backwardError)
            """)
      }
    }
    return true
  }
}
