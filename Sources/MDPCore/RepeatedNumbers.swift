package import MonotoneArithmetic

/// The latest numbers that were converted: policies of large models repeat few, which then share their memory.
struct RepeatedNumbers<Number> {
  private var exacts: [Rational] = []
  /// Of each of them.
  private var numbers: [Number] = []
  private var place = 0

  /// How many numbers are kept.
  private static var count: Int { 4 }

  /// A number, converted now or not long ago.
  mutating func callAsFunction<Failure: Error>(
    _ exact: Rational, _ convert: (Rational) throws(Failure) -> Number
  ) throws(Failure) -> Number {
    for index in exacts.indices where exacts[index].isIdentical(to: exact) {
      return numbers[index]
    }
    let number = try convert(exact)
    if exacts.count < Self.count {
      exacts.append(exact)
      numbers.append(number)
    } else {
      (exacts[place], numbers[place]) = (exact, number)
      place = (place + 1) % Self.count
    }
    return number
  }
}

extension ExactPolicy {
  /// This policy in another arithmetic.
  ///
  /// - Throws: ``NumberOutOfRange`` where a probability leaves the arithmetic's range.
  @_specialize(where Other == TrackedDouble)
  @_specialize(where Other == Ball)
  @_specialize(where Other == FloatBall)
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
