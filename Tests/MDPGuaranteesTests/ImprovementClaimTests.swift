import MonotoneArithmetic
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

/// The claims that speak only of some updates: when they do, and what they then find.
@Suite("Claims with assumptions")
struct ImprovementClaimTests {
  private func number(_ numerator: Int, _ denominator: Int) -> Rational {
    Rational(numerator: numerator, denominator: denominator)
  }

  @Test("Policy iteration and the softmax gradient improve every state", arguments: 1...6)
  func pointwise(seed: Int) throws {
    let garnet = try Updates.garnet(seed: seed, discount: "0.9")
    let document = seed % 2 == 0 ? Updates.ended(garnet) : garnet
    let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
    let evaluation = try PolicyEvaluator(document).evaluate(policy)
    for candidate in [
      evaluation.greedyPolicy, evaluation.softmaxStep(0.01, from: policy),
      evaluation.softmaxStep(1, from: policy), evaluation.softmaxStep(100, from: policy),
    ] {
      let finding = try Updates.exact(document, policy, candidate).decide(PointwiseImprovement())
      #expect(finding.verdict == .holds)
      #expect(
        try Updates.tracked(document, policy, candidate).decide(PointwiseImprovement()).verdict
          == .holds)
      // The reverse step takes a disadvantage.
      let reverse = try Updates.exact(document, candidate, policy).decide(PointwiseImprovement())
      #expect(reverse.verdict == .notApplicable)
      #expect(reverse.assumption?.contains("Ā(s) ≥ 0") == true)
    }
  }

  @Test("One better and one worse state: no claim")
  func mixedAdvantage() throws {
    // Two states that never meet; action 1 pays 1 in the first and costs 1 in the second.
    let document = Updates.deterministic(
      next: [[0, 0], [1, 1]], rewards: [[Rational(0), Rational(1)], [Rational(0), Rational(-1)]],
      discount: number(1, 2))
    let first = Updates.constant(document.space, [Rational(1), Rational(0)])
    let second = Updates.constant(document.space, [Rational(0), Rational(1)])
    let update = try Updates.exact(document, first, second)
    #expect(update.decide(PointwiseImprovement()).verdict == .notApplicable)
    let better = try Updates.exact(
      document, first,
      ExactPolicy(
        space: document.space,
        probabilities: [Rational(0), Rational(1), Rational(1), Rational(0)]))
    let finding = better.decide(PointwiseImprovement())
    #expect(finding.verdict == .holds)
    // The second state gains nothing, the first 1/(1−γ) = 2.
    #expect(finding.margin?.number?.isExactlyZero == true)
    #expect(finding.witness?.state == 1)
  }

  @Test("The α*-step keeps half of what the surrogate promises", arguments: 1...6, ["0.5", "0.9"])
  func conservativeGain(seed: Int, discount: String) throws {
    let document = try Updates.garnet(seed: seed, discount: discount)
    let policy = ExactPolicy.random(document.space, seed: UInt64(seed))
    let greedy = try PolicyEvaluator(document).evaluate(policy).greedyPolicy
    let toTarget = try Updates.exact(document, policy, greedy)
    let distance = Rational(1) - toTarget.mdp.discount
    let best =
      toTarget.policyAdvantage * distance * distance
      / (Rational(4) * toTarget.mdp.discount * toTarget.maxExpectedAdvantage)
    try #require(best < Rational(1) && best.signum > 0)
    let step = try Updates.exact(document, policy, policy.mixed(with: greedy, weight: best))
    let finding = step.decide(ConservativeGain())
    #expect(finding.verdict == .holds)
    // The margin is that of the formula in the target's own quantities.
    let promised =
      toTarget.policyAdvantage * toTarget.policyAdvantage * distance * distance
      / (Rational(8) * toTarget.mdp.discount * toTarget.maxExpectedAdvantage)
    let gain = step.candidate.expectedReturn - step.current.expectedReturn
    #expect(try #require(finding.margin?.number).contains(gain - promised))
    // A shorter step qualifies as the α*-step toward a nearer target, a longer one for none.
    let shorter = policy.mixed(with: greedy, weight: best * number(1, 2))
    #expect(
      try Updates.exact(document, policy, shorter).decide(ConservativeGain()).verdict == .holds)
    let longer = policy.mixed(with: greedy, weight: best * number(1001, 1000))
    let refused = try Updates.exact(document, policy, longer).decide(ConservativeGain())
    #expect(refused.verdict == .notApplicable)
  }

  @Test("The mean penalty applies from γ = 2/3 on", arguments: [("2/3", true), ("0.6666", false)])
  func meanPenalty(discount: String, applies: Bool) throws {
    let document = try Updates.garnet(seed: 2, discount: discount)
    let policies = [1, 2].map { ExactPolicy.random(document.space, seed: $0) }
    let expected: Verdict = applies ? .holds : .notApplicable
    let exact = try Updates.exact(document, policies[0], policies[1]).decide(MeanPenaltyBound())
    #expect(exact.verdict == expected)
    #expect(exact.assumption == (applies ? nil : "γ ≥ 2/3 fails"))
    let tracked = try Updates.tracked(document, policies[0], policies[1])
    #expect(tracked.decide(MeanPenaltyBound()).verdict == expected)
    // A ball around 2/3 reaches to both sides of it.
    let ball = try Updates.certified(document, policies[0], policies[1]).decide(MeanPenaltyBound())
    #expect(ball.verdict == (applies ? .undecided : .notApplicable))
    #expect(ball.assumption == "γ ≥ 2/3 \(applies ? "is undecided" : "fails")")
  }

  @Test("Bretagnolle–Huber keeps the digits of tiny divergences, and speaks of infinite ones")
  func bretagnolleHuber() throws {
    let document = Updates.deterministic(
      next: [[0, 0]], rewards: [[Rational(0), Rational(1)]], discount: number(1, 2))
    func finding(_ p: Rational, _ q: Rational) throws -> Finding<TrackedDouble> {
      try Updates.tracked(
        document, Updates.constant(document.space, [p, Rational(1) - p]),
        Updates.constant(document.space, [q, Rational(1) - q])
      ).decide(BretagnolleHuber())
    }
    // TV = t and KL = 2t² + O(t⁴) around a fair coin: the looseness tends to √2.
    for exponent in [3, 6, 9] {
      let denominator = Int(clamping: (1...exponent).reduce(1.0) { value, _ in value * 10 })
      let tiny = try finding(number(1, 2), number(1, 2) + number(1, denominator))
      let looseness = try #require(tiny.looseness?.number)
      #expect(abs(looseness.value - 2.0.squareRoot()) < 1e-5 + 1e-6 * 10)
      #expect(looseness.error < 1e-5)
    }
    // KL = ∞: √(1 − 0) = 1 against TV = 1/2.
    let infinite = try finding(number(1, 2), Rational(1))
    #expect(infinite.looseness?.number?.value == 2)
  }
  @Test("The series of 1 − e^−x agrees with the exponential where it takes over")
  func deficit() {
    for share in [1.0, 0.9, 0.1, 0x1p-20] {
      let x = Ball(BretagnolleHuber.seriesLimit * share)
      let series = BretagnolleHuber.deficit(x)
      let difference = series - (Ball(1) - Ball.exponential(-x))
      #expect(difference.contains(Rational(0)), "\(share): \(difference)")
      #expect(series.radius <= 1e-15 * series.approximation)
    }
  }
}
