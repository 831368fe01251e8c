import MonotoneArithmetic
import MDPCore
import MDPSolvers
import MDPTesting
import Testing

@testable import MDPGuarantees

/// Laws that tie the results on a model to the results on a changed model, where both are computed
/// by the code under test but the law is not.
@Suite("Metamorphic laws")
struct MetamorphicTests {
  private func model(_ seed: UInt64, discount: ExactNumber = .init(numerator: 9, denominator: 10))
    -> MDPDocument
  {
    Garnet.generate(
      GarnetConfiguration(
        states: 6, actions: 3, branching: 3, seed: seed, discount: discount, resolution: 64))
  }

  private func update(
    _ document: MDPDocument, _ current: ExactPolicy, _ candidate: ExactPolicy
  ) throws -> PolicyUpdate<TrackedDouble> {
    let evaluator = PolicyEvaluator(document)
    return PolicyUpdate(
      current: try evaluator.evaluate(current), candidate: try evaluator.evaluate(candidate))
  }

  private func policies(_ document: MDPDocument) -> [ExactPolicy] {
    [1, 2].map { ExactPolicy.random(document.space, seed: $0) }
  }

  private func expectEqual(
    _ a: TrackedDouble, _ b: TrackedDouble, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect((a - b).isZero == .yes, "\(a) and \(b)", sourceLocation: sourceLocation)
    #expect(max(a.error, b.error) < 1e-9, sourceLocation: sourceLocation)
  }

  @Test("Rewards scaled by c scale returns, advantages and penalties by c", arguments: 1...4)
  func scale(seed: Int) throws {
    let document = model(UInt64(seed))
    let p = policies(document)
    var scaled = document
    scaled.actionRewards = ExactNumberArray(
      document.actionRewards.map { ExactNumber($0.rational * Rational(-7)) })
    let (a, b) = (try update(document, p[0], p[1]), try update(scaled, p[0], p[1]))
    let factor = TrackedDouble(7)
    expectEqual(b.surrogateGap, -(factor * a.surrogateGap))
    expectEqual(b.maxAdvantage, factor * a.maxAdvantage)
    expectEqual(b.penaltyCoefficient, factor * a.penaltyCoefficient)
    expectEqual(b.maxTotalVariation, a.maxTotalVariation)
  }

  @Test("Rewards shifted by c shift returns by c/(1−γ) and nothing else", arguments: 1...4)
  func shift(seed: Int) throws {
    let document = model(UInt64(seed))
    let p = policies(document)
    var shifted = document
    shifted.actionRewards = ExactNumberArray(
      document.actionRewards.map { ExactNumber($0.rational + Rational(5)) })
    let (a, b) = (try update(document, p[0], p[1]), try update(shifted, p[0], p[1]))
    expectEqual(b.current.expectedReturn, a.current.expectedReturn + TrackedDouble(50))
    expectEqual(b.policyAdvantage, a.policyAdvantage)
    expectEqual(b.maxAdvantage, a.maxAdvantage)
    expectEqual(b.surrogateGap, a.surrogateGap)
  }

  @Test("Renaming the states changes nothing", arguments: 1...4)
  func relabel(seed: Int) throws {
    let document = model(UInt64(seed))
    let p = policies(document)
    // State s becomes state order[s].
    let order = [3, 0, 5, 1, 4, 2]
    let original = (0..<6).map { new in order.firstIndex(of: new) ?? 0 }
    var table = TransitionTable()
    var rewards: [ExactNumber] = []
    var probabilities: [[Rational]] = [[], []]
    for state in original {
      for pair in document.space.pairs(of: state) {
        let entries = document.transitions.rowStart[pair]..<document.transitions.rowStart[pair + 1]
        let row = entries.map { (order[Int(document.transitions.nextState[$0])], $0) }
          .sorted { $0.0 < $1.0 }
        for (next, entry) in row {
          table.nextState.append(Int32(next))
          table.probability.append(document.transitions.probability[entry])
        }
        table.rowStart.append(table.nextState.count)
        rewards.append(document.actionRewards[pair])
        for index in 0...1 { probabilities[index].append(p[index][pair]) }
      }
    }
    var renamed = document
    renamed.transitions = table
    renamed.actionRewards = ExactNumberArray(rewards)
    let q = probabilities.map { ExactPolicy(space: document.space, probabilities: $0) }
    let (a, b) = (try update(document, p[0], p[1]), try update(renamed, q[0], q[1]))
    expectEqual(a.surrogate, b.surrogate)
    expectEqual(a.surrogateGap, b.surrogateGap)
    expectEqual(a.maxAdvantage, b.maxAdvantage)
    expectEqual(a.meanTotalVariation, b.meanTotalVariation)
    for state in 0..<6 {
      expectEqual(a.current.stateValues[state], b.current.stateValues[order[state]])
      expectEqual(a.current.stateVisitation[state], b.current.stateVisitation[order[state]])
    }
  }

  @Test("An action given twice, its probability shared, changes nothing", arguments: 1...4)
  func duplicate(seed: Int) throws {
    let document = model(UInt64(seed))
    let p = policies(document)
    var table = TransitionTable()
    var rewards: [ExactNumber] = []
    var probabilities: [[Rational]] = [[], []]
    let half = Rational(numerator: 1, denominator: 2)
    for pair in 0..<document.space.pairCount {
      // The last action of each state appears twice.
      let copies = pair % 3 == 2 ? 2 : 1
      for _ in 0..<copies {
        for entry in document.transitions.rowStart[pair]..<document.transitions.rowStart[pair + 1] {
          table.nextState.append(document.transitions.nextState[entry])
          table.probability.append(document.transitions.probability[entry])
        }
        table.rowStart.append(table.nextState.count)
        rewards.append(document.actionRewards[pair])
        for index in 0...1 {
          probabilities[index].append(copies == 2 ? p[index][pair] * half : p[index][pair])
        }
      }
    }
    let space = StateActionSpace(
      states: Names(count: 6), actions: Names(count: 4),
      isTerminal: [Bool](repeating: false, count: 6), pairStart: (0...6).map { $0 * 4 },
      pairAction: (0..<24).map { Int32($0 % 4) })
    var doubled = document
    doubled.space = space
    doubled.transitions = table
    doubled.actionRewards = ExactNumberArray(rewards)
    let q = probabilities.map { ExactPolicy(space: space, probabilities: $0) }
    let (a, b) = (try update(document, p[0], p[1]), try update(doubled, q[0], q[1]))
    expectEqual(a.surrogate, b.surrogate)
    expectEqual(a.surrogateGap, b.surrogateGap)
    expectEqual(a.maxTotalVariation, b.maxTotalVariation)
    let (x, y) = (try #require(a.maxDivergence.number), try #require(b.maxDivergence.number))
    expectEqual(x, y)
  }

  @Test("Without a future the surrogate is exact", arguments: 1...4)
  func noDiscount(seed: Int) throws {
    let document = model(UInt64(seed), discount: ExactNumber(0))
    let p = policies(document)
    let update = try update(document, p[0], p[1])
    #expect(update.surrogateGap.isZero == .yes)
    #expect(update.penaltyCoefficient.isExactlyZero)
  }

  @Test("A policy that stays as it is moves nothing", arguments: 1...4)
  func identity(seed: Int) throws {
    let document = model(UInt64(seed))
    let p = policies(document)
    let update = try update(document, p[0], p[0])
    #expect(update.maxTotalVariation.value == 0)
    #expect(update.maxDivergence.number?.value == 0)
    #expect(update.policyAdvantage.isZero == .yes)
    let check = update.check(current: "p", candidate: "p")
    #expect(check.worst == .holds)
    #expect(check.improved == .holds)
    #expect(check.guaranteed == .violated)
  }
}
