extension Quantity {
  /// 1/x: a fraction of a fraction, an enclosure of an enclosure, rounded outward; nil where x may
  /// be 0.
  public var reciprocal: Quantity? {
    switch self {
    case .number(let value): value == 0 ? nil : Quantity(1 / value)
    case .enclosure(let midpoint, let radius):
      abs(midpoint) > radius
        ? (Ball(1) / Ball(midpoint: midpoint, radius: radius)).quantity : nil
    case .exact:
      rational.flatMap { $0.isExactlyZero ? nil : (Rational(1) / $0).quantity }
    case .infinity, .negativeInfinity: Rational(0).quantity
    case .unknown: nil
    }
  }

  /// Whether this is proved to be the number 1.
  public var isExactlyOne: Bool {
    switch self {
    case .number, .infinity, .negativeInfinity, .unknown: false
    case .enclosure(let midpoint, let radius): midpoint == 1 && radius == 0
    case .exact(let text, _): text == "1"
    }
  }
}
