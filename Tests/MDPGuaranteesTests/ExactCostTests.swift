import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import Synchronization
import Testing

@testable import MDPGuarantees

/// What exact arithmetic is expected to take, against what it takes.
@Suite("Costs of exact arithmetic", .serialized)
struct ExactCostTests {
  /// A dense model whose rows are decimals of so many digits, or fractions whose denominators differ
  /// from row to row.
  struct Shape: Sendable, CustomStringConvertible {
    var states: Int
    var digits: Int
    var form = Form.decimal

    enum Form: String, Sendable { case decimal, fraction }

    var description: String { "\(states) states, \(digits) digits, \(form)" }

    var document: MDPDocument {
      get throws {
        var seed: UInt64 = 1
        func digit() -> Int {
          seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Int(seed >> 33) % 9 + 1
        }
        func long() -> Rational {
          var value = Rational(0)
          for _ in stride(from: 0, to: digits, by: 9) {
            let part = (0..<9).reduce(0) { number, _ in number * 10 + digit() }
            value = value * Rational(1_000_000_000) + Rational(part)
          }
          return value
        }
        let rows = try (0..<2 * states).map { row in
          var weights = (0..<states).map { _ in long() }
          var sum = weights.reduce(Rational(0), +)
          if form == .decimal {
            // Of the last entry as much as a power of ten lacks.
            let power = try ExactNumber(parsing: "1e\(digits + 12)").rational
            weights[states - 1] = weights[states - 1] + power - sum
            sum = power
          }
          return "{\"from\": \(row / 2), \"action\": \(row % 2), \"reward\": \(row % 7), \"to\": {"
            + weights.enumerated().map { "\"\($0)\": \"\($1 / sum)\"" }.joined(separator: ", ")
            + "}}"
        }
        let text = """
          {"schema": "monotone/mdp/v1", "name": "m", "discount": 0.9, "states": \(states), "actions": 2,
           "initial": {"0": 1}, "transitions": [\(rows.joined(separator: ",\n"))]}
          """
        return try MDPReader.read(InputBytes(Array(text.utf8), name: "m"))
      }
    }
  }

  private static func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    try body()
    return now() - start
  }

  /// Shapes whose time passes in FLINT, so that they take as long in a debug build.
  static let shapes = [
    Shape(states: 5, digits: 8000), Shape(states: 20, digits: 1000), Shape(states: 40, digits: 300),
    Shape(states: 80, digits: 100), Shape(states: 10, digits: 1000, form: .fraction),
    Shape(states: 2, digits: 30_000, form: .fraction),
  ]

  @Test("An evaluation takes what it is expected to, within a small factor", arguments: shapes)
  func evaluation(_ shape: Shape) throws {
    let document = try shape.document
    let evaluator = PolicyEvaluator(document)
    let uniform = ExactPolicy.uniform(document.space)
    let estimate = evaluator.exactCost(of: uniform).seconds
    let seconds = try Self.processorSeconds { _ = try evaluator.solveExactly(uniform) }
    #expect(estimate > seconds / 4 && estimate < 12 * seconds, "\(estimate) for \(seconds) s")
  }

  @Test("A check takes what it is expected to, and says so beforehand")
  func check() throws {
    let document = try Shape(states: 20, digits: 1000).document
    let evaluator = PolicyEvaluator(document)
    let policies = [
      ExactPolicy.uniform(document.space), ExactPolicy.random(document.space, seed: 1),
    ]
    let estimate = evaluator.exactSeconds(checking: policies[0], to: policies[1])
    let announced = Mutex<[Double]>([])
    var configuration = UpdateVerifier.Configuration()
    configuration.announce = { seconds in announced.withLock { $0.append(seconds) } }
    let verifier = UpdateVerifier(evaluator, arithmetic: .exact, configuration: configuration)
    let seconds = try Self.processorSeconds {
      let check = try verifier.check(
        from: NamedPolicy(name: "uniform", policy: policies[0]),
        to: NamedPolicy(name: "random", policy: policies[1]))
      #expect(check.worst == .holds)
    }
    #expect(estimate > seconds / 4 && estimate < 8 * seconds, "\(estimate) for \(seconds) s")
    #expect(announced.withLock { $0 } == [estimate])
  }

  @Test("The digits of the model, of its rewards and of the policy count")
  func digits() throws {
    func cost(_ model: String, _ policy: Rational? = nil) throws -> ExactCost {
      let document = try MDPReader.read(InputBytes(model, name: "m"))
      let evaluator = PolicyEvaluator(document)
      guard let policy else { return evaluator.exactCost(of: nil) }
      return evaluator.exactCost(
        of: ExactPolicy(space: document.space, probabilities: [policy, Rational(1) - policy]))
    }
    func model(discount: String = "0.5", probability: String = "0.5", reward: String = "1")
      -> String
    {
      """
      {"schema": "monotone/mdp/v1", "name": "m", "discount": "\(discount)", "states": 2, "actions": 2,
       "initial": [1, 0], "terminal": [1], "transitions": [
        {"from": 0, "action": 0, "to": {"0": "\(probability)", "1": "\(probability)"}, "reward": "\(reward)"},
        {"from": 0, "action": 1, "to": {"1": 1}}]}
      """
    }
    let short = try cost(model())
    #expect(short.bitCount < 40 && short.order == 1 && short.pairCount == 2)
    // 1/2 written with as many digits as there are.
    let half = "0.5" + String(repeating: "0", count: 2_000)
    #expect(try cost(model(probability: half)).bitCount < 40)
    let near = "0." + String(repeating: "3", count: 2_000)
    #expect(try cost(model(discount: near)).bitCount > 6_000)
    #expect(try cost(model(reward: near)).bitCount > 6_000)
    #expect(try cost(model(reward: "1e2000")).bitCount > 6_000)
    let long = try ExactNumber(parsing: near).rational
    #expect(try cost(model(), long).bitCount > 6_000)
    #expect(try cost(model(), Rational(1)).bitCount < 40)
  }

  @Test("An equality that is too dear to prove stays consistent, and says why")
  func unaffordable() throws {
    let document = try Shape(states: 20, digits: 1000).document
    let evaluator = PolicyEvaluator(document)
    var configuration = UpdateVerifier.Configuration()
    configuration.exactSecondsLimit = 0.1
    let verifier = UpdateVerifier(evaluator, arithmetic: .auto, configuration: configuration)
    let check = try verifier.check(
      from: NamedPolicy(name: "uniform", policy: .uniform(document.space)),
      to: NamedPolicy(name: "random", policy: .random(document.space, seed: 1)))
    let open = check.claims.filter { $0.verdict != .holds && $0.verdict != .notApplicable }
    #expect(!open.isEmpty && check.worst == .consistent)
    #expect(open.allSatisfy { $0.kind == .identity && $0.verdict == .consistent && !$0.rigorous })
    #expect(
      open.allSatisfy {
        $0.assumption?.contains(/^not refuted within .*; exact arithmetic would take/) == true
      })
  }
}
