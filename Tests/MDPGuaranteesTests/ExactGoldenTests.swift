import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Testing

@testable import MDPGuarantees

/// Against python-flint and mpmath: `Tools/make_flint_goldens.py`, on every model.
@Suite("Exact and certified quantities")
struct ExactGoldenTests {
  private func load(_ name: String) throws -> [String: String] {
    let file = Golden.root.appendingPathComponent("Tests/Goldens/exact/\(name).json")
    return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
  }

  /// From uniform half way to the first available action of each state.
  private func policies(_ space: StateActionSpace) -> [ExactPolicy] {
    let uniform = ExactPolicy.uniform(space)
    let first = ExactPolicy.deterministic(space) { space.pairs(of: $0).lowerBound }
    return [uniform, uniform.mixed(with: first, weight: Rational(numerator: 1, denominator: 2))]
  }

  /// A ball holds the true number, known to 40 digits, and is narrow.
  private func expect(_ ball: Ball, around text: String, _ what: String) throws {
    let truth = try ExactNumber(parsing: text).rational
    let digits = Rational(numerator: 1, denominator: 1_000_000_000_000_000_000)
    let slack = truth.magnitude * digits * digits
    let distance = (ball - Ball(truth)).magnitude - Ball(slack)
    #expect(distance.isPositive != .yes, "\(what): \(ball) against \(text)")
    #expect(ball.radius <= 1e-9 * max(abs(truth.doubleValue), 1e-9), "\(what): \(ball)")
  }

  @Test("Exact values are equal as fractions, logarithms enclosed", arguments: Golden.names)
  func exact(name: String) throws {
    let golden = try load(name)
    let document = try MDPReader.read(
      InputBytes(path: Golden.root.appendingPathComponent("mdps/\(name).json").path))
    let evaluator = PolicyEvaluator(document)
    let pair = policies(document.space)
    let update = PolicyUpdate(
      current: try evaluator.solveExactly(pair[0]), candidate: try evaluator.solveExactly(pair[1]))
    for (key, value) in update.numbers {
      #expect(try ExactNumber(parsing: #require(golden[key])).rational == value, "\(key)")
    }
    for (key, value) in update.reals {
      try expect(#require(value.number).ball, around: #require(golden[key]), key)
    }
    let certified = PolicyUpdate(
      current: try evaluator.certify(pair[0]), candidate: try evaluator.certify(pair[1]))
    for (key, ball) in certified.numbers {
      let truth = try ExactNumber(parsing: #require(golden[key])).rational
      #expect(ball.contains(truth), "\(key): \(ball)")
      #expect(ball.radius <= 1e-9 * max(abs(truth.doubleValue), scale(key, certified)), "\(key)")
    }
    for (key, value) in certified.reals {
      try expect(#require(value.number), around: #require(golden[key]), key)
    }
  }

  /// The size of the numbers whose difference a quantity is.
  private func scale(_ key: String, _ update: PolicyUpdate<Ball>) -> Double {
    let values = update.current.valueAccuracy
    let size = max(values.solutionNorm, values.dataNorm)
    let horizon = (Ball(1) / (Ball(1) - update.mdp.discount)).approximation
    switch key {
    case "surrogate", "policyAdvantage": return size * horizon
    case "penaltyCoefficient": return 4 * size * horizon * horizon
    default: return size
    }
  }
}
