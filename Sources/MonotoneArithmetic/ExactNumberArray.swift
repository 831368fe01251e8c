/// A compact array of exact numbers: one machine word each.
///
/// A model read from a file holds millions of them, almost all short decimals or small fractions.
/// Those are packed into 64 bits; the few that do not fit stand aside.
public struct ExactNumberArray: Sendable {
  // Word layout, from the lowest bit: decimals 0, scale (5), sign (1), magnitude (57);
  // fractions 01, denominator (31), numerator (31, two's complement); large 11, index.
  @usableFromInline var words: [UInt64] = []
  private var large: [Rational] = []

  /// No numbers.
  public init() {}

  /// The numbers of a sequence, in its order.
  public init(_ numbers: some Sequence<ExactNumber>) {
    for number in numbers { append(number) }
  }

  /// `count` zeros.
  public init(zeros count: Int) { words = [UInt64](repeating: 0, count: count) }

  /// Adds a number at the end.
  public mutating func append(_ number: ExactNumber) { words.append(pack(number)) }

  /// Adds a decimal at the end.
  @inlinable package mutating func append(_ decimal: ShortDecimal) {
    words.append(Self.pack(decimal))
  }

  /// Takes away as many numbers at the end.
  package mutating func removeLast(_ count: Int) { words.removeLast(count) }

  /// Adds a run of another array's numbers at the end.
  public mutating func append(_ other: ExactNumberArray, _ range: Range<Int>) {
    guard !other.large.isEmpty else { return words.append(contentsOf: other.words[range]) }
    for word in other.words[range] {
      words.append(word & 0b11 == 0b11 ? pack(other.unpack(word)) : word)
    }
  }

  /// Makes room for `count` numbers in all.
  public mutating func reserveCapacity(_ count: Int) { words.reserveCapacity(count) }

  /// Puts the numbers of a range into another order: first the one at `order[0]`, and so on.
  ///
  /// - Precondition: `order` is a permutation of the range.
  public mutating func reorder(_ range: Range<Int>, as order: [Int]) {
    precondition(order.count == range.count, "\(order.count) places for \(range.count) numbers")
    words.replaceSubrange(range, with: order.map { words[$0] })
  }

  /// Whether every number is 0.
  public var isAllZero: Bool { words.allSatisfy { $0 == 0 } }

  @inlinable static func pack(_ decimal: ShortDecimal) -> UInt64 {
    decimal.significand.magnitude << 7 | (decimal.significand < 0 ? 1 << 6 : 0)
      | UInt64(truncatingIfNeeded: decimal.scale) << 1
  }

  private mutating func pack(_ number: ExactNumber) -> UInt64 {
    switch number.storage {
    case .decimal(let significand, let scale):
      return significand.magnitude << 7 | (significand < 0 ? 1 << 6 : 0) | UInt64(scale) << 1
    case .fraction(let numerator, let denominator):
      return UInt64(bitPattern: numerator) << 33 | UInt64(denominator) << 2 | 0b01
    case .large(let value):
      large.append(value)
      return UInt64(large.count - 1) << 2 | 0b11
    }
  }

  private func unpack(_ word: UInt64) -> ExactNumber {
    guard word & 1 == 1 else {
      let magnitude = Int64(word >> 7)
      return ExactNumber(
        storage: .decimal(
          significand: word & (1 << 6) == 0 ? magnitude : -magnitude,
          scale: Int(word >> 1 & 0b1_1111)))
    }
    guard word & 0b10 == 0 else {
      return ExactNumber(storage: .large(large[Int(word >> 2)]))
    }
    return ExactNumber(
      storage: .fraction(
        numerator: Int64(bitPattern: word) >> 33, denominator: Int64(word >> 2 & 0x7FFF_FFFF)))
  }
}

extension ExactNumberArray {
  /// A number in float64 with its error: as fast as a division for the short decimals that nearly all are.
  ///
  /// - Throws: ``NumberOutOfRange`` where float64 cannot hold the number.
  package func tracked(_ index: Int) throws(NumberOutOfRange) -> TrackedDouble {
    let word = words[index]
    let scale = Int(word >> 1 & 0b1_1111)
    guard word & 1 == 0, word >> 7 <= 1 << 53, scale <= 19 else {
      return try TrackedDouble(unpack(word))
    }
    let magnitude = Double(word >> 7)
    let power = Self.powersOfTen[scale]
    // One rounding of two float64 numbers; the fused product tells whether there was one at all.
    let quotient = magnitude / power
    let value = word & (1 << 6) == 0 ? quotient : -quotient
    return (-magnitude).addingProduct(quotient, power) == 0
      ? TrackedDouble(value) : .rounded(value, propagated: 0)
  }

  private static let powersOfTen = ExactNumber.powersOfTen.map { Double($0) }
}

extension ExactNumberArray: RandomAccessCollection, MutableCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { words.count }

  public subscript(index: Int) -> ExactNumber {
    get { unpack(words[index]) }
    set { words[index] = pack(newValue) }
  }

  /// Exchanges two numbers.
  public mutating func swapAt(_ i: Int, _ j: Int) { words.swapAt(i, j) }
}

extension ExactNumberArray: Equatable {
  public static func == (a: Self, b: Self) -> Bool {
    guard a.words.count == b.words.count else { return false }
    // Large numbers stand in the order of their arrival, which is no part of the value.
    return zip(a.words, b.words).allSatisfy { x, y in
      x & 0b11 == 0b11 && y & 0b11 == 0b11 ? a.unpack(x) == b.unpack(y) : x == y
    }
  }
}
