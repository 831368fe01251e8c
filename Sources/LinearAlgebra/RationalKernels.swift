internal import Arithmetic
internal import CFLINT

/// Exact products of matrices with small entries and vectors with long ones.
///
/// The entries of an exact solution are fractions of thousands of digits over nearly one
/// denominator. Summed one by one each addition would reduce its result by a greatest common
/// divisor of that length; here the vector is brought to one denominator first, whole rows are
/// summed in integers, and each result is reduced once.
enum RationalKernels {
  /// Σ_k values[k] · vector[columns[k]] for each row.
  static func multiply(
    _ rows: SparseRows<Rational>, _ vector: [Rational], into result: inout [Rational]
  ) {
    let scaled = CommonDenominator(vector)
    for row in 0..<rows.rowCount {
      let sum = Sum()
      for entry in rows.entries(ofRow: row) {
        sum.add(rows.values[entry], times: scaled, at: Int(rows.columns[entry]))
      }
      result[row] = sum.value(over: scaled)
    }
  }

  /// Σ_k weights[k] · M[k, ·]: the product of the transposed matrix.
  static func multiplyTransposed(
    _ rows: SparseRows<Rational>, _ weights: [Rational], into result: inout [Rational]
  ) {
    let scaled = CommonDenominator(weights)
    let sums = result.map { _ in Sum() }
    for row in 0..<rows.rowCount where !weights[row].isExactlyZero {
      for entry in rows.entries(ofRow: row) {
        sums[Int(rows.columns[entry])].add(rows.values[entry], times: scaled, at: row)
      }
    }
    for index in result.indices { result[index] = sums[index].value(over: scaled) }
  }

  /// Integers n and d with vector[i] = n[i] / d.
  private final class CommonDenominator {
    let numerators: UnsafeMutableBufferPointer<fmpz>
    let denominator: UnsafeMutablePointer<fmpz>

    init(_ vector: [Rational]) {
      numerators = .allocate(capacity: vector.count)
      denominator = .allocate(capacity: 1)
      fmpz_init_set_ui(denominator, 1)
      for value in vector {
        value.withUnsafePointer { value in
          var mutable = value.pointee
          if fmpz_divisible(denominator, &mutable.den) == 0 {
            fmpz_lcm(denominator, denominator, &mutable.den)
          }
        }
      }
      for (index, value) in vector.enumerated() {
        let target = numerators.baseAddress! + index
        fmpz_init(target)
        value.withUnsafePointer { value in
          var mutable = value.pointee
          fmpz_divexact(target, denominator, &mutable.den)
          fmpz_mul(target, target, &mutable.num)
        }
      }
    }

    deinit {
      for index in numerators.indices { fmpz_clear(numerators.baseAddress! + index) }
      numerators.deallocate()
      fmpz_clear(denominator)
      denominator.deallocate()
    }
  }

  /// A sum of small fractions times long integers, over one small denominator.
  private final class Sum {
    /// numerator, denominator, and two to work with.
    private let numbers: UnsafeMutablePointer<fmpz>

    init() {
      numbers = .allocate(capacity: 4)
      for index in 0..<4 { fmpz_init(numbers + index) }
      fmpz_one(numbers + 1)
    }

    deinit {
      for index in 0..<4 { fmpz_clear(numbers + index) }
      numbers.deallocate()
    }

    func add(_ weight: Rational, times vector: CommonDenominator, at index: Int) {
      let (numerator, denominator) = (numbers, numbers + 1)
      let (factor, other) = (numbers + 2, numbers + 3)
      weight.withUnsafePointer { weight in
        var mutable = weight.pointee
        if fmpz_equal(denominator, &mutable.den) == 0 {
          // To the least common multiple of the small denominators.
          fmpz_lcm(other, denominator, &mutable.den)
          fmpz_divexact(factor, other, denominator)
          if fmpz_is_one(factor) == 0 { fmpz_mul(numerator, numerator, factor) }
          fmpz_swap(denominator, other)
          fmpz_divexact(factor, denominator, &mutable.den)
          fmpz_mul(factor, factor, &mutable.num)
        } else {
          fmpz_set(factor, &mutable.num)
        }
        fmpz_addmul(numerator, factor, vector.numerators.baseAddress! + index)
      }
    }

    func value(over vector: CommonDenominator) -> Rational {
      var result = fmpq()
      fmpq_init(&result)
      defer { fmpq_clear(&result) }
      fmpz_set(&result.num, numbers)
      fmpz_mul(&result.den, numbers + 1, vector.denominator)
      fmpq_canonicalise(&result)
      return Rational(copying: &result)
    }
  }
}
