import MonotoneArithmetic
import MDPCore
import MDPSolvers

@testable import MDPGuarantees
import MDPVerification
@testable import MonotoneReports

/// A claim that is only a description: the reports under test never check one.
struct NamedClaim: Claim {
  var id: String
  var kind: ClaimKind
  var statement = "|G| ≤ B"
  var source = "Schulman et al. 2015"

  func check<Number: Scalar>(_ update: PolicyUpdate<Number>) -> Finding<Number.Real> {
    preconditionFailure("\(id) is not there to be checked")
  }
}

enum Fixtures {
  /// The racing model of the documentation: three states, the last of them terminal.
  static let racing: MDPDocument = {
    let numbers = { (values: [Int]) in ExactNumberArray(values.map { ExactNumber($0) }) }
    let half = ExactNumber(numerator: 1, denominator: 2)
    let one = ExactNumber(1)
    return MDPDocument(
      name: "racing", discount: ExactNumber(numerator: 9, denominator: 10),
      space: StateActionSpace(
        states: Names(["cool", "warm", "overheated"]), actions: Names(["slow", "fast"]),
        isTerminal: [false, false, true], pairStart: [0, 2, 4, 4], pairAction: [0, 1, 0, 1]),
      initial: numbers([1, 0, 0]),
      transitions: TransitionTable(
        rowStart: [0, 1, 3, 5, 6], nextState: [0, 0, 1, 0, 1, 2],
        probability: ExactNumberArray([one, half, half, half, half, one])),
      actionRewards: numbers([1, 2, 1, -10]))
  }()

  /// The evaluation of the uniform policy of `racing`.
  static func solution() throws -> SolutionDocument {
    let evaluator = PolicyEvaluator(racing)
    let policy = ExactPolicy.uniform(racing.space)
    return SolutionDocument(
      try evaluator.evaluate(policy), policy: "uniform",
      reciprocalCondition: try evaluator.reciprocalCondition(policy),
      normalised: ["$.initial"])
  }

  /// A real check: uniform to greedy on `racing`, which drops actions, so that KL is infinite.
  static func check() throws -> UpdateCheck {
    let evaluator = PolicyEvaluator(racing)
    let uniform = try evaluator.evaluate(.uniform(racing.space))
    let greedy = try evaluator.evaluate(uniform.greedyPolicy)
    return PolicyUpdate(current: uniform, candidate: greedy)
      .check(current: "uniform", candidate: "greedy(uniform)")
  }

  /// A made-up result.
  static func result(
    _ claim: NamedClaim, _ verdict: Verdict, margin: Double = 0.5, radius: Double = 1e-15,
    looseness: Double? = nil, action: Bool = true, assumption: String? = nil
  ) -> ClaimResult {
    var result = ClaimResult(
      claim,
      Finding<TrackedDouble>(
        verdict: verdict,
        margin: verdict == .notApplicable
          ? nil
          : margin.isFinite
            ? .finite(TrackedDouble(value: margin, error: radius)) : .infinity,
        witness: Witness(state: 0, pair: action ? 1 : nil), assumption: assumption),
      space: racing.space, arithmetic: .float64)
    if claim.kind == .aPriori {
      result.bound = margin.isFinite ? .number(3.25 - margin) : .negativeInfinity
      result.upperBound = margin.isFinite ? .number(3.25 + margin) : .infinity
    }
    result.looseness = looseness.map { Quantity($0) }
    return result
  }

  /// A check with other claims.
  static func check(_ claims: [ClaimResult]) throws -> UpdateCheck {
    var check = try check()
    check.claims = claims
    return check
  }

  static let bound = NamedClaim(id: "kl", kind: .aPriori, statement: "|G| ≤ C max KL")
  static let identity = NamedClaim(
    id: "performance-difference", kind: .identity, statement: "η(π̃) = η(π) + ρ·Ā")

  /// One model, two updates, every verdict, a good and a bad refutation, two examples of tightness
  /// of which one shows nothing.
  static func small() throws -> Verification {
    let first = try check([
      result(identity, .holds, margin: -1e-17, radius: 1e-15, action: false),
      result(bound, .holds, margin: .infinity, looseness: .infinity),
    ])
    let second = try check([
      result(identity, .notApplicable, assumption: "γ ≥ 2/3 fails"),
      result(bound, .violated, margin: -0.25, looseness: 0.5),
    ])
    let third = try check([
      result(bound, .undecided, margin: 1e-18, assumption: "too inaccurate"),
      result(bound, .holds, margin: 2, looseness: 40),
    ])
    return Verification(
      arithmetic: .float64, interrupted: false,
      models: [
        try model("racing", [("toward greedy", first), ("between random policies", second)]),
        try model("chain", [("no step", third)]),
      ],
      refutations: [refutation("kakade", .violated), refutation("weak", .holds)],
      attainments: [
        attainment("empty", looseness: nil), attainment("loose", looseness: .number(4)),
      ],
      claims: [ClaimDescription(identity), ClaimDescription(bound)])
  }

  static func model(
    _ name: String, _ updates: [(label: String, check: UpdateCheck)]
  ) throws -> ModelVerification {
    var summary = try check().mdp
    summary.name = name
    return ModelVerification(
      file: "mdps/\(name).json", model: summary, description: nil, source: nil,
      uniformReturn: .number(1.5), optimalReturn: .number(15.5), optimalityResidual: .number(0),
      updates: updates.map { update in
        VerifiedUpdate(
          label: update.label,
          command: """
            monotone check mdps/\(name).json --current uniform \
            --candidate 'mix(0.1, uniform, greedy(uniform))'
            """,
          check: update.check)
      })
  }

  static func refutation(_ name: String, _ verdict: Verdict) -> Refutation {
    let variant = NamedClaim(
      id: "half-constant", kind: .aPriori, statement: "|G| ≤ C/2 (max TV)²",
      source: "a wrong reading of eq. 8")
    return Refutation(
      name: name, file: "mdps/counterexamples/\(name).json", description: nil, model: "two-state",
      variant: ClaimDescription(variant), result: result(variant, verdict, margin: -0.06),
      command: "monotone check mdps/two-state.json --current a.json --candidate b.json")
  }

  static func attainment(
    _ name: String, _ verdict: Verdict = .holds, looseness: Quantity?, rigorous: Bool = false
  ) -> Attainment {
    var result = result(bound, verdict)
    result.looseness = looseness
    result.rigorous = rigorous
    return Attainment(
      name: name, file: "mdps/attainment/\(name).attainment.json",
      description: "why the bound is tight", supremum: "1/2", model: "fork", result: result,
      command: "monotone check mdps/fork.json --current a.json --candidate b.json")
  }

  static let environment = RunEnvironment(
    toolVersion: "0.1.0", linearAlgebra: "OpenBLAS 0.3.21")
}
