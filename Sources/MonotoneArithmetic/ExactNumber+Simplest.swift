extension ExactNumber {
  /// The fraction of the smallest denominator that a binary floating-point number is the nearest to: 1/3 of
  /// 0.3333333333333333; nil where the number is infinite or NaN.
  ///
  /// The fractions that round to a number fill the interval between the midpoints to its neighbours, ends
  /// included where the last bit is 0. The simplest in an interval is found by the continued fractions of its
  /// ends: Knuth, The Art of Computer Programming, vol. 2, §4.5.3, exercise 39.
  public init?<Number: BinaryFloatingPoint>(simplest value: Number) {
    guard value.isFinite, let center = Rational(exactly: Double(value)) else { return nil }
    guard value != 0, let below = Rational(exactly: Double(value.magnitude.nextDown)),
      let above = Rational(exactly: Double(value.magnitude.nextUp))
    else {
      // Zero, and the largest number, whose neighbour is no number.
      self.init(center)
      return
    }
    let magnitude = center.magnitude
    let half = Rational(numerator: 1, denominator: 2)
    let isEven = value.significandBitPattern & 1 == 0
    let simplest = Self.simplest(
      from: (below + magnitude) * half, to: (magnitude + above) * half, isClosed: isEven)
    self.init(value < 0 ? -simplest : simplest)
  }

  /// The fraction of the smallest denominator that is nearer to a number than a distance; the number itself where
  /// it is no larger than that.
  package init(simplestNear number: ExactNumber, within distance: Rational) {
    let center = number.rational
    guard center > distance else {
      self = number
      return
    }
    self.init(Self.simplest(from: center - distance, to: center + distance, isClosed: false))
  }

  /// The fraction of the smallest denominator between two positive numbers.
  private static func simplest(from low: Rational, to high: Rational, isClosed: Bool) -> Rational {
    let whole = low.floor
    if isClosed, whole == low { return whole }
    let next = whole + Rational(1)
    if next < high || isClosed && next == high { return next }
    // Both ends lie in [whole, next]: the rest is the reciprocal of the simplest between their reciprocals.
    let (rest, limit) = (low - whole, high - whole)
    guard !rest.isExactlyZero else {
      // Open at a whole number: 1/q with the smallest q below 1/limit.
      let least = (Rational(1) / limit).floor + Rational(1)
      return whole + Rational(1) / least
    }
    return whole
      + Rational(1)
      / simplest(from: Rational(1) / limit, to: Rational(1) / rest, isClosed: isClosed)
  }
}
