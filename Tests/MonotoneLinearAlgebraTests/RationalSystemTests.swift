import MonotoneArithmetic
import MonotoneProbability
import Testing

@testable import MonotoneLinearAlgebra

/// A solution is checked by multiplication: for a regular system a zero residual proves it.
@Suite("Exact systems")
struct RationalSystemTests {
  private typealias Matrix = [[Rational]]

  private func q(_ numerator: Int, _ denominator: Int = 1) -> Rational {
    Rational(numerator: numerator, denominator: denominator)
  }

  /// Fractions with up to four entries off the diagonal of each row.
  private func random(order: Int, seed: UInt64, _ number: (inout RandomStream) -> Rational)
    -> (matrix: Matrix, right: [Rational], transposedRight: [Rational])
  {
    var stream = RandomStream(seed: seed)
    var matrix = Matrix(repeating: [Rational](repeating: q(0), count: order), count: order)
    for row in 0..<order {
      matrix[row][row] = q(7) + number(&stream).magnitude
      for _ in 0..<4 {
        let column = stream.integer(below: order)
        if column != row { matrix[row][column] = number(&stream) }
      }
    }
    return (
      matrix, (0..<order).map { _ in number(&stream) }, (0..<order).map { _ in number(&stream) }
    )
  }

  private func small(_ stream: inout RandomStream) -> Rational {
    q(stream.integer(below: 41) - 20, 1 + stream.integer(below: 30))
  }

  /// Numbers of thirty digits, beyond any machine word.
  private func long(_ stream: inout RandomStream) -> Rational {
    let large = q(1_000_000_007) * q(998_244_353) * q(1_000_000_009)
    return (large * small(&stream) + q(1, 3)) / (large + q(1))
  }

  private func expectSolved(
    _ matrix: Matrix, _ right: [Rational], _ transposedRight: [Rational],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let order = matrix.count
    let system = RationalSystem(order: order)
    for row in 0..<order {
      for column in 0..<order { system.set(matrix[row][column], row: row, column: column) }
    }
    let (plain, transposed) = try system.solve(right, transposed: transposedRight)
    let (x, y) = (plain.values, transposed.values)
    for index in 0..<order {
      let row = (0..<order).reduce(q(0)) { $0 + matrix[index][$1] * x[$1] }
      let column = (0..<order).reduce(q(0)) { $0 + matrix[$1][index] * y[$1] }
      #expect(row == right[index], sourceLocation: sourceLocation)
      #expect(column == transposedRight[index], sourceLocation: sourceLocation)
    }
    for value in x + y {
      // What is not in lowest terms differs from the same number read from its digits.
      #expect(
        try ExactNumber(parsing: value.description).rational == value,
        sourceLocation: sourceLocation)
    }
  }

  @Test("Both systems, below and above the order of lifting", arguments: [1, 2, 5, 11, 12, 13, 40])
  func solves(order: Int) throws {
    for seed in 0..<4 {
      let problem = random(order: order, seed: UInt64(100 * order + seed), small)
      try expectSolved(problem.matrix, problem.right, problem.transposedRight)
    }
  }

  @Test("Numbers beyond a machine word, in the matrix or on the right alone", arguments: [3, 20])
  func longNumbers(order: Int) throws {
    let all = random(order: order, seed: 1, long)
    try expectSolved(all.matrix, all.right, all.transposedRight)
    let rights = random(order: order, seed: 2, small)
    try expectSolved(all.matrix, rights.right, rights.transposedRight)
    try expectSolved(rights.matrix, all.right, rights.transposedRight)
    try expectSolved(rights.matrix, rights.right, all.transposedRight)
  }

  @Test("Denominators that share large primes with some numerators only")
  func commonPrimes() throws {
    let primes = [10_007, 10_009, 10_037, 10_039, 10_061, 10_067, 10_069, 10_079, 10_091, 10_093]
    let order = 2 * primes.count
    var matrix = Matrix(repeating: [Rational](repeating: q(0), count: order), count: order)
    for row in 0..<order { matrix[row][row] = q(primes[row / 2]) }
    // Pairs of rows that depend on each other, so that no scaling of rows makes the matrix simple.
    for row in stride(from: 0, to: order, by: 2) { matrix[row][row + 1] = q(1) }
    try expectSolved(
      matrix, (0..<order).map { q($0 + 1) }, (0..<order).map { q($0 % 3, 7) })
  }

  @Test("Results of no length at all: zeros and integers")
  func integers() throws {
    let order = 16
    let matrix = (0..<order).map { row in
      (0..<order).map { $0 == row ? q(1) : q($0 > row ? 1 : 0) }
    }
    try expectSolved(
      matrix, [Rational](repeating: q(0), count: order), (0..<order).map { q($0 == 0 ? 1 : 0) })
  }

  @Test("A singular system is an error", arguments: [3, 20])
  func singular(order: Int) {
    let system = RationalSystem(order: order)
    for row in 0..<order {
      for column in 0..<order { system.set(q(row + column), row: row, column: column) }
    }
    let right = [Rational](repeating: q(1), count: order)
    #expect(throws: SingularMatrix.self) { try system.solve(right, transposed: right) }
  }
}
