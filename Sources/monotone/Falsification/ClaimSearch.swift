import Arithmetic
import Files
import Foundation
import MDPConformance
import MDPTesting

/// A search for an update that breaks a claim, or for the smallest constant that survives.
struct ClaimSearch {
  var claim: ClaimExpression
  var parameters: [String: ExactNumber]
  /// The parameter whose smallest surviving value is wanted.
  var minimised: String?
  var configuration: Falsifier.Configuration

  /// Searches, proves, shrinks, and keeps the counterexample.
  func run(keepingIn folder: String) throws -> FalsificationResult {
    let scored = minimised ?? claim.parameters.first
    let target = FalsificationTarget(claim, parameters: parameters, scoredBy: scored)
    let found = Falsifier(target, configuration).search { Interruption.isRequested }
    var result = FalsificationResult(
      claim: claim.text, parameters: parameters.mapValues(\.description),
      evaluations: found.evaluations, score: found.score.isFinite ? found.score : nil,
      scored: scored)
    guard found.valued > 0 || Interruption.isRequested else {
      throw CommandFailure(
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
    guard value.isFinite, value != 0 else { return "0" }
    let digits = max(0, 3 - Int(clamping: log10(abs(value)).rounded(.down)))
    let scale = pow(10, Double(digits))
    // Below the smallest powers of ten, every digit.
    guard scale.isFinite else { return "\(upward ? value.nextUp : value.nextDown)" }
    let scaled = (value * scale).rounded(upward ? .up : .down) / scale
    return String(format: "%.\(digits)f", scaled)
  }
}

/// What a search for a counterexample found: schema `monotone/falsification/v1`.
struct FalsificationResult: Encodable {
  var schema = "monotone/falsification/v1"
  var claim: String
  var parameters: [String: String]
  var evaluations: Int
  /// The highest score.
  var score: Double?
  /// The parameter that the score is a value of.
  var scored: String?
  /// The smallest value of the minimised parameter that survived.
  var surviving: String?
  /// A value below it that the counterexample refutes.
  var refuted: String?
  var counterexample: Counterexample?
  private(set) var description: String?

  struct Counterexample: Encodable {
    var files: String
    var command: String
    var states: Int
    var actions: Int
    var attempts: Int
    var simplifications: Int
  }

  private enum CodingKeys: String, CodingKey {
    case schema, claim, parameters, evaluations, score, scored, surviving, refuted, counterexample
  }

  init(
    claim: String, parameters: [String: String], evaluations: Int, score: Double?, scored: String?
  ) {
    self.claim = claim
    self.parameters = parameters
    self.evaluations = evaluations
    self.score = score
    self.scored = scored
  }

  /// Keeps a counterexample, which breaks the claim with these values of its parameters.
  mutating func keep(
    _ shrunk: ShrunkInput, breaking parameters: [String: ExactNumber], in folder: String
  ) throws {
    let stem: String
    do throws(UnwritableOutput) {
      stem = try shrunk.input.write(into: folder, property: "falsified")
    } catch {
      throw CommandFailure(error)
    }
    description = "\(shrunk.input)"
    counterexample = Counterexample(
      files: stem,
      command: CheckCommand(stem: stem, subject: .claim(claim, parameters: parameters)).line,
      states: shrunk.input.mdp.space.stateCount, actions: shrunk.input.mdp.space.actions.count,
      attempts: shrunk.attempts, simplifications: shrunk.simplifications)
  }

  /// What came of the search, in a line.
  var headline: String {
    if scored != nil, score == nil, counterexample != nil {
      return "violated whatever the parameter: proved in rational arithmetic"
    }
    if let surviving {
      let name = scored ?? ""
      return refuted.map {
        "\(name) = \(surviving) survives; \(name) = \($0) is refuted, proved"
      } ?? "\(name) = \(surviving) survives; nothing below it was proved wrong"
    }
    return counterexample == nil
      ? "no counterexample" : "violated: proved in rational arithmetic"
  }

  /// How near the claim came to failing; nil where nothing is measured.
  var worst: String? {
    guard let score, let scored else { return nil }
    return "needs \(scored) = \(score)"
  }

  /// The result in words.
  var text: String {
    var lines = [
      headline, "claim: \(claim)",
      worst.map { "the worst of \(evaluations) updates \($0)" }
        ?? "\(evaluations) updates searched",
    ]
    if let counterexample, let description {
      lines.append(
        "counterexample, shrunk in \(counterexample.simplifications) simplifications of "
          + "\(counterexample.attempts) tried:")
      lines += description.split(separator: "\n").map { "  \($0)" }
      lines.append("to reproduce: \(counterexample.command)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
