import MonotoneArithmetic
import MonotoneProbability
import MonotoneLinearAlgebra
import MDPCore
import MDPSolvers
import MDPTesting
import Testing

@testable import MDPGuarantees

/// Models at the ends of float64: what it cannot hold leaves verdicts open, and never false.
@Suite("Updates of extreme models")
struct ExtremeUpdateTests {
  private func number(_ text: String) throws -> Rational { try ExactNumber(parsing: text).rational }

  /// P(s'|s,a) and r(s,a) by state, action, start in state 0.
  private func model(
    _ rows: [[[Rational]]], rewards: [[Rational]], discount: Rational
  ) -> MDPDocument {
    let (states, actions) = (rows.count, rows[0].count)
    var document = Updates.deterministic(
      next: [[Int]](repeating: [Int](repeating: 0, count: actions), count: states),
      rewards: rewards, discount: discount)
    let flat = rows.flatMap { $0 }
    document.transitions = TransitionTable(
      rowStart: (0...flat.count).map { $0 * states },
      nextState: flat.flatMap { _ in (0..<states).map { Int32($0) } },
      probability: ExactNumberArray(flat.joined().map { ExactNumber($0) }))
    return document
  }

  /// Two states that are hardly ever left, at a discount that float64 rounds to 1: I − γP_π̃ is
  /// singular in float64, and its inverse there holds NaN, which τ once did not notice.
  private func hardlyLeft() throws -> (document: MDPDocument, policies: [ExactPolicy]) {
    let tiny = try number("1e-310")
    let rest = Rational(1) - tiny
    let document = model(
      [
        [[rest, tiny], [Rational(0), Rational(1)]], [[tiny, rest], [Rational(1), Rational(0)]],
      ],
      rewards: [[Rational(0), Rational(0)], [Rational(1), Rational(0)]],
      discount: try number("0.99999999999999999"))
    let go = try number("1e-10")
    return (
      document,
      [
        Updates.constant(document.space, [Rational(1) - go, go]),
        Updates.constant(document.space, [Rational(1), Rational(0)]),
      ]
    )
  }

  private func check(
    _ document: MDPDocument, _ policies: [ExactPolicy], _ arithmetic: ArithmeticKind
  ) throws -> UpdateCheck {
    try UpdateVerifier(PolicyEvaluator(document), arithmetic: arithmetic).check(
      from: NamedPolicy(name: "current", policy: policies[0]),
      to: NamedPolicy(name: "candidate", policy: policies[1]))
  }

  @Test(
    "A chain whose inverse float64 cannot find refutes no bound",
    arguments: [ArithmeticKind.auto, .exact, .certified])
  func denormalResolvent(arithmetic: ArithmeticKind) throws {
    let (document, policies) = try hardlyLeft()
    let check = try check(document, policies, arithmetic)
    #expect(check.claims.allSatisfy { $0.verdict != .violated })
    let result = try #require(check.claims.first { $0.id == "resolvent-ergodicity" })
    #expect(result.verdict == (arithmetic == .certified ? .undecided : .holds))
    // η(π) = ½ (1/(1−γ) − 1/(1 − γ(1 − 2p))) with p = 1e-10 + 1e-310 (1 − 2e-10) the chance to change
    // state, by the eigenvectors (1, 1) and (1, −1); within one part in 1e6 of 5e16.
    let value = check.quantities[.returnCurrent]
    if arithmetic == .exact {
      #expect(abs(value.approximation - 5e16) < 1e11)
    }
  }

  @Test("An inverse with NaN in it bounds no coefficient")
  func coefficient() throws {
    let (document, policies) = try hardlyLeft()
    let evaluation = try PolicyEvaluator(document).solveExactly(policies[1])
    let discount = evaluation.mdp.discount
    let coefficient = ErgodicityCoefficient.ofResolvent(
      TransitionEnclosure(evaluation), discount: discount.approximation,
      discountError: discount.approximationError)
    // τ(N) = 1/(1 − γ(1 − 2e-310)), about 1e17.
    #expect(coefficient.map { $0 >= 0.9e17 } ?? true)
  }

  /// Random probabilities, rewards and discounts from denormal to huge.
  private func extreme(_ stream: inout RandomStream) throws -> (MDPDocument, [ExactPolicy]) {
    let (states, actions) = (2 + stream.integer(below: 2), 2)
    func share(_ stream: inout RandomStream) throws -> Rational {
      try number(
        ["1e-310", "1e-320", "1e-30", "1/3", "1e-400", "0.5", "1e-9"][stream.integer(below: 7)])
    }
    func distribution(_ count: Int, _ stream: inout RandomStream) throws -> [Rational] {
      var row = try (1..<count).map { _ in
        stream.integer(below: 4) == 0
          ? Rational(0) : try share(&stream) / Rational(count)
      }
      row.append(Rational(1) - row.reduce(Rational(0), +))
      return row
    }
    let rewards = ["0", "1", "-1e300", "1e-310", "1e308", "-3", "1e9", "1e-320", "1e309"]
    let discounts = ["0", "0.5", "0.9", "0.999999", "0.99999999999999999", "1e-310"]
    let rows = try (0..<states).map { _ in
      try (0..<actions).map { _ in try distribution(states, &stream) }
    }
    let document = model(
      rows,
      rewards: try (0..<states).map { _ in
        try (0..<actions).map { _ in try number(rewards[stream.integer(below: rewards.count)]) }
      },
      discount: try number(discounts[stream.integer(below: discounts.count)]))
    let policies = try (0..<2).map { _ in
      ExactPolicy(
        space: document.space,
        probabilities: try (0..<states).flatMap { _ in try distribution(actions, &stream) })
    }
    return (document, policies)
  }

  @Test("Verdict and certificate agree on random extreme updates", arguments: 1...6)
  func certificates(seed: UInt64) throws {
    var stream = RandomStream(seed: seed)
    for _ in 0..<8 {
      let (document, policies) = try extreme(&stream)
      let certificate = try Certificate(try Updates.exact(document, policies[0], policies[1]))
      for arithmetic in [ArithmeticKind.auto, .exact] {
        let check = try check(document, policies, arithmetic)
        #expect(certificate.disagreement(with: check) == nil)
        #expect(check.claims.allSatisfy { $0.verdict != .undecided && $0.verdict != .violated })
      }
    }
  }

  @Test("Enclosures hold the exact numbers of random extreme updates", arguments: 1...6)
  func enclosures(seed: UInt64) throws {
    var stream = RandomStream(seed: seed + 50)
    for _ in 0..<8 {
      let (document, policies) = try extreme(&stream)
      let exact = UpdateVerifier(PolicyEvaluator(document), arithmetic: .exact)
      func quantities(_ verifier: UpdateVerifier) throws -> [Quantity] {
        let check = try verifier.check(
          from: NamedPolicy(name: "current", policy: policies[0]),
          to: NamedPolicy(name: "candidate", policy: policies[1]))
        let q = check.quantities
        return [
          q[.returnCurrent], q[.returnCandidate], q[.surrogate], q[.policyAdvantage],
          q[.maxAdvantage],
          q[.maxExpectedAdvantage], q[.penaltyCoefficient], q[.maxTotalVariation],
          q[.meanTotalVariation],
        ]
      }
      let truth = try quantities(exact)
      let enclosed: [Quantity]
      do {
        enclosed = try quantities(UpdateVerifier(PolicyEvaluator(document), arithmetic: .certified))
      } catch EvaluationFailure.range {
        // A reward of 1e309 is no float64 number.
        continue
      }
      for (quantity, number) in zip(enclosed, truth.compactMap(\.rational)) {
        guard case .enclosure(let midpoint, let radius) = quantity else {
          #expect(quantity == .unknown)
          continue
        }
        #expect((Rational(finite: midpoint) - number).magnitude <= Rational(finite: radius))
      }
    }
  }

  @Test("Bounds of which nothing is known rank nowhere")
  func tightest() throws {
    // One state, rewards −1e300 and 0: C and all that rests on it is beyond float64.
    let document = Updates.deterministic(
      next: [[0, 0]], rewards: [[try number("-1e300"), Rational(0)]],
      discount: try number("0.999999"))
    let policies = [
      Updates.constant(
        document.space,
        [Rational(numerator: 1, denominator: 2), Rational(numerator: 1, denominator: 2)]),
      Updates.constant(document.space, [Rational(0), Rational(1)]),
    ]
    for arithmetic in [ArithmeticKind.certified, .auto, .float64] {
      let check = try check(document, policies, arithmetic)
      for claim in check.claims {
        #expect(claim.bound != .unknown && claim.margin != .unknown && claim.upperBound != .unknown)
        if claim.verdict == .holds, claim.margin == nil {
          #expect(claim.assumption?.contains("unknown") == true)
        }
      }
      for id in [check.tightest.aPriori, check.tightest.aPosteriori].compactMap({ $0 }) {
        let bound = try #require(check.claims.first { $0.id == id }?.bound)
        #expect(bound.isKnown)
      }
    }
    // By hand: η(π̃) = 0, and C = 4 · 5e299 · 0.999999 · 1e12 = 1.999998e312.
    let exact = try self.check(document, policies, .auto)
    #expect(exact.quantities[.penaltyCoefficient].rational == (try number("1.999998e312")))
    let float = try self.check(document, policies, .float64)
    #expect(float.quantities[.penaltyCoefficient] == .unknown)
  }

  @Test("Quantities are refined where the first enclosure is wide")
  func refined() throws {
    let document = try Updates.garnet(seed: 3, discount: "0.999999")
    let policies = [
      ExactPolicy.uniform(document.space), ExactPolicy.random(document.space, seed: 1),
    ]
    let update = try PolicyUpdate(
      current: PolicyEvaluator(document).certify(policies[0]),
      candidate: PolicyEvaluator(document).certify(policies[1]))
    #expect(!update.isSharp)
    for arithmetic in [ArithmeticKind.certified, .auto] {
      let check = try check(document, policies, arithmetic)
      guard case .enclosure(let midpoint, let radius) = check.quantities[.surrogate] else {
        Issue.record("\(check.quantities[.surrogate])")
        continue
      }
      #expect(radius <= 1e-9 * abs(midpoint))
      let exact = try Updates.exact(document, policies[0], policies[1]).surrogate
      #expect((Rational(finite: midpoint) - exact).magnitude <= Rational(finite: radius))
    }
  }

  @Test("Float64 promises nothing within an error bound as large as the returns")
  func guaranteed() throws {
    // State 1 is never visited and worth −1e300/(1−γ): its error bound, 3.6e296 and more, is that of
    // every value.
    let document = Updates.deterministic(
      next: [[0, 0], [1, 1]],
      rewards: [[Rational(1), Rational(2)], [try number("-1e300"), try number("-1e300")]],
      discount: try number("0.999"))
    let half = Rational(numerator: 1, denominator: 2)
    let policies = [
      Updates.constant(document.space, [half, half]),
      Updates.constant(document.space, [Rational(0), Rational(1)]),
    ]
    for pair in [policies, Array(policies.reversed())] {
      let check = try check(document, pair, .float64)
      #expect(check.guaranteed == .undecided && check.improved == .undecided)
    }
    let exact = try check(document, policies, .auto)
    #expect(exact.improved == .holds)
  }

  @Test("Models of denormal numbers are checked, with support known exactly")
  func denormal() throws {
    let tiny = try number("1e-400")
    let document = model(
      [
        [[Rational(1) - tiny, tiny], [Rational(1), Rational(0)]],
        [[Rational(0), Rational(1)], [Rational(0), Rational(1)]],
      ],
      rewards: [[Rational(1), Rational(2)], [try number("1e-310"), Rational(0)]],
      discount: try number("0.9"))
    let policy = Updates.constant(document.space, [Rational(1) - tiny, tiny])
    let candidate = Updates.constant(document.space, [Rational(0), Rational(1)])
    let evaluator = PolicyEvaluator(document)
    for arithmetic in [ArithmeticKind.float64, .certified, .auto] {
      let check = try check(document, [policy, candidate], arithmetic)
      #expect(check.claims.allSatisfy { $0.verdict != .violated })
      // π takes an action that π̃ never takes, and the other way about, with probability 1e-400.
      #expect(check.quantities[.maxKL] == .infinity)
      // ln 1e400; float64 cannot tell 1e-400 from 0 and so does not know.
      #expect(check.quantities[.maxReverseKL].isKnown == (arithmetic != .float64))
    }
    #expect(try evaluator.evaluate(policy).stateVisitation.isVisited == [true, true])
    #expect(try evaluator.evaluate(candidate).stateVisitation.isVisited == [true, false])
  }
}
