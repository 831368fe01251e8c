import MonotoneArithmetic
import Foundation
import MDPCore
import MDPFormats
import MDPTesting
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPSolvers

/// Optimal and greedy policies where float64 sees ties that are none, against every deterministic
/// policy there is, evaluated by Gaussian elimination over the rationals.
@Suite("Optimal policies are optimal")
struct OptimalityProofTests {
  /// What makes a model hard for float64.
  enum Difficulty: Int, CaseIterable {
    /// Every reward has the same large part.
    case offset
    /// Rewards of 1e±200, 1e±300, 1e±400.
    case scale
    /// A state that no policy reaches has a large penalty.
    case penalty
    /// γ so near 1 that error bounds say nothing, or that float64 holds it as 1.
    case patience
    /// Rewards differ by 1e-20.
    case nearTies
    /// Transitions of probability 1e-310.
    case rareTransitions
  }

  /// A small random model of a difficulty: three connected states, and one that leads to them.
  static func model(_ difficulty: Difficulty, seed: UInt64) throws -> MDPDocument {
    var generator = SmallIntegers(seed: seed)
    func number(_ text: String) throws -> Rational { try ExactNumber(parsing: text).rational }
    let actions = (0..<4).map { _ in 2 + generator.next(2) }
    let pairCount = actions.reduce(0, +)
    var discount = Rational(numerator: 9, denominator: 10)
    var rewards = (0..<pairCount).map { _ in
      Rational(numerator: generator.next(7) - 3, denominator: 1 + generator.next(3))
    }
    var rare: Rational?
    let last = pairCount - actions[3]
    switch difficulty {
    case .offset:
      discount = try number(["0.9999", "0.99", "0.999999"][generator.next(3)])
      let offset = try number(["1e7", "-1e12", "1e16"][generator.next(3)])
      rewards = rewards.map { $0 + offset }
    case .scale:
      let scale = try number(
        ["1e200", "1e-200", "1e300", "1e-300", "1e400", "1e-400"][generator.next(6)])
      rewards = rewards.map { $0 * scale }
    case .penalty:
      let penalty = try number(["-1e14", "-1e30", "-1e300"][generator.next(3)])
      for pair in last..<pairCount { rewards[pair] = penalty * Rational(1 + pair % 2) }
    case .patience:
      discount = Rational(1) - (try number(["1e-9", "1e-13", "1e-17", "1e-40"][generator.next(4)]))
    case .nearTies:
      let step = try number("1e-20")
      rewards = rewards.map { Rational(1) + $0 * step }
    case .rareTransitions:
      rare = try number("1e-310")
    }
    let next = (0..<pairCount).map { _ in [[0, 1], [1, 2], [0, 2]][generator.next(3)] }
    let probability = (0..<pairCount).map { _ -> [Rational] in
      let share = rare ?? Rational(numerator: 1 + generator.next(8), denominator: 9)
      return generator.next(2) == 0 ? [share, Rational(1) - share] : [Rational(1) - share, share]
    }
    return TestModels.model(
      states: 4, actions: actions, start: [1, 0, 0, 0].map { Rational($0) }, next: next,
      probability: probability, reward: rewards, discount: discount)
  }

  /// V of every deterministic policy.
  private func values(_ document: MDPDocument) -> [[Rational]] {
    let space = document.space
    var choices: [[Int]] = [[]]
    for state in space.liveStates {
      choices = choices.flatMap { choice in space.pairs(of: state).map { choice + [$0] } }
    }
    return choices.map { choice in
      ExactReference(document, .deterministic(space) { choice[space.livePosition[$0]] })
        .stateValues
    }
  }

  @Test(
    "On 204 hard models the optimum is proved, and no deterministic policy beats it anywhere",
    arguments: Difficulty.allCases)
  func everyDeterministicPolicy(difficulty: Difficulty) throws {
    for seed in 1...34 {
      let document = try Self.model(difficulty, seed: UInt64(seed))
      let optimal = try OptimalPolicy(PolicyEvaluator(document))
      #expect(optimal.isProved && optimal.gap == 0, "\(difficulty) \(seed)")
      let found = ExactReference(document, optimal.policy).stateValues
      for other in values(document) {
        #expect(
          zip(found, other).allSatisfy { $0 >= $1 }, "\(difficulty) \(seed): \(found) < \(other)")
      }
    }
  }

  @Test(
    "A greedy policy takes the first action of the largest Q, whatever float64 can tell",
    arguments: Difficulty.allCases)
  func greedy(difficulty: Difficulty) throws {
    for seed in 1...34 {
      let document = try Self.model(difficulty, seed: UInt64(seed))
      let space = document.space
      let uniform = ExactPolicy.uniform(space)
      let q = Self.actionValues(document, ExactReference(document, uniform).stateValues)
      let evaluator = PolicyEvaluator(document)
      let found = try evaluator.ask(GreedyQuestion(), of: uniform, effort: .proof())
      let expected = ExactPolicy.deterministic(space) { state in
        let best = space.pairs(of: state).map { q[$0] }.max()
        return space.pairs(of: state).first { q[$0] == best } ?? -1
      }
      #expect(found.isDecided && found.answer == expected, "\(difficulty) \(seed)")
      let dropped = try evaluator.ask(
        WorstActionQuestion(of: uniform), of: uniform, effort: .proof())
      for state in space.liveStates {
        let worst = space.pairs(of: state).map { q[$0] }.min()
        let gone = space.pairs(of: state).filter { dropped.answer[$0].isExactlyZero }
        #expect(
          gone == Array(space.pairs(of: state).filter { q[$0] == worst }.prefix(1)),
          "\(difficulty) \(seed)")
      }
    }
  }

  /// Q, from the numbers of the document.
  static func actionValues(_ document: MDPDocument, _ values: [Rational]) -> [Rational] {
    let table = document.transitions
    return (0..<document.space.pairCount).map { pair in
      var (reward, future, sum) = (Rational(0), Rational(0), Rational(0))
      if !document.stateRewards.isEmpty {
        reward += document.stateRewards[document.space.state(ofPair: pair)].rational
      }
      if !document.actionRewards.isEmpty { reward += document.actionRewards[pair].rational }
      for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
        sum += table.probability[entry].rational
      }
      for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
        let probability = table.probability[entry].rational / sum
        if !document.transitionRewards.isEmpty {
          reward += probability * document.transitionRewards[entry].rational
        }
        future += probability * values[Int(table.nextState[entry])]
      }
      return reward + document.discount.rational * future
    }
  }

  @Test("Softmax steps of any length and sign", arguments: Difficulty.allCases)
  func softmax(difficulty: Difficulty) throws {
    for seed in 1...10 {
      let document = try Self.model(difficulty, seed: UInt64(seed))
      let space = document.space
      let uniform = ExactPolicy.uniform(space)
      let values = ExactReference(document, uniform).stateValues
      let q = Self.actionValues(document, values)
      let advantages = q.indices.map { q[$0] - values[space.state(ofPair: $0)] }
      let largest = advantages.map(\.magnitude).max() ?? Rational(0)
      guard largest.signum > 0 else { continue }
      for step in ["1e309", "-1e309", "1e-309", "1", "1e20"] {
        let step = try ExactNumber(parsing: step).rational
        let found = try PolicyEvaluator(document).ask(
          SoftmaxQuestion(step: step, from: uniform), of: uniform, effort: .proof())
        #expect(found.isDecided)
        for state in space.liveStates {
          let pairs = space.pairs(of: state)
          let exponents = pairs.map { (step * advantages[$0] / largest) }
          let top = exponents.max() ?? Rational(0)
          // Weights in exact exponents; at least one unit of 2⁻²⁶ each.
          let weights = exponents.map { max(exp(($0 - top).doubleValue), 0x1p-26) }
          let total = weights.reduce(0, +)
          for (pair, weight) in zip(pairs, weights) {
            #expect(
              abs(found.answer[pair].doubleValue - weight / total) < 0x1p-24,
              "\(difficulty) \(seed), step \(step.doubleValue)")
          }
        }
      }
    }
  }

  @Test("In float64 the policy is not called optimal, and the gap covers what is missing")
  func float64() throws {
    for difficulty in [Difficulty.offset, .penalty, .nearTies] {
      for seed in 1...10 {
        let document = try Self.model(difficulty, seed: UInt64(seed))
        let evaluator = PolicyEvaluator(document)
        let found = try OptimalPolicy(evaluator, effort: .float64)
        let best = try OptimalPolicy(evaluator)
        #expect(!found.isProved && best.isProved)
        let missing = zip(
          ExactReference(document, best.policy).stateValues,
          ExactReference(document, found.policy).stateValues
        ).map { $0 - $1 }
        for missing in missing where found.gap.isFinite {
          #expect(missing <= Rational(finite: found.gap), "\(difficulty) \(seed)")
        }
      }
    }
  }

  @Test("Where no exact solve is affordable the result says so, and the gap covers what is missing")
  func unaffordable() throws {
    // Exact ties: no ball decides them.
    let document = try MDPReader.read(InputBytes(path: Self.corpus("gridworld-4x4")))
    let found = try OptimalPolicy(PolicyEvaluator(document), effort: .refined)
    #expect(!found.isProved && found.gap > 0 && found.gap < 1e-9)
    let best = try OptimalPolicy(PolicyEvaluator(document))
    #expect(best.isProved && best.gap == 0)
    // Without ties refined balls are a proof.
    let racing = try MDPReader.read(InputBytes(path: Self.corpus("racing")))
    #expect(try OptimalPolicy(PolicyEvaluator(racing), effort: .refined).isProved)
  }

  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("mdps")

  private static func corpus(_ name: String) -> String {
    folder.appendingPathComponent("\(name).json").path
  }

  static func corpusNames() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  @Test(
    "On the corpus V satisfies Bellman's optimality equation, exactly",
    arguments: try corpusNames())
  func bellman(name: String) throws {
    let document = try MDPReader.read(InputBytes(path: Self.corpus(name)))
    let evaluator = PolicyEvaluator(document)
    guard evaluator.exactSecondsEstimate < 2 else { return }
    let optimal = try OptimalPolicy(evaluator)
    #expect(optimal.isProved)
    let values = try evaluator.solveExactly(optimal.policy).stateValues
    let q = Self.actionValues(document, values)
    for state in document.space.liveStates {
      let best = document.space.pairs(of: state).map { q[$0] }.max()
      #expect(best == values[state], "state \(state)")
    }
  }
}

/// Small random integers, the same everywhere.
struct SmallIntegers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// 0 … bound − 1.
  mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int((state >> 33) % UInt64(bound))
  }
}
