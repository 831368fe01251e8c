import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Alias tables")
struct AliasTableTests {
  private static let ascending = (1...60).map { Double($0) }
  private static let holes = (0..<40).map { $0 % 7 == 0 ? 0 : 1 / Double($0 + 1) }
  private static let weights: [[Double]] = [
    [1], [0, 3, 0], [1, 1, 1], [1e-300, 1], [0.2, 0.3, 0.5], [1, 0, 2, 0, 4, 0, 8], ascending,
    holes,
    [Double](repeating: 0.1, count: 50),
  ]

  /// Each cell's share is off by roundings of masses of up to n cells, each 1e-16 of a mass that is
  /// at most n cells of 1/n.
  @Test("The cells of a table hold the probabilities it was made of", arguments: weights)
  func reconstruction(weights: [Double]) {
    let total = weights.reduce(0, +)
    for (probability, weight) in zip(AliasTable(weights).probabilities, weights) {
      #expect(abs(probability - weight / total) <= 1e-15)
      #expect((probability == 0) == (weight == 0))
    }
  }

  @Test("Random tables of thousands of outcomes hold theirs")
  func large() {
    var random = RandomStream(seed: 41)
    let weights = (0..<3000).map { $0 % 3 == 0 ? 0 : random.uniform() * random.uniform() }
    let total = weights.reduce(0, +)
    for (probability, weight) in zip(AliasTable(weights).probabilities, weights) {
      #expect(abs(probability - weight / total) <= 1e-15)
      #expect((probability == 0) == (weight == 0))
    }
  }

  @Test(
    "Draws have the probabilities; false alarm 1e-6 each",
    arguments: weights.filter { $0.count != 2 })
  func draws(weights: [Double]) {
    let table = AliasTable(weights)
    var stream = RandomStream(seed: 42)
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<20_000 { counts[table.sample(&stream)] += 1 }
    let total = weights.reduce(0, +)
    #expect(ChiSquare.accepts(counts, weights.map { $0 / total }))
    #expect(stream.position == 20_000)
  }
}
