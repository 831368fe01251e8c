extension Quantity {
  /// The enclosure of every number within a radius of a float64 number, such that it holds as it is
  /// printed; unknown where one of the two is not finite.
  ///
  /// Printed are the shortest decimals that read back as the same float64 numbers. A reader may take
  /// those as they stand, and then the midpoint lies up to half a unit in its last place away, or
  /// may read float64 numbers from them. The radius grows by what makes both true.
  public init(midpoint: Double, radius: Double) {
    let grown = Self.printable(radius, around: midpoint)
    self =
      midpoint.isFinite && grown.isFinite ? .enclosure(midpoint: midpoint, radius: grown) : .unknown
  }

  /// Whether the shortest decimal of a float64 number is that number.
  private static func isDecimal(_ value: Double) -> Bool {
    // Integers of up to 53 bits are printed in full.
    if abs(value) <= 0x1p53, value == value.rounded(.towardZero) { return true }
    return (try? ExactNumber(parsing: "\(value)"))?.isExact(value) ?? false
  }

  private static func printable(_ radius: Double, around midpoint: Double) -> Double {
    // A radius of many units in the last place hides the rounding of the midpoint; only for a small
    // one is it worth while to see whether there is any.
    let unit = midpoint.ulp
    let isRounded = radius > unit || !isDecimal(midpoint)
    let least = isRounded ? (radius + unit / 2).nextUp : radius
    // The decimal of the radius, too, lies within half a unit of it; the next number's is above.
    return least == 0 ? 0 : least.nextUp
  }
}
