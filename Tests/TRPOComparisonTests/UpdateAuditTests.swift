import MonotoneArithmetic
import MonotoneFiles
import TRPOComparison
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import RealModule
import TestSupport
import Testing

/// Audits of updates whose truth is known.
@Suite(.tags(.slow)) struct UpdateAuditTests {
  /// One state: staying is worth 1 a step, leaving ends the episode. With p the probability to stay,
  /// η = p/(1 − γp).
  private static func document(reward: String = "1") throws -> MDPDocument {
    try MDPReader.read(
      InputBytes(
        """
        {"schema": "monotone/mdp/v1", "name": "stay", "discount": 0.5, "states": ["on", "off"],
         "actions": ["stay", "leave"], "initial": {"on": 1}, "terminal": ["off"],
         "transitions": [
          {"from": "on", "action": "stay", "to": {"on": 1}, "reward": "\(reward)"},
          {"from": "on", "action": "leave", "to": {"off": 1}}]}
        """, name: "stay.json"))
  }

  private static func policy(_ document: MDPDocument, stay: Rational, _ name: String)
    -> NamedPolicy
  {
    NamedPolicy(
      name: name,
      policy: ExactPolicy(
        space: document.space, probabilities: [stay, Rational(1) - stay]))
  }

  private static func audit(
    _ steps: [Rational], budget: Double? = nil, logged: Double? = nil
  ) throws -> [UpdateAudit] {
    let document = try document()
    var configuration = UpdateAuditor.Configuration()
    configuration.budget = budget
    let auditor = UpdateAuditor(PolicyEvaluator(document), configuration)
    try auditor.begin(with: policy(document, stay: steps[0], "0"))
    return try steps.dropFirst().enumerated().map { index, stay in
      try auditor.next(
        policy(document, stay: stay, "\(index + 1)"), index: index + 1,
        loggedDivergence: logged.map { LoggedDivergence(text: "\($0)", number: $0) })
    }
  }

  private static let (half, most, third) = (
    Rational(numerator: 1, denominator: 2), Rational(numerator: 9, denominator: 10),
    Rational(numerator: 1, denominator: 3)
  )

  @Test func numbersAreThoseOfTheClosedForm() throws {
    let audits = try Self.audit([Self.half, Self.most, Self.third])
    // η by p = 1/2, 9/10, 1/3.
    let returns = [0.5 / 0.75, 0.9 / 0.55, (1.0 / 3) / (1 - 1.0 / 6)]
    for (index, audit) in audits.enumerated() {
      // The radius is a bound; one rounding more for the closed form.
      #expect(abs(audit.returnCandidate.approximation - returns[index + 1]) <= 1e-14)
      #expect(abs(audit.gain.approximation - (returns[index + 1] - returns[index])) <= 1e-14)
      #expect(audit.violated.isEmpty && audit.undecided.isEmpty)
      #expect(audit.maxKLState == "on")
    }
    let divergence = 0.5 * Double.log(0.5 / 0.9) + 0.5 * Double.log(0.5 / 0.1)
    #expect(abs(audits[0].maxKL.approximation - divergence) <= 1e-14)
    // The only live state is all that there is to average over while an episode goes on; of d_π it has
    // (1 − γ)/(1 − γp) = 2/3.
    #expect(abs(audits[0].liveMeanKL.approximation - divergence) <= 1e-14)
    #expect(abs(audits[0].meanKL.approximation - divergence * 2 / 3) <= 1e-14)
    #expect(audits[0].improved == .holds)
    #expect(audits[1].mark == .harmful)
  }

  @Test func anUpdateThatChangesNothingIsMarkedSo() throws {
    let audit = try Self.audit([Self.half, Self.half])[0]
    #expect(audit.mark == .unchanged)
    // η(π̃) ≥ η(π) all the same, which no bound above η(π) says.
    #expect(audit.improved == .holds && audit.guaranteed == .violated)
    #expect(audit.gain.approximation == 0 && audit.maxKL.approximation == 0)
  }

  @Test func trustRegionsAreJudgedByEnclosures() throws {
    let divergence = 0.5 * Double.log(0.5 / 0.9) + 0.5 * Double.log(0.5 / 0.1)
    let steps = [Self.half, Self.most]
    #expect(try Self.audit(steps, budget: divergence * 1.001)[0].maxWithin == .holds)
    #expect(try Self.audit(steps, budget: divergence * 0.999)[0].maxWithin == .violated)
    #expect(try Self.audit(steps, budget: divergence * 0.999)[0].meanWithin == .violated)
  }

  @Test func summariesCountWhatHappened() throws {
    var summary = AuditSummary(budget: 0.1)
    for audit in try Self.audit(
      [Self.half, Self.most, Self.third, Self.third], budget: 0.1, logged: 0.05)
    {
      summary.add(audit)
    }
    #expect(summary.updates == 3 && summary.harmful == 1 && summary.unchanged == 1)
    #expect(summary.guaranteed + summary.improved == 1 && summary.undecided == 0)
    #expect(summary.meanBeyond == 2 && summary.maxBeyond == 2 && summary.loggedBeyond == 0)
    #expect(summary.logged == 3 && summary.understated == 2)
    #expect(summary.worst == .holds)
  }

  /// No update begins with a policy that is two steps old.
  @Test func afterALostPolicyAnAuditBeginsAnew() throws {
    let document = try Self.document()
    let auditor = UpdateAuditor(PolicyEvaluator(document))
    try auditor.begin(with: Self.policy(document, stay: Self.half, "0"))
    auditor.skip()
    #expect(auditor.latest == nil)
    try auditor.begin(with: Self.policy(document, stay: Self.most, "2"))
    let audit = try auditor.next(Self.policy(document, stay: Self.most, "3"), index: 3)
    #expect(audit.mark == .unchanged && audit.current == "2")
  }

  /// Rewards of r, of which float64 cannot hold one or the other value: η = r p/(1 − p/2) still.
  @Test(
    "What float64 does not hold is found exactly",
    arguments: ["1e400", "1.7e308", "-1e400"])
  func beyondFloat64(reward: String) throws {
    let document = try Self.document(reward: reward)
    let unit = try ExactNumber(parsing: reward).rational
    let auditor = UpdateAuditor(PolicyEvaluator(document))
    try auditor.begin(with: Self.policy(document, stay: Self.half, "0"))
    let audit = try auditor.next(
      Self.policy(document, stay: Self.most, "1"), index: 1,
      loggedDivergence: LoggedDivergence(text: "0.1", number: 0.1))
    let gain =
      unit * (Rational(numerator: 18, denominator: 11) - Rational(numerator: 2, denominator: 3))
    #expect(audit.gain.rational == gain, "\(audit.gain)")
    #expect(audit.improved == (unit.signum > 0 ? .holds : .violated))
    #expect(audit.mark != .undecided)
    #expect(audit.violated.isEmpty && audit.undecided.isEmpty && audit.undecidedReason == nil)
    // ½ ln(½/0.9) + ½ ln(½/0.1)
    let divergence = (Double.log(0.5 / 0.9) + Double.log(0.5 / 0.1)) / 2
    #expect(abs(audit.liveMeanKL.approximation - divergence) < 1e-12)
    #expect(audit.maxKLState == "on" && audit.isUnderstated)
  }

  @Test func whatIsNotAffordableIsUndecidedWithTheReason() throws {
    let document = try Self.document(reward: "1e400")
    var screening = UpdateAuditor.Configuration()
    screening.isScreening = true
    var effort = UpdateVerifier.Configuration()
    effort.exactSecondsLimit = 0
    for auditor in [
      UpdateAuditor(PolicyEvaluator(document), screening),
      UpdateAuditor(PolicyEvaluator(document), effort: effort),
    ] {
      try auditor.begin(with: Self.policy(document, stay: Self.half, "0"))
      let audit = try auditor.next(Self.policy(document, stay: Self.most, "1"), index: 1)
      #expect(audit.mark == .undecided && audit.gain == .unknown)
      #expect(audit.worst == .undecided && audit.violated.isEmpty)
      #expect(audit.undecidedReason?.contains("overflows float64") == true)
    }
  }

  @Test func linesAreRead() throws {
    let document = try Self.document()
    func read(_ text: String) throws -> PolicyLine {
      try PolicyLine(InputBytes(text, name: "line"), for: document)
    }
    let line = try read(#"{"probabilities": [[0.25, 0.75], null], "kl": 0.01, "name": "x"}"#)
    #expect(line.document.policy.probabilities[0] == Rational(numerator: 1, denominator: 4))
    #expect(
      line.loggedDivergence == LoggedDivergence(text: "0.01", number: 0.01) && line.name == "x")
    // 1/3 in single precision, as Python prints it: off by 3e-8 a row.
    let single = #"[[0.3333333432674408, 0.6666666865348816], null]"#
    #expect(throws: InvalidInput.self) { try read("{\"probabilities\": \(single)}") }
    let rounded = try read("{\"probabilities\": \(single), \"precision\": \"float32\"}")
    #expect(rounded.document.policy.probabilities.reduce(Rational(0), +) == Rational(1))
    for faulty in [
      #"{"kl": 0.01}"#, #"{"probabilities": [[0.25, 0.75], null], "k": 1}"#,
      #"{"probabilities": [[0.25, 0.7], null]}"#,
      #"{"probabilities": [[0.25, 0.75], null], "kl": [1]}"#,
      #"{"probabilities": [[0.25, 0.75], null], "kl": true}"#,
      #"{"probabilities": [[0.25, 0.75], null], "precision": "half"}"#,
      #"{"probabilities": [[0.25, 0.75], null]"#,
    ] {
      #expect(throws: InvalidInput.self) { try read(faulty) }
    }
  }
}
