import MonotoneArithmetic
import MDPCore
import MDPSolvers
import Testing

@testable import MDPGuarantees

@Suite("Against rational elimination in Python")
struct GoldenTests {
  /// Decimal goldens are rounded to 30 digits; the exact ones not at all.
  private let goldenError = Rational(numerator: 1, denominator: 1_000_000_000_000_000_000)

  /// No error bound may be so wide as to say nothing. The widest is that of a policy advantage at
  /// γ = .999, a sum with weights of 1,000.
  private let usefulError = 1e-5

  /// The claimed error covers the true one, and is small enough for verdicts to rest on.
  private func expect(
    _ value: TrackedDouble, is text: String, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let exact = try ExactNumber(parsing: text).rational
    let error = (Rational(finite: value.value) - exact).magnitude
    #expect(
      error <= Rational(finite: value.error) + goldenError * (Rational(1) + exact.magnitude),
      "\(what): \(value) against \(text)", sourceLocation: sourceLocation)
    #expect(
      value.error <= usefulError * max(1, abs(value.value)),
      "\(what): \(value)",
      sourceLocation: sourceLocation)
  }

  private func expect(
    _ value: Extended<TrackedDouble>, is text: String, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    switch value {
    case .infinity: #expect(text == "infinity", "\(what)", sourceLocation: sourceLocation)
    case .finite(let number):
      try #require(text != "infinity", "\(what)", sourceLocation: sourceLocation)
      try expect(number, is: text, what, sourceLocation: sourceLocation)
    }
  }

  @Test("Every quantity of every pair", arguments: Golden.names)
  func quantities(name: String) throws {
    let golden = try Golden.load(name)
    let document = try golden.document()
    let space = document.space
    let evaluator = PolicyEvaluator(document)
    for pair in golden.pairs ?? [] {
      let current = try evaluator.evaluate(Golden.policy(pair.current, space))
      let candidate = try evaluator.evaluate(Golden.policy(pair.candidate, space))
      for state in space.states.indices {
        let stateName = space.states[state]
        try expect(current.stateValues[state], is: pair.stateValues[stateName] ?? "", "V")
        try expect(current.stateVisitation[state], is: pair.visitation[stateName] ?? "", "ρ")
        for index in space.pairs(of: state) {
          let action = space.actionName(ofPair: index)
          try expect(
            current.actionValues[index], is: pair.actionValues[stateName]?[action] ?? "", "Q")
          try expect(
            current.advantages[index], is: pair.advantages[stateName]?[action] ?? "", "A")
        }
      }
      let update = PolicyUpdate(current: current, candidate: candidate)
      try expect(current.expectedReturn, is: pair.return, "η(π)")
      try expect(candidate.expectedReturn, is: pair.returnCandidate, "η(π̃)")
      try expect(update.surrogate, is: pair.surrogate, "L")
      try expect(update.policyAdvantage, is: pair.policyAdvantage, "policy advantage")
      try expect(update.maxAdvantage, is: pair.maxAdvantage, "ε_max")
      try expect(update.maxExpectedAdvantage, is: pair.maxExpectedAdvantage, "ε_exp")
      try expect(update.penaltyCoefficient, is: pair.penaltyCoefficient, "C")
      try expect(update.maxTotalVariation, is: pair.maxTotalVariation, "max TV")
      try expect(update.meanTotalVariation, is: pair.meanTotalVariation, "mean TV")
      try expect(update.maxDivergence, is: pair.maxKL, "max KL")
      try expect(update.meanDivergence, is: pair.meanKL, "mean KL")
      try expect(update.maxReverseDivergence, is: pair.maxReverseKL, "max reverse KL")
      try expect(update.meanReverseDivergence, is: pair.meanReverseKL, "mean reverse KL")
      let check = update.check(current: "current", candidate: "candidate")
      let failed = check.claims.filter { $0.verdict != .holds && $0.verdict != .notApplicable }
      #expect(failed.isEmpty, "\(name), \(pair.name): \(failed)")
    }
  }

  @Test("The optimal return", arguments: Golden.names)
  func optimum(name: String) throws {
    let golden = try Golden.load(name)
    let optimal = try OptimalPolicy(PolicyEvaluator(try golden.document()))
    let expected = try #require(golden.optimal).return.text
    // Float64 goldens are rounded to 13 digits.
    let exact = try ExactNumber(parsing: expected.lowercased()).approximation
    #expect(abs(optimal.lower.approximation - exact) <= 1e-11 * max(1, abs(exact)))
    #expect(optimal.isProved)
  }

  @Test("The uniform policy of the larger models", arguments: Golden.names)
  func larger(name: String) throws {
    let golden = try Golden.load(name)
    guard let values = golden.stateValues, let visits = golden.visitation else { return }
    let document = try golden.document()
    let evaluation = try PolicyEvaluator(document).evaluate(.uniform(document.space))
    let total = try #require(golden.return)
    #expect(abs(evaluation.expectedReturn.value - total) <= 1e-11 * max(1, abs(total)))
    for (name, value) in values {
      let state = try #require(document.space.states.index(of: name))
      #expect(abs(evaluation.stateValues[state].value - value) <= 1e-11 * max(1, abs(value)))
    }
    for (name, value) in visits {
      let state = try #require(document.space.states.index(of: name))
      #expect(abs(evaluation.stateVisitation.mass[state].value - value) <= 1e-11 * max(1, value))
    }
  }
}
