import Testing

@testable import MonotoneProbability

@Suite("Counter-based random streams")
struct RandomStreamTests {
  /// The known answers of Random123 1.14, kat_vectors, `philox4x32 10`.
  @Test(
    "Philox4x32-10 gives the published answers",
    arguments: [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
    let block = RandomStream.philox(
      .init(x: counter[0], y: counter[1], z: counter[2], w: counter[3]),
      key: .init(x: key[0], y: key[1]))
    #expect(block == .init(x: answer[0], y: answer[1], z: answer[2], w: answer[3]))
  }

  @Test("A stream replays; streams and seeds differ")
  func streams() {
    func draws(_ seed: UInt64, _ stream: UInt64) -> [UInt64] {
      var random = RandomStream(seed: seed, stream: stream)
      return (0..<64).map { _ in random.next() }
    }
    #expect(draws(1, 0) == draws(1, 0))
    let all = [draws(1, 0), draws(1, 1), draws(2, 0), draws(1 << 32, 0), draws(1, 1 << 32)]
    #expect(Set(all.flatMap { $0 }).count == 5 * 64)
  }

  @Test("A stream goes on from any position, odd or even", arguments: 0..<9 as Range<UInt64>)
  func positions(drawn: UInt64) {
    var stream = RandomStream(seed: 5, stream: 6)
    for _ in 0..<drawn { _ = stream.next() }
    #expect(stream.position == drawn)
    var other = RandomStream(seed: 5, stream: 6, position: drawn)
    #expect(other.position == drawn)
    for _ in 0..<5 { #expect(stream.next() == other.next()) }
    #expect(stream.position == other.position && stream.position == drawn + 5)
  }

  @Test("The last position does not overflow")
  func lastPosition() {
    for position in [UInt64.max, UInt64.max - 1] {
      var stream = RandomStream(seed: 5, stream: 6, position: position)
      #expect(stream.position == position)
      _ = stream.next()
      #expect(stream.position == position &+ 1)
    }
  }

  /// χ² over 7 cells with 6 degrees of freedom; P(χ² > 38.3) < 1e-6. Fixed seed.
  @Test("Bounded integers are uniform")
  func uniformIntegers() {
    var random = RandomStream(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.integer(below: 7)] += 1 }
    let statistic = counts.reduce(0.0) {
      $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000
    }
    #expect(statistic < 38.3)
  }

  /// Every pair of 5 is drawn with probability 1/10; 9 degrees of freedom, P(χ² > 45.1) < 1e-6.
  @Test("Subsets are uniform, sorted and without repetition")
  func subsets() {
    var random = RandomStream(seed: 4)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<20_000 { counts[random.subset(of: 5, count: 2), default: 0] += 1 }
    #expect(counts.count == 10)
    #expect(counts.keys.allSatisfy { $0[0] < $0[1] })
    let statistic = counts.values.reduce(0.0) {
      $0 + (Double($1) - 2_000) * (Double($1) - 2_000) / 2_000
    }
    #expect(statistic < 45.1)
    #expect(random.subset(of: 4, count: 4) == [0, 1, 2, 3])
  }

  @Test("Uniform numbers lie in [0, 1)")
  func uniforms() {
    var random = RandomStream(seed: 5)
    let draws = (0..<10_000).map { _ in random.uniform() }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
    // Mean 1/2 with standard error 0.0029; six of them: false alarm below 1e-8.
    #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 6 * 0.0029)
  }
}
