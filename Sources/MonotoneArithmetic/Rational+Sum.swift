internal import CFLINT

extension Rational {
  /// Σ left · right, reduced to lowest terms once.
  ///
  /// The numbers of one policy's evaluation share one long denominator up to small factors. Reducing every
  /// partial sum would cost a greatest common divisor of long integers a term; here a term costs a
  /// division that comes out even, and a product.
  public static func sum(
    over indices: Range<Int>, _ left: (Int) -> Rational, times right: (Int) -> Rational
  ) -> Rational {
    var (total, term) = (fmpq(), fmpq())
    var (multiple, factor, product) = (fmpz(), fmpz(), fmpz())
    fmpq_init(&total)
    fmpq_init(&term)
    fmpz_init(&multiple)
    fmpz_init(&factor)
    fmpz_init(&product)
    defer {
      fmpq_clear(&total)
      fmpq_clear(&term)
      fmpz_clear(&multiple)
      fmpz_clear(&factor)
      fmpz_clear(&product)
    }
    for index in indices {
      let (a, b) = (left(index), right(index))
      if a.isExactlyZero || b.isExactlyZero { continue }
      a.withUnsafeParts { numerator, denominator in
        b.withUnsafeParts { otherNumerator, otherDenominator in
          fmpz_mul(&term.num, numerator, otherNumerator)
          fmpz_mul(&term.den, denominator, otherDenominator)
        }
      }
      if fmpz_divisible(&total.den, &term.den) == 0 {
        // Over the least common multiple from here on.
        fmpz_lcm(&multiple, &total.den, &term.den)
        fmpz_divexact(&factor, &multiple, &total.den)
        fmpz_mul(&product, &total.num, &factor)
        fmpz_swap(&total.num, &product)
        fmpz_swap(&total.den, &multiple)
      }
      fmpz_divexact(&factor, &total.den, &term.den)
      fmpz_addmul(&total.num, &term.num, &factor)
    }
    fmpq_canonicalise(&total)
    return Rational(copying: &total)
  }
}
