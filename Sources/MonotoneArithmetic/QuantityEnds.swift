/// Between which numbers a quantity lies: what may be concluded from a result, beside what it shows.
package struct QuantityEnds: Sendable {
  /// The quantity is at least this.
  package var lower: Double
  /// The quantity is at most this.
  package var upper: Double
  /// The quantity, where it is known exactly.
  package var exact: Rational?

  /// The ends of a quantity; nil where it is infinite or nothing is known of it.
  package init?(_ quantity: Quantity) {
    switch quantity {
    case .number(let value):
      (lower, upper) = (value, value)
    case .enclosure(let midpoint, let radius):
      (lower, upper) =
        radius == 0
        ? (midpoint, midpoint) : ((midpoint - radius).nextDown, (midpoint + radius).nextUp)
    case .exact:
      guard let value = quantity.rational else { return nil }
      (lower, upper) = (value.doubleValue.nextDown, value.doubleValue.nextUp)
      exact = value
      return
    default: return nil
    }
    guard lower > -.greatestFiniteMagnitude, upper < .greatestFiniteMagnitude else { return nil }
  }

  /// By how much another quantity exceeds this one: a number of its own, exact where both are.
  package func distance(to other: QuantityEnds) -> Quantity {
    if let exact, let target = other.exact { return (target - exact).quantity }
    let (low, high) = ((other.lower - upper).nextDown, (other.upper - lower).nextUp)
    let middle = low + (high - low) / 2
    return Quantity(
      midpoint: middle, radius: Double.greatest(high - middle, middle - low).nextUp)
  }
}
