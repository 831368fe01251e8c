import MonotoneProbability
import RealModule
import Testing

@testable import NeuralTRPO

@Suite("Surrogates of actions from another distribution, alone and in groups")
struct EstimatorTests {
  /// Rows in groups of K at the same state, with ratios π_old/q and weights.
  struct Grouped: Sendable {
    var test: TestBatch
    var importance: [Double]
    var weights: [Double]

    static let size = 5

    init(head: any PolicyHead, hidden: [Int], seed: UInt64) {
      let alone = TestBatch(head: head, hidden: hidden, rows: 300, seed: seed)
      test = TestBatch(alone, repeatingObservations: Self.size)
      var random = RandomStream(seed: seed + 100)
      importance = test.advantages.map { _ in Double.exp(0.5 * random.normal()) }
      weights = test.advantages.indices.map { 0.1 + Double($0 / Self.size % 7) }
    }

    func loaded(groupSize: Int?, advantages: [Double]? = nil) -> PolicyBatch<Double> {
      let batch = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: test.rows)
      batch.load(
        observations: test.observations, actions: test.actions,
        advantages: advantages ?? test.advantages, weights: weights, importance: importance,
        groupSize: groupSize, parameters: test.parameters)
      return batch
    }
  }

  static let batches = [
    Grouped(head: FactoredCategorical(choices: [4]), hidden: [6], seed: 1),
    Grouped(head: FactoredCategorical(choices: [2, 3]), hidden: [], seed: 2),
    Grouped(head: DiagonalGaussian(dimensions: 2), hidden: [5, 4], seed: 3),
  ]

  @Test(
    "Values are those of the formula, at the old policy and elsewhere", arguments: 0..<3,
    [nil, Grouped.size])
  func values(index: Int, groupSize: Int?) {
    let grouped = Self.batches[index]
    let test = grouped.test
    let batch = grouped.loaded(groupSize: groupSize)
    var other = test.plain
    other.parameters = test.moved(by: 0.5, test.direction(seed: 1))
    let ratios = (0..<test.rows).map { row in
      let observation = test.observation(row)
      let (new, old) = (
        other.logProbability(of: test.action(row), observation),
        test.plain.logProbability(of: test.action(row), observation)
      )
      return grouped.importance[row] * Double.exp(new - old)
    }
    // Sums of 300 terms of order 1 to 10 in double precision.
    let tolerance = 1e-11
    for (ratios, value) in [
      (grouped.importance, batch.oldSurrogate), (ratios, batch.values(other.parameters).surrogate),
    ] {
      var expected = 0.0
      if let groupSize {
        for start in stride(from: 0, to: test.rows, by: groupSize) {
          let group = start..<(start + groupSize)
          let total = group.reduce(0) { $0 + ratios[$1] }
          let sum = group.reduce(0) { $0 + ratios[$1] * test.advantages[$1] }
          expected += Double(groupSize) * grouped.weights[start] * sum / total
        }
      } else {
        for row in 0..<test.rows {
          expected += grouped.weights[row] * ratios[row] * test.advantages[row]
        }
      }
      #expect(abs(value - expected) <= tolerance * max(1, abs(expected)))
    }
    #expect(
      abs(batch.values(test.parameters).surrogate - batch.oldSurrogate) <= tolerance)
  }

  /// Tolerance as for the other derivatives: differences are right to about 1e-8.
  @Test("Gradients against differences", arguments: 0..<3, [nil, Grouped.size])
  func gradient(index: Int, groupSize: Int?) {
    let grouped = Self.batches[index]
    let batch = grouped.loaded(groupSize: groupSize)
    let gradient = batch.gradient()
    for seed in 0..<3 {
      let direction = grouped.test.direction(seed: UInt64(seed))
      let slope = grouped.test.slope(along: direction) { batch.values($0).surrogate }
      let expected = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(slope - expected) <= 1e-7 * max(1, abs(expected)))
    }
  }

  @Test("A constant added to a state's advantages does not move the self-normalised gradient")
  func baseline() {
    let grouped = Self.batches[0]
    let shifted = grouped.test.advantages.enumerated().map {
      $0.element + 10 * Double($0.offset / Grouped.size % 3)
    }
    let before = grouped.loaded(groupSize: Grouped.size).gradient()
    let after = grouped.loaded(groupSize: Grouped.size, advantages: shifted).gradient()
    // Advantages of 20, hence roundings of 1e-15 each, times weights of up to 7, in 300 rows.
    for (x, y) in zip(before, after) { #expect(abs(x - y) < 1e-11) }
    let alone = grouped.loaded(groupSize: nil).gradient()
    let moved = grouped.loaded(groupSize: nil, advantages: shifted).gradient()
    #expect(zip(alone, moved).contains { abs($0 - $1) > 1 })
  }

  @Test("Divergences count each row once, whatever the groups")
  func divergence() {
    let grouped = Self.batches[2]
    let parameters = grouped.test.moved(by: 0.3, grouped.test.direction(seed: 5))
    let (a, b) = (grouped.loaded(groupSize: nil), grouped.loaded(groupSize: Grouped.size))
    #expect(a.values(parameters).meanDivergence == b.values(parameters).meanDivergence)
  }
}
