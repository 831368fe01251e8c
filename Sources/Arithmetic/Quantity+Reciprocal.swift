extension Quantity {
  /// 1/x: a fraction of a fraction, an enclosure of an enclosure, rounded outward; nil where x may
  /// be 0.
  public var reciprocal: Quantity? {
    switch self {
    case .number(let value): value == 0 ? nil : Quantity(1 / value)
    case .enclosure(let midpoint, let radius):
      abs(midpoint) > radius
        ? (Ball(1) / Ball(midpoint: midpoint, radius: radius)).quantity : nil
    case .exact(let text, _):
      // A text that is no number, from a document that was changed by hand, has no reciprocal.
      (try? ExactNumber(parsing: text).rational).flatMap { number in
        number.isExactlyZero ? nil : (Rational(1) / number).quantity
      }
    case .infinity, .negativeInfinity: Rational(0).quantity
    }
  }

  /// Whether this is proved to be the number 1.
  public var isExactlyOne: Bool {
    switch self {
    case .number, .infinity, .negativeInfinity: false
    case .enclosure(let midpoint, let radius): midpoint == 1 && radius == 0
    case .exact(let text, _): text == "1"
    }
  }
}
