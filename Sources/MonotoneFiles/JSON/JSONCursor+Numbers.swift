package import MonotoneArithmetic

extension JSONCursor {
  /// Consumes a JSON number that fits a ``ShortDecimal``, as nearly all do; leaves anything else,
  /// and the cursor, alone.
  @inlinable @inline(__always) package mutating func shortDecimal() -> ShortDecimal? {
    var place = position
    let isNegative = base[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let start = place
    var significand: UInt64 = 0
    var exponent = 0
    digits(&place, &significand)
    // A string, an object: not a number.
    guard place > start else { return nil }
    var digitCount = place - start
    if base[place] == UInt8(ascii: ".") {
      place += 1
      let fraction = place
      digits(&place, &significand)
      exponent = fraction - place
      digitCount += place - fraction
    }
    // 19 digits never overflow 64 bits; leading zeros may well make more.
    guard digitCount <= 19 else { return nil }
    if base[place] | 0x20 == UInt8(ascii: "e") {
      place += 1
      let sign = base[place]
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { place += 1 }
      let start = place
      var value: UInt64 = 0
      digits(&place, &value)
      guard place - start <= 4 else { return nil }
      exponent += sign == UInt8(ascii: "-") ? -Int(value) : Int(value)
    }
    guard
      let number = ShortDecimal(
        significand: significand, exponent: exponent, isNegative: isNegative)
    else { return nil }
    position = place
    return number
  }

  /// Consumes a JSON number that is whole, however written, and from 0 to below a limit; leaves anything
  /// else alone.
  package mutating func wholeNumber(below limit: Int) -> Int? {
    var copy = self
    guard let number = copy.shortDecimal(), number.scale == 0, number.significand >= 0,
      number.significand < limit
    else { return nil }
    self = copy
    return Int(number.significand)
  }

  @inlinable @inline(__always) package func digits(_ place: inout Int, _ value: inout UInt64) {
    while true {
      let digit = base[place] &- 0x30
      guard digit < 10 else { return }
      value = value &* 10 &+ UInt64(digit)
      place += 1
    }
  }
}
