import MonotoneArithmetic
import MonotoneProbability
import Testing

@testable import MonotoneLinearAlgebra

/// Large systems, whose products are rounded to float32 on the way. Numbers are whole and binary fractions, so that
/// the right-hand side of a known solution is exact.
@Suite("Rough products")
struct RoughProductTests {
  /// Rows of sixteenths, each a ring's next and some more.
  private static func chain(_ order: Int, seed: UInt64, tiny: Bool = false) -> SparseRows<Double> {
    var random = RandomStream(seed: seed)
    var matrix = SparseRows<Double>(columnCount: order)
    for row in 0..<order {
      var entries: [Int: Double] = [(row + 1) % order: 8.0 / 16]
      for weight in [5.0, 3.0] { entries[random.integer(below: order), default: 0] += weight / 16 }
      // Below what float32 holds.
      if tiny { entries[random.integer(below: order), default: 0] += 0x1p-160 }
      let sorted = entries.sorted { $0.key < $1.key }
      matrix.appendRow(columns: sorted.map { Int32($0.key) }, values: sorted.map(\.value))
    }
    return matrix
  }

  /// b = (I − γP) x or its transpose, exact for whole x and few binary digits of γ and P.
  private static func right(
    _ matrix: SparseRows<Double>, _ discount: Double, _ x: [Double],
    _ side: SparseResolvent.Side
  ) -> [Double] {
    var right = x
    for row in 0..<matrix.rowCount {
      for entry in matrix.entries(ofRow: row) {
        let column = Int(matrix.columns[entry])
        let weight = discount * matrix.values[entry]
        if side == .plain {
          right[row] -= weight * x[column]
        } else {
          right[column] -= weight * x[row]
        }
      }
    }
    return right
  }

  @Test(
    "The known solution is found, as exactly as without them",
    arguments: [0.5, 1 - 0x1p-7, 1 - 0x1p-12], [SparseResolvent.Side.plain, .transposed])
  func known(discount: Double, side: SparseResolvent.Side) {
    let order = 20_000
    let matrix = Self.chain(order, seed: 3)
    let x = (0..<order).map { Double(($0 * 7919) % 257 - 128) }
    var resolvent = SparseResolvent(matrix, discount: discount, norm: 1 + discount)
    let found = resolvent.solve(Self.right(matrix, discount, x, side), side)
    #expect(found.backwardError <= 16 * 0x1p-53)
    // ‖M⁻¹‖ ≤ 1/(1 − γ) turns a residual of 16 u (‖M‖ ‖x‖ + ‖b‖) ≤ 64 u ‖x‖ into an error.
    let norm: VectorNorm = side == .plain ? .maximum : .sum
    let missed = norm(zip(found.vector, x).map { $0 - $1 })
    #expect(missed <= 64 * 0x1p-53 * norm(x) / (1 - discount))
  }

  @Test("Numbers that float32 does not hold are no trouble")
  func tiny() {
    let order = 20_000
    let matrix = Self.chain(order, seed: 4, tiny: true)
    var right = [Double](repeating: 0, count: order)
    right[5] = 1
    var resolvent = SparseResolvent(matrix, discount: 0.875, norm: 1.875)
    for side in [SparseResolvent.Side.plain, .transposed] {
      #expect(resolvent.solve(right, side).backwardError <= 16 * 0x1p-53)
    }
  }

  /// How a product may be wrong.
  enum Fault: CaseIterable { case nothing, notANumber, infinity, tenth, otherSign, constant }

  @Test("A rough product that is wrong costs time, not the solution", arguments: Fault.allCases)
  func wrong(fault: Fault) {
    let order = 3_000
    let matrix = Self.chain(order, seed: 5)
    let discount = 0.875
    let x = (0..<order).map { Double(($0 * 31) % 17 - 8) }
    let right = Self.right(matrix, discount, x, .plain)
    let configuration = StabilizedBiconjugateGradient.Configuration(
      tolerance: SparseResolvent.leastTolerance, iterationLimit: 500, norm: .maximum,
      matrixNorm: 1 + discount)
    let solution = matrix.withRows(0..<order, from: nil) { block in
      StabilizedBiconjugateGradient.solve(
        right, configuration,
        rough: { x, product in
          block.applyResolvent(discount, x, into: product, SharedWork())
          for row in product.indices {
            switch fault {
            case .nothing: product[row] = 0
            case .notANumber: product[row] = .nan
            case .infinity: product[row] = .infinity
            case .tenth: product[row] *= 1 + 0.1 * Double(row % 3)
            case .otherSign: product[row].negate()
            case .constant: product[row] = 1
            }
          }
        },
        apply: { x, product in block.applyResolvent(discount, x, into: product, SharedWork()) })
    }
    #expect(solution.backwardError <= 16 * 0x1p-53, "after \(solution.iterations)")
  }

  @Test("Threads change nothing")
  func threads() {
    let order = 40_000
    let matrix = Self.chain(order, seed: 6)
    let right = (0..<order).map { Double($0 % 13) - 6 }
    let solutions = [1, 2, 3].map { threads in
      var resolvent = SparseResolvent(
        matrix, discount: 0.97, norm: 1.97, work: SharedWork(threads: threads))
      return [SparseResolvent.Side.plain, .transposed].map { resolvent.solve(right, $0).vector }
    }
    #expect(solutions[0] == solutions[1] && solutions[0] == solutions[2])
  }
}
