import MDPCore
import MDPFormats
import MonotoneArithmetic
import MonotoneFiles
import Testing

@testable import MDPVerification

/// Policies by name against closed forms of ``Models``.
@Suite("Policies by name")
struct PolicyResolverTests {
  @Test(
    "Every kind of name on a model whose values are fractions",
    arguments: [
      ("uniform", ["1/2", "1/2", "1/2", "1/2"]),
      ("greedy(uniform)", ["1", "0", "1", "0"]),
      ("greedy(greedy(uniform))", ["0", "1", "1", "0"]),
      ("optimal", ["0", "1", "1", "0"]),
      ("greedy(optimal)", ["0", "1", "1", "0"]),
      ("mix(1/4, uniform, optimal)", ["3/8", "5/8", "5/8", "3/8"]),
      ("mix(0, optimal, uniform)", ["0", "1", "1", "0"]),
      ("mix(0.5, greedy(uniform), mix(1/2, uniform, optimal))", ["5/8", "3/8", "7/8", "1/8"]),
      ("drop(uniform)", ["1", "0", "1", "0"]),
      // One action is all that is left: nothing is dropped.
      ("drop(optimal)", ["0", "1", "1", "0"]),
      ("softmax(0, uniform)", ["1/2", "1/2", "1/2", "1/2"]),
    ])
  func fork(_ argument: String, _ expected: [String]) throws {
    for kind in [ArithmeticKind.auto, .exact] {
      let named = try PolicyResolver(Models.loaded(Models.fork), Rigour(kind)).policy(argument)
      #expect(named.policy.probabilities == (try Models.fractions(expected)), "\(kind)")
      #expect(named.normalised.isEmpty)
    }
  }

  @Test("The worst of three actions is dropped, and the others keep their proportion")
  func drop() throws {
    let policy =
      #"{"schema": "monotone/policy/v1", "mdp": "line", "probabilities": [["1/2", "1/4", "1/4"]]}"#
    try withFiles(["p.json": policy]) { folder in
      let resolver = PolicyResolver(try Models.loaded(Models.line))
      let file = try resolver.policy("\(folder)/p.json")
      #expect(file.policy.probabilities == (try Models.fractions(["1/2", "1/4", "1/4"])))
      let dropped = try resolver.policy("drop(\(folder)/p.json)")
      #expect(dropped.policy.probabilities == (try Models.fractions(["2/3", "1/3", "0"])))
      #expect(dropped.name == "drop(\(folder)/p.json)")
      let twice = try resolver.policy("drop(drop(\(folder)/p.json))")
      #expect(twice.policy.probabilities == (try Models.fractions(["1", "0", "0"])))
    }
  }

  @Test("A softmax step weighs actions by exp(step · A/max A)", arguments: [1.0, -1, 0.01, 3])
  func softmax(step: Double) throws {
    // A = 1, 0, −1 under uniform, and max |A| = 1. Weights are rounded to multiples of 2⁻²⁶ of the largest.
    let resolver = PolicyResolver(try Models.loaded(Models.line))
    let policy = try resolver.policy("softmax(\(step), uniform)").policy
    let largest = max(policy[0].doubleValue, policy[2].doubleValue)
    for (pair, advantage) in [(0, 1.0), (1, 0), (2, -1)] {
      let weight = Double.exponential(step * advantage - abs(step))
      #expect(abs(policy[pair].doubleValue / largest - weight) < 0x1p-26)
    }
    #expect(policy.probabilities.reduce(Rational(0), +) == Rational(1))
  }

  @Test("A random policy is that of its seed on the model's space")
  func random() throws {
    let model = try Models.loaded(Models.line)
    let resolver = PolicyResolver(model)
    let policy = try resolver.policy("random(7)").policy
    #expect(policy == .random(model.document.space, seed: 7))
    #expect(try policy != resolver.policy("random(8)").policy)
  }

  @Test("Without discounting the optimum ends, and a question about what never ends is refused")
  func endless() throws {
    let resolver = PolicyResolver(try Models.loaded(Models.door))
    let optimal = try resolver.optimal()
    #expect(optimal.policy.probabilities == (try Models.fractions(["0", "1"])))
    #expect(optimal.lower.approximation == 2 && optimal.isProved)
    let waiting =
      #"{"schema": "monotone/policy/v1", "mdp": "door", "probabilities": [[1, 0], null]}"#
    try withFiles(["wait.json": waiting]) { folder in
      let failure = #expect(throws: RunFailure.self) {
        try resolver.policy("greedy(\(folder)/wait.json)")
      }
      #expect(failure?.cause == .badData)
      #expect(failure?.message.contains("door.json: from state \"in\" the policy") == true)
    }
  }

  @Test(
    "What is no policy is answered with the nearest name",
    arguments: [
      ("optiml", RunFailure.Cause.unreadable, "did you mean \"optimal\"?"),
      ("gredy(uniform)", .unreadable, "did you mean \"greedy(uniform)\"?"),
      ("mix(0.1, unifrom, optimal)", .unreadable, "did you mean \"uniform\"?"),
      ("mix(2, uniform, optimal)", .usage, "from 0 to 1"),
      ("greedy(", .usage, "expected a policy"),
    ])
  func faults(_ argument: String, _ cause: RunFailure.Cause, _ words: String) throws {
    let resolver = PolicyResolver(try Models.loaded(Models.fork))
    let failure = #expect(throws: RunFailure.self) { try resolver.policy(argument) }
    #expect(failure?.cause == cause && failure?.message.contains(words) == true)
  }

  @Test("A policy of another model is refused")
  func otherModel() throws {
    let policy =
      #"{"schema": "monotone/policy/v1", "mdp": "line", "probabilities": [["1/2", "1/4", "1/4"]]}"#
    try withFiles(["p.json": policy]) { folder in
      let resolver = PolicyResolver(try Models.loaded(Models.fork))
      let failure = #expect(throws: RunFailure.self) { try resolver.policy("\(folder)/p.json") }
      #expect(failure?.cause == .badData)
    }
  }

  @Test("What float64 does not prove is remarked once, and said once")
  func remarks() throws {
    let listener = Listener()
    let resolver = PolicyResolver(
      try Models.loaded(Models.fork), Rigour(.float64), monitor: listener.monitor())
    for _ in 1...3 { _ = try resolver.policy("optimal") }
    _ = try resolver.policy("mix(0.5, uniform, optimal)")
    #expect(resolver.remarks.count == 1)
    #expect(resolver.remarks.first?.hasPrefix("optimal: not proved optimal") == true)
    #expect(listener.notes == resolver.remarks.map { "fork.json: \($0)" })
    let proved = PolicyResolver(try Models.loaded(Models.fork))
    _ = try proved.policy("optimal")
    #expect(proved.remarks.isEmpty)
  }
}
