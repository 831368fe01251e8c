import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPSolvers
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPGuarantees

/// Hard models against the truth that `Tools/make_stress_goldens.py` found: python-flint, fractions,
/// mpmath.
@Suite("Stress set: against Python", .tags(.slow))
struct StressGoldenTests {
  /// What Python says of one update.
  private struct Truth {
    let name: String
    let document: MDPDocument
    let policies: [ExactPolicy]
    private let content: [String: Any]

    init(_ name: String, _ document: MDPDocument, _ content: [String: Any]) throws {
      (self.name, self.document, self.content) = (name, document, content)
      policies = try ["current", "candidate"].map { key in
        let rows = try #require(content[key] as? [Any]).map { $0 as? [String] ?? [] }
        return ExactPolicy(
          space: document.space,
          probabilities: try rows.joined().map { try ExactNumber(parsing: $0).rational })
      }
    }

    subscript(key: String) -> Value { get throws { Value(try #require(content[key] as? String)) } }

    func fact(_ key: String) throws -> Bool { try #require(content[key] as? Bool) }

    var variants: [String: Bool] {
      get throws { try #require(content["variants"] as? [String: Bool]) }
    }

    /// B by claim, nil where the claim does not apply.
    var bounds: [String: Value?] {
      get throws {
        try #require(content["bounds"] as? [String: Any]).mapValues {
          ($0 as? String).map(Value.init)
        }
      }
    }

    func update<Number: Scalar>(
      _ evaluate: (ExactPolicy) throws -> PolicyEvaluation<Number>
    ) throws -> PolicyUpdate<Number> {
      PolicyUpdate(current: try evaluate(policies[0]), candidate: try evaluate(policies[1]))
    }
  }

  /// A number of a golden: a fraction, a decimal of 40 digits, or infinity.
  private struct Value {
    let text: String

    init(_ text: String) { self.text = text }

    var isInfinite: Bool { text == "infinity" }

    func rational() throws -> Rational { try ExactNumber(parsing: text).rational }

    /// The number as a ball that is as wide as its last digit.
    func ball() throws -> Ball {
      let rational = try rational()
      let isFraction = !text.contains(".") && !text.contains("e")
      let rest = isFraction ? .zero : rational.magnitude * Self.lastDigit
      return Ball(rational).widened(by: Ball(rest))
    }

    /// 10⁻³⁸: 40 digits, rounded, with one to spare.
    private static let lastDigit =
      Rational.trillionth * .trillionth * .trillionth * Rational(numerator: 1, denominator: 100)
  }

  static let folder = Golden.root.appendingPathComponent("Tests/Goldens/stress")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted()
  }()

  private func load(_ file: String) throws -> [Truth] {
    let data = try Data(contentsOf: Self.folder.appendingPathComponent(file))
    let content = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let mdp = try JSONSerialization.data(withJSONObject: try #require(content["mdp"]))
    let document = try MDPReader.read(InputBytes(Array(mdp), name: file))
    return try #require(content["pairs"] as? [String: [String: Any]]).map {
      try Truth("\(file), \($0.key)", document, $0.value)
    }
  }

  private func expect(_ found: Extended<Ball>, is truth: Value, _ what: String) throws {
    switch found {
    case .infinity: #expect(truth.isInfinite, "\(what) is infinite, not \(truth.text)")
    case .finite(let ball):
      try #require(!truth.isInfinite, "\(what) is \(ball), not infinite")
      #expect((ball - (try truth.ball())).isZero != .no, "\(what) is \(ball), not \(truth.text)")
    }
  }

  @Test("Quantities in every arithmetic", arguments: names)
  func quantities(file: String) throws {
    for truth in try load(file) {
      let evaluator = PolicyEvaluator(truth.document)
      let exact = try truth.update { try evaluator.solveExactly($0) }
      for (key, number) in exact.numbers {
        #expect(try number == truth[key].rational(), "\(truth.name): \(key)")
      }
      for (key, value) in exact.reals {
        try expect(value.balls, is: truth[key], "\(truth.name): \(key)")
      }
      try expect(truth.update { try evaluator.certify($0) }, encloses: truth)
      try expect(truth.update { try evaluator.refine($0) }, encloses: truth)
      try expect(truth.update { try evaluator.evaluate($0) }, encloses: truth)
    }
  }

  private func expect<Number: Scalar>(
    _ update: PolicyUpdate<Number>, encloses truth: Truth
  ) throws {
    let name = "\(truth.name), \(Number.arithmetic)"
    for (key, number) in update.numbers {
      try expect(.finite(number.real.enclosure), is: truth[key], "\(name): \(key)")
    }
    for (key, value) in update.reals {
      try expect(value.balls, is: truth[key], "\(name): \(key)")
    }
  }

  /// The constant b of `mean-kl`, which may be any, is chosen by float64 estimates, of which 1 − γ
  /// has seven digits at γ = 1 − 10⁻⁹.
  private static let choiceError = Rational(numerator: 1, denominator: 10_000_000)

  @Test("Bounds in exact arithmetic", arguments: names)
  func bounds(file: String) throws {
    for truth in try load(file) {
      let evaluator = PolicyEvaluator(truth.document)
      let update = try truth.update { try evaluator.solveExactly($0) }
      for (id, value) in try truth.bounds {
        let name = "\(truth.name): \(id)"
        let bound = try #require(ClaimCatalogue.bound(id))
        guard let value else {
          #expect(update.decide(bound).verdict == .notApplicable, "\(name)")
          continue
        }
        let width = bound.width(update).value.balls
        switch (id, width) {
        case ("dobrushin", .finite(let ball)):
          // From an upper bound on τ, rounded up in float64.
          #expect((ball - (try value.ball())).isNonNegative != .no, "\(name) is too small")
        case ("mean-kl", .finite(let ball)):
          let room = Ball(try value.rational() * Self.choiceError)
          try expect(.finite(ball.widened(by: room)), is: value, name)
        default: try expect(width, is: value, name)
        }
      }
    }
  }

  @Test("Verdicts, by default and in exact arithmetic", arguments: names)
  func verdicts(file: String) throws {
    for truth in try load(file) {
      let evaluator = PolicyEvaluator(truth.document)
      let named = truth.policies.enumerated().map { NamedPolicy(name: "\($0)", policy: $1) }
      for arithmetic in [ArithmeticKind.auto, .exact] {
        let verifier = UpdateVerifier(evaluator, arithmetic: arithmetic)
        let check = try verifier.check(from: named[0], to: named[1])
        #expect(check.worst == .holds, "\(truth.name): \(check.verdicts)")
        #expect(try (check.improved == .holds) == truth.fact("improved"), "\(truth.name)")
        #expect(try (check.guaranteed == .holds) == truth.fact("guaranteed"), "\(truth.name)")
        let variants = try verifier.check(
          from: named[0], to: named[1], claims: FalseVariantCatalogue.all)
        for (id, holds) in try truth.variants {
          #expect(variants.verdicts[id] == (holds ? .holds : .violated), "\(truth.name): \(id)")
        }
      }
    }
  }
}

extension Extended where Number: RealScalar {
  /// The number as a ball.
  fileprivate var balls: Extended<Ball> {
    switch self {
    case .infinity: .infinity
    case .finite(let number): .finite(number.enclosure)
    }
  }
}
