internal import MonotoneArithmetic

/// Rational numbers as numerator and denominator of so many bytes each, lowest byte first.
enum RationalBytes {
  /// How many bits a numerator and a denominator need, a sign included.
  static func bits(_ number: ExactNumber) -> Int {
    number.rational.bitCount + 1
  }

  static func bytes(_ number: ExactNumber, width: Int) -> [UInt8] {
    let parts = number.rational.description.split(separator: "/")
    let isNegative = parts[0].hasPrefix("-")
    var top = magnitude(isNegative ? parts[0].dropFirst() : parts[0], width)
    if isNegative {
      // Two's complement.
      var carry = true
      for place in top.indices {
        top[place] = ~top[place]
        if carry { (top[place], carry) = top[place].addingReportingOverflow(1) }
      }
    }
    return top + magnitude(parts.count > 1 ? parts[1] : "1", width)
  }

  private static func magnitude(_ digits: Substring, _ width: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: width)
    if let small = UInt64(digits) {
      for place in 0..<8 { bytes[place] = UInt8(truncatingIfNeeded: small >> (8 * place)) }
      return bytes
    }
    for digit in digits.utf8 {
      var carry = Int(digit &- 0x30)
      for place in bytes.indices {
        let value = Int(bytes[place]) * 10 + carry
        bytes[place] = UInt8(truncatingIfNeeded: value)
        carry = value >> 8
      }
    }
    return bytes
  }
}
