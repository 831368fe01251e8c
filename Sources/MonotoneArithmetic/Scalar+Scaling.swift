internal import CFLINT

// Powers of two: rules compute in units in which their numbers are near 1, whatever the model's.

extension Scalar {
  public var binaryExponent: Int? {
    let value = approximation
    return value.isFinite && value != 0 ? Int(value.exponent) : nil
  }

  public func scaled(byPowerOfTwo exponent: Int) -> Self {
    var (number, rest) = (self, exponent)
    while rest != 0 {
      // As far as one float64 factor reaches.
      let part = max(-1000, min(1000, rest))
      number = number * Self(Double(sign: .plus, exponent: part, significand: 1))
      rest -= part
    }
    return number
  }
}

extension Rational {
  public var binaryExponent: Int? {
    guard signum != 0 else { return nil }
    var exponent = 0
    withUnsafeParts { exponent = Int(fmpz_bits($0)) - Int(fmpz_bits($1)) }
    return exponent
  }

  public func scaled(byPowerOfTwo exponent: Int) -> Rational {
    let distance = exponent.magnitude
    return withUnsafePointer { number in
      var result = fmpq()
      fmpq_init(&result)
      defer { fmpq_clear(&result) }
      if exponent >= 0 {
        fmpq_mul_2exp(&result, number, distance)
      } else {
        fmpq_div_2exp(&result, number, distance)
      }
      return Rational(copying: &result)
    }
  }
}
