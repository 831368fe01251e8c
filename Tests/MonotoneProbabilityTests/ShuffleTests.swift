import Testing

@testable import MonotoneProbability

@Suite("Shuffles")
struct ShuffleTests {
  /// χ² over the 24 orders of 4, with 23 degrees of freedom; P(χ² > 73) < 1e-6. Fixed seed.
  @Test("Every order is as likely")
  func uniform() {
    var stream = RandomStream(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      stream.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24 && counts.keys.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
    let statistic = counts.values.reduce(0.0) {
      $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000
    }
    #expect(statistic < 73)
  }

  @Test("Nothing and a single element stay, and draw nothing")
  func short() {
    var stream = RandomStream(seed: 5)
    var (none, one) = ([Int](), [7])
    stream.shuffle(&none)
    stream.shuffle(&one)
    #expect(none.isEmpty && one == [7] && stream.position == 0)
  }
}
