import MonotoneProbability
import Testing

@testable import MonotoneLinearAlgebra

@Suite("Dense LU")
struct DenseLUTests {
  /// An integer matrix with a known integer solution, so that the right-hand side is exact.
  private struct Problem {
    var matrix: [Double]
    var solution: [Double]
    var order: Int

    init(order: Int, seed: UInt64) {
      var random = RandomStream(seed: seed)
      self.order = order
      matrix = (0..<order * order).map { _ in Double(random.integer(below: 19) - 9) }
      // Diagonally dominant, hence well conditioned: |x̂ − x| stays near the unit roundoff.
      for index in 0..<order { matrix[index * order + index] += Double(20 * order) }
      solution = (0..<order).map { _ in Double(random.integer(below: 201) - 100) }
    }

    func product(transposed: Bool) -> [Double] {
      (0..<order).map { i in
        (0..<order).reduce(0) { sum, j in
          sum + matrix[transposed ? j * order + i : i * order + j] * solution[j]
        }
      }
    }
  }

  private func load(_ problem: Problem, into system: DenseLU) {
    system.withMatrix { matrix in
      for index in matrix.indices { matrix[index] = problem.matrix[index] }
    }
  }

  @Test("Both systems are solved from one factorisation", arguments: [1, 2, 3, 10, 57])
  func solves(order: Int) throws {
    let problem = Problem(order: order, seed: UInt64(order))
    let system = try DenseLU(order: order)
    load(problem, into: system)
    try system.factor()
    var x = problem.product(transposed: false)
    system.solve(&x)
    var y = problem.product(transposed: true)
    system.solveTransposed(&y)
    for index in 0..<order {
      // Condition at most 2 by dominance; n roundings of size 100 u each.
      let allowed = 100 * 4 * Double(order) * 0x1p-53 * 100
      #expect(abs(x[index] - problem.solution[index]) <= allowed)
      #expect(abs(y[index] - problem.solution[index]) <= allowed)
    }
  }

  @Test("A workspace serves systems of other orders")
  func reuse() throws {
    let system = try DenseLU(order: 5)
    for order in [5, 3, 12, 4] {
      try system.resize(to: order)
      let problem = Problem(order: order, seed: 40 + UInt64(order))
      load(problem, into: system)
      try system.factor()
      var x = problem.product(transposed: false)
      system.solve(&x)
      #expect(zip(x, problem.solution).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test("The condition of a diagonal matrix is the ratio of its ends")
  func condition() throws {
    let system = try DenseLU(order: 3)
    system.withMatrix { matrix in
      matrix.update(repeating: 0)
      (matrix[0], matrix[4], matrix[8]) = (1, 8, 64)
    }
    try system.factor()
    #expect(system.reciprocalCondition(infinityNorm: 64) == 1.0 / 64)
  }

  @Test("A singular system is an error that names routine and pivot")
  func singular() throws {
    let system = try DenseLU(order: 2)
    system.withMatrix { matrix in for index in 0..<4 { matrix[index] = 1 } }
    #expect(throws: SingularMatrix(routine: "dgetrf", index: 2)) { try system.factor() }
  }

  @Test("A system beyond the machine is refused before allocation")
  func memory() {
    #expect(throws: InsufficientMemory.self) { try DenseLU(order: 100_000_000) }
  }
}

@Suite("Sparse rows")
struct SparseRowsTests {
  @Test("Contiguous and scattered rows give the same products as a full matrix")
  func products() {
    var rows = SparseRows<Double>(columnCount: 5)
    rows.appendRow(columns: [1, 2, 3], values: [2, 3, 4])
    rows.appendRow(columns: [0, 4], values: [5, 6])
    rows.appendRow(columns: [0, 1, 2, 3, 4], values: [1, 1, 1, 1, 1])
    rows.appendRow(columns: [Int32](), values: [])
    let vector: [Double] = [1, 10, 100, 1000, 10_000]
    var result = [Double](repeating: .nan, count: 4)
    rows.multiply(vector, into: &result)
    #expect(result == [4320, 60_005, 11_111, 0])
    var sum = [Double](repeating: 1, count: 5)
    rows.add(row: 1, times: 2, to: &sum)
    #expect(sum == [11, 1, 1, 1, 13])
    #expect(rows.map { -$0 }.dot(row: 0, vector) == -4320)
  }
}
