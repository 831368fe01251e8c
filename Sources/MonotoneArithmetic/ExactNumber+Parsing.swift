/// Why a text is not a number that a file may hold.
public enum NumberFault: Error, Sendable, Equatable {
  /// Not an integer, a decimal or p/q.
  case malformed
  /// q = 0 in p/q.
  case zeroDenominator
  /// A decimal exponent beyond ±``ExactNumber/largestExponent``.
  case exponentTooLarge
  /// More digits than ``ExactNumber/mostDigits``.
  case tooManyDigits

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    switch self {
    case .malformed: "expected an integer, a decimal or a fraction p/q"
    case .zeroDenominator: "the denominator is zero"
    case .exponentTooLarge:
      "the decimal exponent is beyond ±\(ExactNumber.largestExponent); rescale the model"
    case .tooManyDigits:
      "more than \(ExactNumber.mostDigits) digits; write fewer digits or a fraction p/q"
    }
  }
}

extension ExactNumber {
  /// The largest decimal exponent that a number may carry.
  public static let largestExponent = 10_000

  /// The most digits that a number may have, once written without exponent: far beyond any use,
  /// yet converted in milliseconds.
  public static let mostDigits = 100_000

  /// Reads an integer, a decimal with optional exponent, or a fraction p/q.
  ///
  /// The grammar of a decimal is that of a JSON number (RFC 8259, §6): no leading `+`, no leading
  /// zeros, digits on both sides of a point. A fraction is two such integers around a bar, the
  /// second unsigned; it need not be in lowest terms.
  public init(parsing text: String) throws(NumberFault) {
    var text = text
    let result: Result<ExactNumber, NumberFault> = text.withUTF8 { bytes in
      do throws(NumberFault) {
        return .success(try ExactNumber(parsing: bytes))
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  /// Reads a number from UTF-8 bytes: see ``init(parsing:)-(String)``.
  public init(parsing bytes: UnsafeBufferPointer<UInt8>) throws(NumberFault) {
    var reader = NumberReader(bytes: bytes)
    self = try reader.read()
  }
}

/// One pass over the bytes of a number.
private struct NumberReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  mutating func read() throws(NumberFault) -> ExactNumber {
    let negative = next == UInt8(ascii: "-")
    if negative { position += 1 }
    var significand: UInt64 = 0
    var fits = true
    var scale = 0

    let integerStart = position
    try readInteger(into: &significand, fits: &fits)
    let integerEnd = position
    if next == UInt8(ascii: "/") {
      return try readFraction(
        negative: negative, integer: integerStart..<integerEnd, value: fits ? significand : nil)
    }
    var fraction = position..<position
    if next == UInt8(ascii: ".") {
      position += 1
      let start = position
      readDigits(into: &significand, fits: &fits)
      guard position > start else { throw .malformed }
      fraction = start..<position
      scale = fraction.count
    }
    let exponent = try readExponent()
    guard position == bytes.count else { throw .malformed }
    // Written without exponent, as an integer or as p/10^scale.
    let digitCount = integerEnd - integerStart + fraction.count + max(0, exponent - scale)
    guard max(digitCount, 1 + scale - exponent) <= ExactNumber.mostDigits else {
      throw .tooManyDigits
    }
    if fits,
      let decimal = ShortDecimal(
        significand: significand, exponent: exponent - scale, isNegative: negative)
    {
      return ExactNumber(decimal)
    }
    let digits =
      (negative ? "-" : "")
      + String(decoding: bytes[integerStart..<integerEnd], as: UTF8.self)
      + String(decoding: bytes[fraction], as: UTF8.self)
    return ExactNumber(Rational(digits: digits, exponent: exponent - scale))
  }

  private mutating func readFraction(
    negative: Bool, integer: Range<Int>, value: UInt64?
  ) throws(NumberFault) -> ExactNumber {
    position += 1
    let start = position
    var denominator: UInt64 = 0
    var fits = true
    readDigits(into: &denominator, fits: &fits)
    guard position > start, position == bytes.count else { throw .malformed }
    guard max(integer.count, position - start) <= ExactNumber.mostDigits else {
      throw .tooManyDigits
    }
    if fits, denominator == 0 { throw .zeroDenominator }
    if fits, denominator < UInt64(Int32.max), let value, value < UInt64(Int32.max) {
      return ExactNumber(
        numerator: negative ? -Int(value) : Int(value), denominator: Int(denominator))
    }
    return ExactNumber(
      Rational(
        digits: (negative ? "-" : "") + String(decoding: bytes[integer], as: UTF8.self),
        denominator: String(decoding: bytes[start..<position], as: UTF8.self)))
  }

  /// Digits without a leading zero, as JSON wants them.
  private mutating func readInteger(
    into value: inout UInt64, fits: inout Bool
  ) throws(NumberFault) {
    let start = position
    readDigits(into: &value, fits: &fits)
    guard position > start else { throw .malformed }
    if bytes[start] == UInt8(ascii: "0"), position > start + 1 { throw .malformed }
  }

  /// Any run of digits; `fits` turns false once the value leaves 64 bits.
  private mutating func readDigits(into value: inout UInt64, fits: inout Bool) {
    while position < bytes.count, Self.isDigit(bytes[position]) {
      let digit = UInt64(bytes[position] &- 0x30)
      // 19 digits always fit.
      if value > 999_999_999_999_999_999 { fits = false } else { value = value * 10 + digit }
      position += 1
    }
  }

  private mutating func readExponent() throws(NumberFault) -> Int {
    guard next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else { return 0 }
    position += 1
    let negative = next == UInt8(ascii: "-")
    if negative || next == UInt8(ascii: "+") { position += 1 }
    let start = position
    var exponent = 0
    while position < bytes.count, Self.isDigit(bytes[position]) {
      exponent = min(exponent * 10 + Int(bytes[position] &- 0x30), ExactNumber.largestExponent + 1)
      position += 1
    }
    guard position > start else { throw .malformed }
    guard exponent <= ExactNumber.largestExponent else { throw .exponentTooLarge }
    return negative ? -exponent : exponent
  }
}
