import MonotoneProbability
import Testing

@testable import NeuralTRPO

@Suite("Products with one-hot rows")
struct SingleNumberRowsTests {
  /// Widths about where the scan's steps of 64 bytes end.
  static let widths = [1, 2, 7, 8, 9, 15, 16, 17, 33, 500]
  private static let rows = 11
  private static let columns = 7

  private func numbers<Number: NetworkNumber>(
    _ count: Int, _ stream: inout RandomStream
  ) -> [Number] {
    (0..<count).map { _ in Number(stream.normal()) }
  }

  /// A matrix with a number in most rows and none in some.
  private func singles<Number: NetworkNumber>(
    width: Int, isOneHot: Bool, _ stream: inout RandomStream
  ) -> [Number] {
    var matrix = [Number](repeating: 0, count: Self.rows * width)
    for row in 0..<Self.rows where row % 4 != 2 {
      matrix[row * width + stream.integer(below: width)] = isOneHot ? 1 : Number(stream.normal())
    }
    // The first and the last place are the likeliest to be missed.
    for column in 0..<width {
      matrix[column] = column == 0 ? 1 : 0
      matrix[width + column] = column == width - 1 ? -0.5 : 0
    }
    return matrix
  }

  private func lookedUp<Number: NetworkNumber>(_: Number.Type, width: Int, isOneHot: Bool) {
    var stream = RandomStream(seed: UInt64(width), stream: isOneHot ? 1 : 0)
    let a: [Number] = singles(width: width, isOneHot: isOneHot, &stream)
    let b: [Number] = numbers(width * Self.columns, &stream)
    var c: [Number] = numbers(Self.rows * Self.columns, &stream)
    var dense = c
    let isLookedUp = Number.addLookedUpProduct(
      a, transposed: false, b, into: &c, rows: Self.rows, inner: width, columns: Self.columns)
    #expect(isLookedUp)
    Number.product(
      a, transposed: false, b, transposed: false, into: &dense, rows: Self.rows, inner: width,
      columns: Self.columns, keeping: 1)
    #expect(c == dense)
  }

  @Test("Looking rows up gives the dense product, to the bit", arguments: widths, [false, true])
  func products(width: Int, isOneHot: Bool) {
    lookedUp(Float.self, width: width, isOneHot: isOneHot)
    lookedUp(Double.self, width: width, isOneHot: isOneHot)
  }

  /// Sums of at most 12 numbers in different orders: within 12 units of the last place of their
  /// absolute sum.
  private func transposed<Number: NetworkNumber>(_: Number.Type, width: Int) {
    var stream = RandomStream(seed: UInt64(width), stream: 2)
    let a: [Number] = singles(width: width, isOneHot: false, &stream)
    let b: [Number] = numbers(Self.rows * Self.columns, &stream)
    let before: [Number] = numbers(width * Self.columns, &stream)
    var c = before
    let isLookedUp = Number.addLookedUpProduct(
      a, transposed: true, b, into: &c, rows: width, inner: Self.rows, columns: Self.columns)
    #expect(isLookedUp)
    for row in 0..<width {
      for column in 0..<Self.columns {
        var (sum, size) = (before[row * Self.columns + column], Number.zero)
        size = abs(sum)
        for inner in 0..<Self.rows {
          let term = a[inner * width + row] * b[inner * Self.columns + column]
          sum += term
          size += abs(term)
        }
        #expect(abs(c[row * Self.columns + column] - sum) <= 12 * Number.ulpOfOne * size)
      }
    }
  }

  @Test("Adding rows up gives the transposed product", arguments: widths)
  func transposedProducts(width: Int) {
    transposed(Float.self, width: width)
    transposed(Double.self, width: width)
  }

  @Test(
    "A row with two numbers is seen wherever they stand, and nothing is done", arguments: widths)
  func dense(width: Int) {
    var stream = RandomStream(seed: 3, stream: UInt64(width))
    for first in 0..<width {
      for second in [0, first / 2, width - 1] where second != first {
        var a: [Float] = singles(width: width, isOneHot: true, &stream)
        // In the last row, so that all others are taken for looked up.
        for column in 0..<width {
          a[(Self.rows - 1) * width + column] = column == first || column == second ? -1 : 0
        }
        var c = [Float](repeating: 5, count: Self.rows * Self.columns)
        let b = [Float](repeating: 1, count: width * Self.columns)
        let isLookedUp = Float.addLookedUpProduct(
          a, transposed: false, b, into: &c, rows: Self.rows, inner: width, columns: Self.columns)
        #expect(!isLookedUp && c.allSatisfy { $0 == 5 })
      }
    }
  }
}
