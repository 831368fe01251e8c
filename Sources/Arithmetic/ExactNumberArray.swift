/// A compact array of exact numbers: one machine word each.
///
/// A model read from a file holds millions of them, almost all short decimals or small fractions.
/// Those are packed into 64 bits; the few that do not fit stand aside.
public struct ExactNumberArray: Sendable, Equatable {
  private var words: [UInt64] = []
  private var large: [Rational] = []

  public init() {}

  public init(_ numbers: some Sequence<ExactNumber>) {
    for number in numbers { append(number) }
  }

  // Word layout, from the lowest bit: decimals 0, scale (5), sign (1), magnitude (57);
  // fractions 01, denominator (31), numerator (31, two's complement); large 11, index.

  /// Adds a number at the end.
  public mutating func append(_ number: ExactNumber) {
    switch number.storage {
    case .decimal(let significand, let scale):
      words.append(
        significand.magnitude << 7 | (significand < 0 ? 1 << 6 : 0) | UInt64(scale) << 1)
    case .fraction(let numerator, let denominator):
      words.append(
        UInt64(bitPattern: numerator) << 33 | UInt64(denominator) << 2 | 0b01)
    case .large(let value):
      words.append(UInt64(large.count) << 2 | 0b11)
      large.append(value)
    }
  }

  /// Makes room for `count` numbers in all.
  public mutating func reserveCapacity(_ count: Int) { words.reserveCapacity(count) }
}

extension ExactNumberArray: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { words.count }

  public subscript(index: Int) -> ExactNumber {
    let word = words[index]
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
