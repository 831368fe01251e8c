internal import MonotoneArithmetic

extension ExactNumberArray {
  /// Sets a number, after as many zeros as there have to be; a 0 behind the end is not stored.
  mutating func set(_ number: ExactNumber, at index: Int) {
    if index < count {
      self[index] = number
    } else if !number.isZero {
      while count < index { append(ExactNumber(0)) }
      append(number)
    }
  }

  /// A number, 0 behind the end.
  func value(at index: Int) -> ExactNumber { index < count ? self[index] : ExactNumber(0) }
}
