import MDPGuarantees
import MonotoneArithmetic
import MonotoneFiles
import Testing

@testable import MDPVerification

@Suite("Updates of one model")
struct ModelVerifierTests {
  @Test("Numbers of an update are those of the closed form, and every claim is a theorem")
  func check() throws {
    // Greedy pays 1 a step, uniform 0: η goes from 0 to 4. TV = 2/3, KL = ∞ the other way: ln 3.
    let check = try ModelVerifier(Models.loaded(Models.line), Rigour(.exact))
      .check(current: "uniform", candidate: "greedy(uniform)")
    #expect(check.current == "uniform" && check.candidate == "greedy(uniform)")
    #expect(check.quantities[.returnCurrent].rational == Rational(0))
    #expect(check.quantities[.returnCandidate].rational == Rational(4))
    #expect(check.gain.rational == Rational(4) && check.improved == .holds)
    #expect(check.quantities[.maxTotalVariation].rational == Rational(numerator: 2, denominator: 3))
    #expect(check.claims.map(\.id) == ClaimCatalogue.all.map(\.id))
    #expect(check.claims.allSatisfy { $0.verdict == .holds || $0.verdict == .notApplicable })
    // A step back is harm.
    let back = try ModelVerifier(Models.loaded(Models.line))
      .check(current: "greedy(uniform)", candidate: "uniform")
    #expect(back.outcome == .harmful && back.gain.approximation == -4)
  }

  @Test("Claims that are named are the only ones that are checked")
  func claims() throws {
    let pinsker = try #require(ClaimCatalogue.all.first { $0.id == "pinsker" })
    let check = try ModelVerifier(Models.loaded(Models.fork))
      .check(current: "uniform", candidate: "optimal", claims: [pinsker])
    #expect(check.claims.map(\.id) == ["pinsker"])
  }

  @Test("A policy that never ends has no values, and is named")
  func endlessness() throws {
    let waiting =
      #"{"schema": "monotone/policy/v1", "mdp": "door", "probabilities": [[1, 0], null]}"#
    try withFiles(["wait.json": waiting]) { folder in
      let verifier = ModelVerifier(try Models.loaded(Models.door))
      #expect(try verifier.endlessness(of: ["uniform", "optimal"]) == nil)
      let reason = try verifier.endlessness(of: ["uniform", "\(folder)/wait.json"])
      #expect(reason?.contains("the policy \(folder)/wait.json never reaches") == true)
      let failure = #expect(throws: RunFailure.self) {
        try verifier.check(current: "uniform", candidate: "\(folder)/wait.json")
      }
      #expect(failure?.cause == .badData)
      #expect(failure?.message.hasPrefix("door.json: ") == true)
      // Discounted, whoever waits for ever has values.
      let fork = ModelVerifier(try Models.loaded(Models.fork))
      #expect(try fork.endlessness(of: ["greedy(uniform)"]) == nil)
    }
  }

  @Test("The return of the uniform policy, also where only fractions can hold it")
  func uniformReturn() throws {
    #expect(
      try ModelVerifier(Models.loaded(Models.fork)).uniformReturn().approximation == 1.5)
    let huge = Models.line.replacing("\"reward\": 1}", with: "\"reward\": 3e400}")
    // (3e400 − 1)/3 · 4
    let expected =
      (try ExactNumber(parsing: "3e400").rational - Rational(1))
      * Rational(numerator: 4, denominator: 3)
    #expect(try ModelVerifier(Models.loaded(huge)).uniformReturn().rational == expected)
    let failure = #expect(throws: RunFailure.self) {
      try ModelVerifier(Models.loaded(huge), Rigour(.float64)).uniformReturn()
    }
    #expect(failure?.cause == .badData && failure?.message.contains("overflows") == true)
  }

  @Test("Exact arithmetic that is not affordable is refused with what would help")
  func affordability() throws {
    var rigour = Rigour(.exact)
    rigour.configuration.exactSecondsLimit = 0
    let verifier = ModelVerifier(try Models.loaded(Models.fork), rigour)
    let failure = #expect(throws: RunFailure.self) {
      try verifier.check(current: "uniform", candidate: "optimal")
    }
    #expect(failure?.cause == .usage)
    #expect(failure?.message.contains("add --force, or use --arithmetic certified") == true)
    let certificate = #expect(throws: RunFailure.self) {
      try verifier.certificate(current: "uniform", candidate: "optimal")
    }
    #expect(certificate?.message.contains("do without --certificate") == true)
  }
}
