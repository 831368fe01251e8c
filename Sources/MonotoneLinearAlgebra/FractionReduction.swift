internal import MonotoneArithmetic
internal import CFLINT

/// Brings fractions n_i / (s_i d), d long and the s_i short, to lowest terms with few long gcds.
///
/// Split d = d₁ d₂, d₁ made of the primes below a limit: mostly short, so that the common divisor
/// of n_i and s_i d₁ is a short gcd. With d₂, which has large primes only, n_i hardly ever has a
/// divisor in common, and none of them has if Π n_i mod d₂ is coprime to d₂: one long gcd for all.
/// Where that fails each fraction is reduced by itself.
struct FractionReduction: ~Copyable {
  typealias Integer = UnsafeMutablePointer<fmpz>

  /// d₁, d₂, d, and two to work with.
  private let numbers = Integers(zeros: 5)
  /// Numerator and denominator of a result.
  private let result = Integers(zeros: 2)

  /// Of a thousand random fractions one in a few runs has a common divisor beyond this.
  private static let smoothLimit: UInt = 8192

  /// Prepares for fractions over multiples of a denominator.
  init(over denominator: UnsafePointer<fmpz>) {
    let (smooth, rough, part) = (numbers[0], numbers[1], numbers[3])
    fmpz_one(smooth)
    fmpz_set(rough, denominator)
    fmpz_set(numbers[2], denominator)
    fmpz_primorial(part, Self.smoothLimit)
    fmpz_gcd(part, part, rough)
    while fmpz_is_one(part) == 0 {
      fmpz_mul(smooth, smooth, part)
      fmpz_divexact(rough, rough, part)
      fmpz_gcd(part, part, rough)
    }
  }

  /// The fractions n_i / (s_i d) in lowest terms.
  func reduce(
    count: Int,
    _ fraction: (Int) -> (numerator: Integer, short: Integer)
  ) -> [Rational] {
    let isCoprime = isCoprimeToRough(count: count) { fraction($0).numerator }
    return (0..<count).map { index in
      let (numerator, short) = fraction(index)
      if fmpz_is_zero(numerator) != 0 { return .zero }
      let (factor, divisor) = (numbers[3], numbers[4])
      fmpz_mul(factor, short, isCoprime ? numbers[0] : numbers[2])
      fmpz_gcd(divisor, numerator, factor)
      fmpz_divexact(result[0], numerator, divisor)
      fmpz_divexact(result[1], factor, divisor)
      if isCoprime { fmpz_mul(result[1], result[1], numbers[1]) }
      return result[0].withMemoryRebound(to: fmpq.self, capacity: 1) { Rational(copying: $0) }
    }
  }

  /// Whether no numerator but 0 has a divisor in common with d₂.
  private func isCoprimeToRough(count: Int, _ numerator: (Int) -> Integer) -> Bool {
    let (rough, product) = (numbers[1], numbers[3])
    fmpz_one(product)
    for index in 0..<count {
      let factor = numerator(index)
      guard fmpz_is_zero(factor) == 0 else { continue }
      fmpz_mul(product, product, factor)
      fmpz_mod(product, product, rough)
    }
    fmpz_gcd(product, product, rough)
    return fmpz_is_one(product) != 0
  }
}
