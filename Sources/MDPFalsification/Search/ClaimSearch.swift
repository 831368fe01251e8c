public import MonotoneArithmetic
public import MonotoneFiles
internal import MDPTesting

/// A search for an update that breaks a claim, or for the smallest constant that survives.
///
///     let claim = try ClaimExpression("returnCandidate >= surrogate")
///     let result = try ClaimSearch(claim).run(keepingIn: "Regressions")
///     print(result.counterexample?.command ?? "no counterexample")
public struct ClaimSearch {
  /// The claim.
  public var claim: ClaimExpression
  /// The values of its parameters.
  public var parameters: [String: ExactNumber]
  /// The parameter whose smallest surviving value is wanted.
  public var minimised: String?
  /// Where and how long to search.
  public var configuration: Falsifier.Configuration
  /// May stop the search.
  public var monitor: RunMonitor

  /// A search for a counterexample to a claim, with fixed values of its parameters.
  public init(
    _ claim: ClaimExpression, parameters: [String: ExactNumber] = [:], minimised: String? = nil,
    configuration: Falsifier.Configuration = .init(), monitor: RunMonitor = .init()
  ) {
    self.claim = claim
    self.parameters = parameters
    self.minimised = minimised
    self.configuration = configuration
    self.monitor = monitor
  }

  /// Searches, proves, shrinks, and keeps the counterexample.
  public func run(keepingIn folder: String) throws(RunFailure) -> FalsificationResult {
    let scored = minimised ?? claim.parameters.first
    let target = FalsificationTarget(claim, parameters: parameters, scoredBy: scored)
    let found = Falsifier(target, configuration).search { monitor.isStopped() }
    var result = FalsificationResult(
      claim: claim.text, parameters: parameters.mapValues(\.description),
      evaluations: found.evaluations, score: found.score.isFinite ? found.score : nil,
      scored: scored)
    guard found.valued > 0 || monitor.isStopped() else {
      throw RunFailure(
        "--claim: the claim has no value on any of \(found.evaluations) updates, such as ∞ − ∞ or a "
          + "division by 0: \(claim.text)", .badData)
    }
    guard let best = found.best else { return result }
    var broken = parameters
    var shrunk: ShrunkInput?
    if let minimised, found.score.isFinite {
      result.surviving = Self.rounded(found.score, upward: true)
      // Float64 finds the value to about nine digits; the proof decides what lies below it.
      for slack in [1e-4, 1e-3, 1e-2] where shrunk == nil {
        let value = Self.rounded(found.score - slack * abs(found.score), upward: false)
        guard let number = try? ExactNumber(parsing: value) else { break }
        broken[minimised] = number
        result.refuted = value
        shrunk = falsifier(broken).shrink(best)
      }
      if shrunk == nil { result.refuted = nil }
    } else {
      shrunk = falsifier(broken).shrink(best)
    }
    guard let shrunk else { return result }
    try result.keep(shrunk, breaking: broken, in: folder)
    return result
  }

  private func falsifier(_ parameters: [String: ExactNumber]) -> Falsifier {
    Falsifier(
      FalsificationTarget(claim, parameters: parameters, scoredBy: nil), configuration)
  }

  /// A number to four digits.
  private static func rounded(_ value: Double, upward: Bool) -> String {
    guard let number = Rational(exactly: value), value != 0 else { return "0" }
    return RoundedDecimal(
      number, digits: 4, upward ? .up : .down
    ).text(exponentFrom: 16)
  }
}
