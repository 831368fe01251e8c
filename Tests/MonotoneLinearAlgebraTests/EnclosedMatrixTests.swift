import MonotoneArithmetic
import MonotoneProbability
import Testing

@testable import MonotoneLinearAlgebra

/// Bounds against products in rational arithmetic.
@Suite("Products with a-priori error bounds")
struct EnclosedMatrixTests {
  /// The exact numbers that M and w are, within the errors that are claimed of them.
  private struct Problem {
    var rows: Int
    var columns: Int
    var matrix: [TrackedDouble]
    var exactMatrix: [Rational]
    var vector: [Double]
    var weights: [TrackedDouble]
    var exactWeights: [Rational]

    /// Everything exact, for tests to change.
    init(
      rows: Int, columns: Int, matrix: (Int) -> Double, vector: (Int) -> Double,
      weights: (Int) -> Double
    ) {
      (self.rows, self.columns) = (rows, columns)
      self.matrix = (0..<rows * columns).map { TrackedDouble(matrix($0)) }
      exactMatrix = self.matrix.map { Rational(finite: $0.value) }
      self.vector = (0..<columns).map(vector)
      self.weights = (0..<rows).map { TrackedDouble(weights($0)) }
      exactWeights = self.weights.map { Rational(finite: $0.value) }
    }

    func enclosures() -> SparseRows<TrackedDouble> {
      SparseRows(
        columnCount: columns, rowStart: (0...rows).map { $0 * columns },
        columns: (0..<rows * columns).map { Int32($0 % columns) }, values: matrix)
    }

    /// The largest true error as a share of its bound, over M x and over Mᵀ w.
    func shares() throws -> (product: Double, transposed: Double) {
      let enclosures = enclosures()
      let kernel = try #require(
        EnclosedMatrix(enclosures, midpoints: enclosures.map { $0.value }))
      let result = try #require(kernel.multiply(vector, transposed: weights))
      func share(_ computed: TrackedDouble, _ exact: Rational) -> Double {
        let error = (Rational(finite: computed.value) - exact).magnitude
        return error.isExactlyZero ? 0 : error.doubleValue / computed.error
      }
      let product = (0..<rows).map { row in
        share(
          result.product[row],
          (0..<columns).reduce(Rational(0)) {
            $0 + exactMatrix[row * columns + $1] * Rational(finite: vector[$1])
          })
      }
      let transposed = (0..<columns).map { column in
        share(
          result.transposed[column],
          (0..<rows).reduce(Rational(0)) {
            $0 + exactMatrix[$1 * columns + column] * exactWeights[$1]
          })
      }
      return (product.max() ?? 0, transposed.max() ?? 0)
    }
  }

  @Test("Entries, vectors and weights of which nothing is known give no products")
  func unknown() throws {
    let enclosures = SparseRows(
      columnCount: 2, rowStart: [0, 2], columns: [0, 1],
      values: [TrackedDouble(0.5), TrackedDouble(value: 0.5, error: .nan)])
    #expect(EnclosedMatrix(enclosures, midpoints: enclosures.map { $0.value }) == nil)
    let known = enclosures.map { TrackedDouble($0.value) }
    let kernel = try #require(EnclosedMatrix(known, midpoints: known.map { $0.value }))
    let weight = TrackedDouble(1)
    #expect(kernel.multiply([1, .nan], transposed: [weight]) == nil)
    #expect(kernel.multiply([.infinity, 1], transposed: [weight]) == nil)
    for error in [Double.nan, .infinity] {
      #expect(
        kernel.multiply([1, 1], transposed: [TrackedDouble(value: 1, error: error)]) == nil)
    }
    #expect(kernel.multiply([1, 1], transposed: [weight]) != nil)
  }

  @Test("A norm of a vector with NaN in it is NaN, wherever it stands")
  func norms() {
    for vector in [[1, .nan], [.nan, 1]] {
      #expect(VectorNorm.maximum(vector).isNaN && VectorNorm.sum(vector).isNaN)
    }
    var limit = Accuracy(
      backwardError: 0, backwardErrorLimit: 1e-15, errorBound: 1, solutionNorm: 1, dataNorm: .nan)
    #expect(!limit.isMeaningful)
    limit.backwardError = .nan
    #expect(limit.stability == .undecided && !limit.isStable)
  }

  @Test(
    "Random products of every shape, weights of both signs",
    arguments: [(1, 1), (3, 15), (5, 16), (64, 17), (65, 33), (130, 200)])
  func random(rows: Int, columns: Int) throws {
    var stream = RandomStream(seed: UInt64(rows))
    let problem = Problem(
      rows: rows, columns: columns, matrix: { _ in stream.uniform() + 0x1p-60 },
      vector: { _ in 2 * stream.uniform() - 1 },
      weights: { $0 % 7 == 3 ? 0 : 2 * stream.uniform() - ($0 % 2 == 0 ? 0 : 1) })
    let shares = try problem.shares()
    #expect(shares.product <= 1 && shares.transposed <= 1)
  }

  /// The errors that M and w are given reach their bounds: all in one direction, and far above
  /// rounding.
  @Test("The errors of matrix and weights are covered, and hardly more", arguments: [0, 1, 2])
  func givenErrors(side: Int) throws {
    var problem = Problem(
      rows: 70, columns: 40, matrix: { 1 + Double($0 % 5) }, vector: { _ in 3 }, weights: { _ in 2 }
    )
    let relative = 0x1p-30
    if side != 1 {
      for index in problem.matrix.indices {
        problem.matrix[index].error = problem.matrix[index].value * relative
        problem.exactMatrix[index] = problem.exactMatrix[index] * Rational(finite: 1 - relative)
      }
    }
    if side != 0 {
      for index in problem.weights.indices {
        problem.weights[index].error = problem.weights[index].value * relative
        problem.exactWeights[index] = problem.exactWeights[index] * Rational(finite: 1 - relative)
      }
    }
    let shares = try problem.shares()
    #expect(side == 1 || (shares.product <= 1 && shares.product > 0.5))
    #expect(shares.transposed <= 1 && shares.transposed > 0.9)
  }

  /// After a 1 every later term is half an ulp or less and lost whole.
  @Test("Roundings that all go one way are covered")
  func roundings() throws {
    let tiny = 0x1p-53
    let problem = Problem(
      rows: 256, columns: 400, matrix: { _ in 1 }, vector: { $0 < 16 ? 1 : tiny },
      weights: { $0 % 64 == 0 ? 1 : tiny })
    let shares = try problem.shares()
    // In rows the bound takes every term to be as large as the largest.
    #expect(shares.product <= 1 && shares.product > 0.005)
    #expect(shares.transposed <= 1 && shares.transposed > 0.5)
  }

  @Test("Underflow is paid for")
  func underflow() throws {
    let problem = Problem(
      rows: 9, columns: 20, matrix: { _ in 0x1.8p-1000 }, vector: { _ in 0x1.8p-74 },
      weights: { _ in 0x1.8p-74 })
    let shares = try problem.shares()
    #expect(shares.product <= 1 && shares.product > 0)
    #expect(shares.transposed <= 1 && shares.transposed > 0)
  }

  @Test("An overflow is unbounded, and what the bounds do not cover is refused")
  func refusals() throws {
    let problem = Problem(
      rows: 2, columns: 2, matrix: { _ in 1 }, vector: { _ in 0x1.8p1023 }, weights: { _ in 1 })
    let enclosures = problem.enclosures()
    let midpoints = enclosures.map { $0.value }
    let kernel = try #require(EnclosedMatrix(enclosures, midpoints: midpoints))
    let overflow = try #require(kernel.multiply(problem.vector, transposed: problem.weights))
    #expect(overflow.product.allSatisfy { $0.error == .infinity })
    #expect(kernel.multiply([1, .nan], transposed: problem.weights) == nil)
    let vague = TrackedDouble(value: 1, error: 0.1)
    #expect(kernel.multiply([1, 1], transposed: [vague, vague]) == nil)
    #expect(EnclosedMatrix(enclosures.map { _ in vague }, midpoints: midpoints) == nil)
    #expect(EnclosedMatrix(enclosures, midpoints: midpoints.map { -$0 }) == nil)
    var sparse = SparseRows<TrackedDouble>(columnCount: 2)
    sparse.appendRow(columns: [1], values: [TrackedDouble(1)])
    #expect(EnclosedMatrix(sparse, midpoints: sparse.map { $0.value }) == nil)
  }
}
