package import MonotoneArithmetic

/// The latest numbers that were converted: policies of large models repeat few, which then share their memory.
struct RepeatedNumbers<Number> {
  private struct Known {
    var exact: Rational
    var number: Number
  }

  private var known: [Known] = []
  private var place = 0

  /// How many numbers are kept.
  private static var count: Int { 4 }

  /// A number, converted now or not long ago.
  mutating func callAsFunction<Failure: Error>(
    _ exact: Rational, _ convert: (Rational) throws(Failure) -> Number
  ) throws(Failure) -> Number {
    for entry in known where entry.exact.isIdentical(to: exact) { return entry.number }
    let new = Known(exact: exact, number: try convert(exact))
    if known.count < Self.count {
      known.append(new)
    } else {
      known[place] = new
      place = (place + 1) % Self.count
    }
    return new.number
  }
}

extension ExactPolicy {
  /// This policy in another arithmetic.
  ///
  /// - Throws: ``NumberOutOfRange`` where a probability leaves the arithmetic's range.
  package func converted<Other: Scalar>(
    to type: Other.Type
  ) throws(NumberOutOfRange) -> TabularPolicy<Other> {
    var repeated = RepeatedNumbers<Other>()
    return try map { (number: Rational) throws(NumberOutOfRange) in
      try repeated(number) { (exact: Rational) throws(NumberOutOfRange) in
        try Other(ExactNumber(exact))
      }
    }
  }
}
