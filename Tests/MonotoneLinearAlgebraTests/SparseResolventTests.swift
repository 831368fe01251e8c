import MonotoneArithmetic
import MonotoneProbability
import Testing

@testable import MonotoneLinearAlgebra

/// A stochastic matrix of random components: rows lead into their own and to some that come after.
struct RandomChain {
  var matrix: SparseRows<Double>
  var order: Int

  /// - Parameter sizes: The sizes of the components; rows are then shuffled.
  init(sizes: [Int], seed: UInt64) {
    var random = RandomStream(seed: seed)
    order = sizes.reduce(0, +)
    var places = Array(0..<order)
    for index in stride(from: order - 1, to: 0, by: -1) {
      places.swapAt(index, random.integer(below: index + 1))
    }
    var rows = [[Int: Double]](repeating: [:], count: order)
    var first = 0
    for size in sizes {
      for row in first..<first + size {
        // A ring makes the component strong; two more targets lie anywhere from it on.
        var targets = [first + (row - first + 1) % size]
        for _ in 0..<2 { targets.append(first + random.integer(below: order - first)) }
        for target in targets {
          rows[places[row]][places[target], default: 0] += 1 / Double(targets.count)
        }
      }
      first += size
    }
    matrix = SparseRows(columnCount: order)
    for row in rows {
      let entries = row.sorted { $0.key < $1.key }
      matrix.appendRow(columns: entries.map { Int32($0.key) }, values: entries.map(\.value))
    }
  }

  /// Row after row, with zeros.
  var dense: [Double] {
    var numbers = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for entry in matrix.entries(ofRow: row) {
        numbers[row * order + Int(matrix.columns[entry])] = matrix.values[entry]
      }
    }
    return numbers
  }
}

@Suite("Strongly connected components")
struct StrongComponentTests {
  @Test("Rows are together that lead to each other", arguments: 0..<20 as Range<UInt64>)
  func components(seed: UInt64) {
    var random = RandomStream(seed: seed)
    let sizes = (0..<1 + random.integer(below: 6)).map { _ in 1 + random.integer(below: 5) }
    let chain = RandomChain(sizes: sizes, seed: seed)
    let order = chain.order
    // Warshall's closure, the definition itself.
    var leads = (0..<order).map { row in (0..<order).map { $0 == row } }
    for row in 0..<order {
      for entry in chain.matrix.entries(ofRow: row) {
        leads[row][Int(chain.matrix.columns[entry])] = true
      }
    }
    for middle in 0..<order {
      for row in 0..<order where leads[row][middle] {
        for column in 0..<order where leads[middle][column] { leads[row][column] = true }
      }
    }
    let found = StrongComponents(chain.matrix)
    #expect(found.rows.sorted() == (0..<Int32(order)).map(\.self))
    var component = [Int](repeating: 0, count: order)
    for block in 0..<found.count {
      for place in found.start[block]..<found.start[block + 1] {
        component[Int(found.rows[place])] = block
      }
    }
    for row in 0..<order {
      for column in 0..<order {
        #expect((component[row] == component[column]) == (leads[row][column] && leads[column][row]))
        if leads[row][column] { #expect(component[row] >= component[column]) }
      }
    }
  }

  @Test("A long path needs no deep recursion")
  func path() {
    let order = 300_000
    let matrix = SparseRows<Double>(
      columnCount: order, rowStart: Array(0...order),
      columns: (0..<order).map { Int32(min($0 + 1, order - 1)) },
      values: [Double](repeating: 1, count: order))
    let found = StrongComponents(matrix)
    #expect(found.count == order)
    #expect(found.rows == (0..<order).reversed().map { Int32($0) })
  }
}

@Suite("Sparse LU")
struct SparseLUTests {
  @Test("Both systems are solved from one factorisation", arguments: [1, 2, 30, 200])
  func solves(order: Int) throws {
    let chain = RandomChain(sizes: [order], seed: UInt64(order))
    // 4 I + P: condition at most 5/3.
    var matrix = SparseRows<Double>(columnCount: order)
    for row in 0..<order {
      var entries = [row: 4.0]
      for entry in chain.matrix.entries(ofRow: row) {
        entries[Int(chain.matrix.columns[entry]), default: 0] += chain.matrix.values[entry]
      }
      let sorted = entries.sorted { $0.key < $1.key }
      matrix.appendRow(columns: sorted.map { Int32($0.key) }, values: sorted.map(\.value))
    }
    let solution = (0..<order).map { Double($0 % 7) - 3 }
    var right = solution
    matrix.multiply(solution, into: &right)
    var transposed = solution
    matrix.multiplyTransposed(solution, into: &transposed)
    let system = try SparseLU(matrix)
    system.solve(&right)
    system.solveTransposed(&transposed)
    for row in 0..<order {
      #expect(abs(right[row] - solution[row]) <= 1e-13 * Double(order))
      #expect(abs(transposed[row] - solution[row]) <= 1e-13 * Double(order))
    }
  }

  @Test("A singular matrix, one that takes too long and one that does not fit are refused")
  func refusals() {
    let singular = SparseRows<Double>(
      columnCount: 2, rowStart: [0, 2, 4], columns: [0, 1, 0, 1], values: [1, 1, 1, 1])
    do throws(SparseLU.Failure) {
      _ = try SparseLU(singular)
      Issue.record("factors of a singular matrix")
    } catch {
      guard case .singular = error else {
        Issue.record("\(error)")
        return
      }
    }
    let chain = RandomChain(sizes: [300], seed: 1).matrix
    #expect(throws: SparseLU.Failure.tooCostly) { try SparseLU(chain, operationLimit: 10) }
    do throws(SparseLU.Failure) {
      _ = try SparseLU(chain, budget: MemoryBudget(bytes: 100))
      Issue.record("factors in 100 bytes")
    } catch {
      guard case .memory = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}

@Suite("Sparse resolvents")
struct SparseResolventTests {
  /// One component, many, single rows, and blocks on both sides of what is eliminated at once.
  static let shapes: [[Int]] = [
    [1], [5], [1, 1, 1, 1], [3, 1, 4, 1, 5], [70, 1, 64, 65, 2], [200], [1, 150, 1, 1, 90, 30],
  ]

  @Test("Both systems are those of the dense matrix", arguments: shapes, [0.5, 0.99, 0.999])
  func agrees(sizes: [Int], discount: Double) throws {
    let chain = RandomChain(sizes: sizes, seed: UInt64(sizes.count))
    let order = chain.order
    var resolvent = SparseResolvent(chain.matrix, discount: discount, norm: 1 + discount)
    let dense = try DenseLU(order: order)
    chain.dense.withUnsafeBufferPointer { dense.setResolvent(of: $0, discount: discount) }
    try dense.factor()
    let right = (0..<order).map { Double(($0 * 7) % 11) - 5 }
    for side in [SparseResolvent.Side.plain, .transposed, .plain] {
      let found = resolvent.solve(right, side)
      // Each block is left with 16 u, and what flows in adds a few more.
      #expect(found.backwardError <= 100 * 0x1p-53)
      var expected = right
      if side == .plain { dense.solve(&expected) } else { dense.solveTransposed(&expected) }
      let size = side == .plain ? expected.map(abs).max() ?? 0 : expected.reduce(0) { $0 + abs($1) }
      let limit = 1e-12 / (1 - discount) * size
      for row in 0..<order { #expect(abs(found.vector[row] - expected[row]) <= limit) }
      let (transposed, numbers) = (resolvent.transposed(), chain.dense)
      for column in 0..<order {
        let entries = transposed.entries(ofRow: column)
        let expected = (0..<order).filter { numbers[$0 * order + column] != 0 }
        #expect(transposed.columns[entries].map { Int($0) } == expected)
        #expect(Array(transposed.values[entries]) == expected.map { numbers[$0 * order + column] })
      }
    }
  }

  /// On a ring iteration takes as many steps as there are states, more than it is given.
  @Test(
    "Where iteration stagnates a block is eliminated, once for both systems",
    arguments: [SparseResolvent.Side.plain, .transposed])
  func ring(isFirst side: SparseResolvent.Side) {
    let order = 3_000
    let matrix = SparseRows<Double>(
      columnCount: order, rowStart: Array(0...order),
      columns: (0..<order).map { Int32(($0 + 1) % order) },
      values: [Double](repeating: 1, count: order))
    var resolvent = SparseResolvent(matrix, discount: 0.999, norm: 1.999)
    var right = [Double](repeating: 0, count: order)
    right[0] = 1
    if side == .transposed { _ = resolvent.solve(right, .transposed) }
    let first = resolvent.solve(right, .plain)
    let second = resolvent.solve(right, .transposed)
    // γ^k / (1 − γⁿ): plain k steps before the first state comes, transposed k steps after it.
    var power = 1.0
    for _ in 0..<order { power *= 0.999 }
    var expected = 1 / (1 - power)
    for row in 0..<order {
      #expect(abs(second.vector[row] - expected) <= 1e-11)
      #expect(abs(first.vector[(order - row) % order] - expected) <= 1e-11)
      expected *= 0.999
    }
    #expect(first.backwardError <= 16 * 0x1p-53 && second.backwardError <= 16 * 0x1p-53)
  }

  /// Squares of such numbers overflow or vanish; the system is linear all the same.
  @Test(
    "Right-hand sides of any size are solved", arguments: shapes.filter { $0.reduce(0, +) > 4 },
    [1e300, 1e-300, 0x1p-1060])
  func sizes(of sizes: [Int], size: Double) {
    let chain = RandomChain(sizes: sizes, seed: UInt64(sizes.count))
    var resolvent = SparseResolvent(chain.matrix, discount: 0.99, norm: 1.99)
    let right = (0..<chain.order).map { Double(($0 * 7) % 11) - 5 }
    for side in [SparseResolvent.Side.plain, .transposed] {
      let usual = resolvent.solve(right, side)
      let sized = resolvent.solve(right.map { $0 * size }, side)
      #expect(sized.backwardError <= 100 * 0x1p-53)
      // Both are solved to a few roundings with condition at most 200; below float64's normal range
      // numbers have fixed places.
      let limit = 1e-12 * usual.vector.greatestMagnitude * size + 4 * .leastNonzeroMagnitude
      for row in 0..<chain.order {
        #expect(abs(sized.vector[row] - usual.vector[row] * size) <= limit)
      }
    }
  }

  @Test("Nothing comes of nothing, and too much is infinite, not wrong")
  func extremes() {
    let chain = RandomChain(sizes: [100, 1, 5], seed: 3)
    var resolvent = SparseResolvent(chain.matrix, discount: 0.99, norm: 1.99)
    let zeros = [Double](repeating: 0, count: chain.order)
    #expect(resolvent.solve(zeros, .plain).vector == zeros)
    #expect(resolvent.solve(zeros, .transposed).vector == zeros)
    let largest = [Double](repeating: .greatestFiniteMagnitude, count: chain.order)
    // Worth 100 times as much: beyond float64.
    #expect(resolvent.solve(largest, .plain).vector.allSatisfy { $0 == .infinity })
  }
}
