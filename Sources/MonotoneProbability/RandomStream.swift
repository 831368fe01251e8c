/// A seeded, counter-based stream of random numbers: Philox4x32-10.
///
/// Draw k of stream j under seed s is a pure function of (s, j, k). Streams are independent
/// without coordination, a stream can be replayed from its start, and nothing depends on the
/// machine or the version of the language.
///
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011. Own code,
/// because no Swift library that resolves here has a counter-based generator.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: Words2
  private let stream: UInt64
  private var counter: UInt64 = 0
  private var spare: UInt64?

  /// Stream number `stream` under a seed.
  public init(seed: UInt64, stream: UInt64 = 0) {
    key = Words2(x: UInt32(truncatingIfNeeded: seed), y: UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = stream
  }

  /// The stream after `position` numbers of 64 bits.
  public init(seed: UInt64, stream: UInt64, position: UInt64) {
    self.init(seed: seed, stream: stream)
    counter = position / 2
    if position % 2 == 1 { _ = next() }
  }

  /// How many numbers of 64 bits were drawn: what it takes, beside seed and stream, to go on from
  /// here.
  public var position: UInt64 { 2 &* counter &- (spare == nil ? 0 : 1) }

  /// 64 uniform random bits.
  public mutating func next() -> UInt64 {
    if let word = spare {
      spare = nil
      return word
    }
    let block = Self.philox(
      Words4(
        x: UInt32(truncatingIfNeeded: counter), y: UInt32(truncatingIfNeeded: counter >> 32),
        z: UInt32(truncatingIfNeeded: stream), w: UInt32(truncatingIfNeeded: stream >> 32)),
      key: key)
    counter += 1
    spare = UInt64(block.w) << 32 | UInt64(block.z)
    return UInt64(block.y) << 32 | UInt64(block.x)
  }

  /// A uniform number in [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A uniform integer in 0 ..< bound, without bias (Lemire 2019).
  ///
  /// - Precondition: `bound` > 0.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "no integer lies below \(bound) and above −1")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// `count` different integers in 0 ..< bound, ascending (Floyd's sampling).
  ///
  /// - Precondition: 0 ≤ `count` ≤ `bound`.
  public mutating func subset(of bound: Int, count: Int) -> [Int] {
    precondition(count >= 0 && count <= bound, "no subset of \(count) in \(bound)")
    var chosen: Set<Int> = []
    for last in (bound - count)..<bound {
      let draw = integer(below: last + 1)
      if !chosen.insert(draw).inserted { chosen.insert(last) }
    }
    return chosen.sorted()
  }

  /// Brings elements into a random order, each order as likely (Fisher and Yates, from the last place
  /// down). The standard library's shuffle is free to change from version to version.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    elements.withUnsafeMutableBufferPointer { elements in
      for last in stride(from: elements.count - 1, to: 0, by: -1) {
        elements.swapAt(last, integer(below: last + 1))
      }
    }
  }

  struct Words2: Sendable, Equatable { var x, y: UInt32 }
  struct Words4: Sendable, Equatable { var x, y, z, w: UInt32 }

  /// Ten rounds of the Philox bijection.
  static func philox(_ counter: Words4, key: Words2) -> Words4 {
    var c = counter
    var k = key
    for round in 0..<10 {
      if round > 0 { k = Words2(x: k.x &+ 0x9E37_79B9, y: k.y &+ 0xBB67_AE85) }
      let a = (0xD251_1F53 as UInt32).multipliedFullWidth(by: c.x)
      let b = (0xCD9E_8D57 as UInt32).multipliedFullWidth(by: c.z)
      c = Words4(x: b.high ^ c.y ^ k.x, y: b.low, z: a.high ^ c.w ^ k.y, w: a.low)
    }
    return c
  }
}
