package import MonotoneArithmetic
internal import CFLINT

/// Rationals over one common denominator: entry i is numerators[i] / denominator.
///
/// The entries of an exact solution are fractions of thousands of digits over nearly one
/// denominator. Added one by one, each addition would reduce its result by a greatest common
/// divisor of that length; over one denominator only integers are added (``FractionSum``), and each
/// result is reduced once.
package final class FractionVector {
  /// The number of entries.
  package let count: Int
  /// Set by whoever makes the vector, and not changed after that.
  let numerators: Integers
  private let divisor = Integers(zeros: 1)

  /// Zeros, over 1.
  init(zeros count: Int) {
    self.count = count
    numerators = Integers(zeros: count)
    fmpz_one(denominator)
  }

  /// Given numbers over their least common denominator.
  package convenience init(_ vector: [Rational]) {
    self.init(zeros: vector.count)
    for value in vector {
      value.withUnsafeParts { _, divisor in
        if fmpz_divisible(denominator, divisor) == 0 {
          fmpz_lcm(denominator, denominator, divisor)
        }
      }
    }
    for (index, value) in vector.enumerated() {
      let target = numerators[index]
      value.withUnsafeParts { numerator, divisor in
        fmpz_divexact(target, denominator, divisor)
        fmpz_mul(target, target, numerator)
      }
    }
  }

  /// The common denominator.
  var denominator: UnsafeMutablePointer<fmpz> { divisor[0] }

  /// The entries in lowest terms.
  package var values: [Rational] {
    let one = Integers(zeros: 1)
    fmpz_one(one[0])
    return FractionReduction(over: denominator).reduce(count: count) { (numerators[$0], one[0]) }
  }
}
