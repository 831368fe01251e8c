package import MonotoneArithmetic
internal import CFLINT

/// A sum of small fractions times entries of one ``FractionVector``, not yet in lowest terms.
///
/// Held as numerator / (small · d), d the vector's denominator: what rewards, discounts and
/// probabilities bring to the denominator is short, so an addition is one product of a long integer
/// by a short one. Results are reduced once, together: see ``values(_:over:)``.
package final class FractionSum {
  private let vector: FractionVector
  /// The numerator, the small denominator, and three to work with.
  private let numbers = Integers(zeros: 5)

  /// 0.
  package init(over vector: FractionVector) {
    self.vector = vector
    fmpz_one(numbers[1])
  }

  /// Adds weight · vector[index].
  package func add(_ weight: Rational, timesEntry index: Int) {
    add(weight, timesInteger: vector.numerators[index])
  }

  /// Adds a number.
  package func add(_ number: Rational) { add(number, timesInteger: vector.denominator) }

  /// Adds weight · other, a sum over the same vector.
  package func add(_ weight: Rational, times other: FractionSum) {
    assert(other.vector === vector, "sums over two vectors have no common denominator")
    weight.withUnsafeParts { numerator, denominator in
      fmpz_set(numbers[2], numerator)
      fmpz_mul(numbers[3], denominator, other.numbers[1])
    }
    addFactor(timesInteger: other.numbers[0])
  }

  /// Multiplies by a number.
  package func multiply(by factor: Rational) {
    factor.withUnsafeParts { numerator, denominator in
      fmpz_mul(numbers[0], numbers[0], numerator)
      fmpz_mul(numbers[1], numbers[1], denominator)
    }
  }

  /// Whether the sum is 0.
  package var isZero: Bool { fmpz_is_zero(numbers[0]) != 0 }

  /// The value of each sum, all over one vector, in lowest terms.
  package static func values(_ sums: [FractionSum], over vector: FractionVector) -> [Rational] {
    FractionReduction(over: vector.denominator).reduce(count: sums.count) {
      assert(sums[$0].vector === vector, "a sum over another vector")
      return (sums[$0].numbers[0], sums[$0].numbers[1])
    }
  }

  private func add(_ weight: Rational, timesInteger long: UnsafePointer<fmpz>) {
    weight.withUnsafeParts { numerator, denominator in
      fmpz_set(numbers[2], numerator)
      fmpz_set(numbers[3], denominator)
    }
    addFactor(timesInteger: long)
  }

  /// Adds (f/e) · long/d, f and e being the first two numbers to work with.
  private func addFactor(timesInteger long: UnsafePointer<fmpz>) {
    let (numerator, denominator) = (numbers[0], numbers[1])
    let (factor, divisor, common) = (numbers[2], numbers[3], numbers[4])
    if fmpz_equal(denominator, divisor) == 0 {
      if fmpz_divisible(denominator, divisor) == 0 {
        // To the least common multiple of the small denominators.
        fmpz_lcm(common, denominator, divisor)
        fmpz_divexact(denominator, common, denominator)
        fmpz_mul(numerator, numerator, denominator)
        fmpz_set(denominator, common)
      }
      fmpz_divexact(divisor, denominator, divisor)
      fmpz_mul(factor, factor, divisor)
    }
    fmpz_addmul(numerator, factor, long)
  }
}
