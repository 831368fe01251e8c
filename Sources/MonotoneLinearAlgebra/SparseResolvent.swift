internal import MonotoneArithmetic

/// The systems (I − γP) x = b and (I − γP)ᵀ x = b of a sparse stochastic P, solved component by component.
///
/// Rows are put into the order of ``StrongComponents``, in which I − γP is block lower triangular. Then
/// each block is solved with what the others already gave on its right-hand side: a single row by a
/// division; a small block by ``SparseLU``; a large one by ``StabilizedBiconjugateGradient``, and where
/// that stagnates by ``SparseLU``, or ``DenseLU`` where fill makes that cheaper. Factors, once made,
/// serve every later right-hand side, transposed ones included.
///
/// Nothing is promised of the result but ``solve(_:)``'s own residual: enclosures are proved elsewhere.
///
/// Complexity: O(entries) memory, and the factors; tens to hundreds of products, or a factorisation.
package struct SparseResolvent {
  /// The number of rows.
  package let order: Int
  /// ‖I − γP‖∞, which is also the 1-norm of its transpose.
  package let norm: Double
  /// P, rows and columns in the order of the components; Pᵀ after ``turn(to:)``.
  private var matrix: SparseRows<Double>
  /// Whose rows the matrix has: always P's where there are several components.
  private var rowsAre = Side.plain
  /// By row, the first entry of its own block; those before it belong to blocks that were solved before. Empty where
  /// all rows are one.
  private let blockEntry: [Int]
  private let components: StrongComponents
  /// Where each row of the caller's went; empty where it stayed.
  private let position: [Int32]
  private let discount: Double
  /// Where iteration stops, as a backward error of a block.
  private let tolerance: Double
  /// The most operations that the factors of a block may take.
  private let operationLimit: Double
  private let work: SharedWork
  private var factors: [Int: BlockFactors] = [:]

  /// The systems of a chain.
  ///
  /// - Parameters:
  ///   - transition: P; rows may sum to less than 1. Given up by the caller, it is not kept beside its transpose.
  ///   - discount: γ.
  ///   - norm: ‖I − γP‖∞.
  ///   - tolerance: The backward error at which iteration stops; as small as float64 allows, if not given.
  ///   - operationLimit: The most operations that factors of a block may take where iteration stagnates; its result
  ///     then stays as it is.
  ///   - work: The threads that share rows; results are the same for any number.
  package init(
    _ transition: consuming SparseRows<Double>, discount: Double, norm: Double,
    tolerance: Double = SparseResolvent.leastTolerance, operationLimit: Double = .infinity,
    work: SharedWork = SharedWork()
  ) {
    self.work = work
    matrix = transition
    order = matrix.rowCount
    self.norm = norm
    self.discount = discount
    self.tolerance = max(tolerance, Self.leastTolerance)
    self.operationLimit = operationLimit
    components = StrongComponents(matrix)
    if components.count > 1 {
      var position = [Int32](repeating: 0, count: order)
      for (place, row) in components.rows.enumerated() { position[Int(row)] = Int32(place) }
      matrix = matrix.permuted(rows: components.rows, columns: position)
      self.position = position
    } else {
      position = []
    }
    blockEntry = components.count > 1 ? Self.blockEntries(matrix, components) : []
  }

  private static func blockEntries(
    _ transition: SparseRows<Double>, _ components: StrongComponents
  ) -> [Int] {
    var entries = [Int](repeating: 0, count: transition.rowCount)
    for block in 0..<components.count {
      let rows = components.start[block]..<components.start[block + 1]
      for row in rows {
        let range = transition.entries(ofRow: row)
        entries[row] =
          rows.lowerBound == 0
          ? range.lowerBound
          : range.first { transition.columns[$0] >= rows.lowerBound } ?? range.upperBound
      }
    }
    return entries
  }

  /// x, and how well it solves the system.
  package struct Solution {
    /// x.
    package var vector: [Double]
    /// ‖b − M x‖ / (‖M‖ ‖x‖ + ‖b‖).
    package var backwardError: Double
  }

  /// Which of the two systems.
  package enum Side {
    /// (I − γP) x = b, in the ∞-norm.
    case plain
    /// (I − γP)ᵀ x = b, in the 1-norm.
    case transposed

    fileprivate var vectorNorm: VectorNorm { self == .plain ? .maximum : .sum }
  }

  /// Pᵀ, rows and columns in the order of the caller.
  package mutating func transposed() -> SparseRows<Double> {
    guard position.isEmpty else {
      return matrix.permuted(rows: position, columns: components.rows).transposed(work)
    }
    turn(to: .transposed)
    return matrix
  }

  /// The first entry of a row's own block.
  private func firstEntry(ofRow row: Int) -> Int {
    blockEntry.isEmpty ? matrix.entries(ofRow: row).lowerBound : blockEntry[row]
  }

  /// Has the rows of P or of Pᵀ: one of them is kept, since they take more memory than all else.
  private mutating func turn(to side: Side) {
    guard rowsAre != side else { return }
    matrix = matrix.transposed(work)
    rowsAre = side
  }

  /// Solves one of the systems.
  package mutating func solve(_ right: consuming [Double], _ side: Side) -> Solution {
    var arranged = position.isEmpty ? right : arrange(right)
    precondition(
      arranged.count == order, "a right-hand side of \(arranged.count) for order \(order)")
    let unit = Self.unit(of: arranged)
    for row in arranged.indices { arranged[row] /= unit }
    var x = arranged
    var error: Double?
    switch side {
    case .plain:
      for block in 0..<components.count {
        gather(block, &x)
        error = solveBlock(block, &x, side)
      }
    case .transposed:
      for block in (0..<components.count).reversed() {
        error = solveBlock(block, &x, side)
        scatter(block, &x)
      }
    }
    // That of the only block is that of the whole.
    if components.count > 1 { error = nil }
    let found = error ?? backwardError(x, arranged, side)
    for row in x.indices { x[row] *= unit }
    return Solution(vector: restore(x), backwardError: found)
  }

  /// The power of 2 by which a vector is divided while its system is solved: squares of numbers that are too
  /// large or small for them would stop the iteration.
  private static func unit(of vector: [Double]) -> Double {
    let size = vector.greatestMagnitude
    return size > 0 && size.isFinite
      ? Double(sign: .plus, exponent: size.exponent, significand: 1) : 1
  }

  /// Larger blocks are worth an attempt by iteration.
  private static let largestSmallBlock = 64

  /// The vectors of smaller blocks are in the cache next to the processor in float64, too.
  private static let smallestRoundedBlock = 1 << 14

  /// Rows of fewer entries take less memory than the vectors of an iteration.
  private static let leastRoundedDegree = 8

  /// Chains that mix take tens of iterations. The ones that take more than this are nearly
  /// periodic, and then take as many as they have states: elimination is better.
  private static let iterationLimit = 500

  /// A few roundings of a residual. Rows have few entries, so that no order enters.
  package static let leastTolerance = 4 * 0x1p-53

  /// The backward error with which iteration is left as it is.
  private var acceptedError: Double { 4 * tolerance }

  /// The rows in the order of the components: each behind those that its component leads to.
  package var rowOrder: [Int32] { components.rows }

  /// Solves a block's system in place, and returns the backward error where the solver knows it.
  private mutating func solveBlock(_ block: Int, _ x: inout [Double], _ side: Side) -> Double? {
    let rows = components.start[block]..<components.start[block + 1]
    if rows.count == 1 {
      let row = rows.lowerBound
      let entry = firstEntry(ofRow: row)
      let stays = entry < matrix.entries(ofRow: row).upperBound
      x[row] /= stays ? 1 - discount * matrix.values[entry] : 1
      return nil
    }
    if rows.count == order { return solveBlock(block, of: rows, &x, side) }
    // Far from where rewards are, or the start, numbers are small.
    let unit = Self.unit(of: Array(x[rows]))
    var part = x[rows].map { $0 / unit }
    let error = solveBlock(block, of: rows, &part, side)
    x.replaceSubrange(rows, with: part.map { $0 * unit })
    return error
  }

  private mutating func solveBlock(
    _ block: Int, of rows: Range<Int>, _ part: inout [Double], _ side: Side
  ) -> Double? {
    if factors[block] == nil, rows.count > Self.largestSmallBlock {
      let right = part
      let solution = iterate(right, rows, side)
      part = solution.vector
      if solution.backwardError <= acceptedError { return solution.backwardError }
      factors[block] = BlockFactors(system(of: rows), operationLimit)
      guard factors[block] != nil else { return solution.backwardError }
      part = right
    }
    if factors[block] == nil { factors[block] = BlockFactors(system(of: rows), operationLimit) }
    factors[block]?.solve(&part, side)
    return nil
  }

  /// The solution of a block's system by iteration.
  private mutating func iterate(
    _ right: [Double], _ rows: Range<Int>, _ side: Side
  ) -> StabilizedBiconjugateGradient.Solution {
    let (discount, work) = (discount, work)
    let configuration = StabilizedBiconjugateGradient.Configuration(
      tolerance: tolerance, iterationLimit: Self.iterationLimit, norm: side.vectorNorm,
      matrixNorm: norm, work: work)
    func solve(
      _ matrix: SparseRows<Double>, _ rows: Range<Int>, from start: [Int]?
    ) -> StabilizedBiconjugateGradient.Solution {
      matrix.withRows(rows, from: start) { block in
        func solve(
          _ rough: StabilizedBiconjugateGradient.Product?
        ) -> StabilizedBiconjugateGradient.Solution {
          StabilizedBiconjugateGradient.solve(right, configuration, rough: rough) { x, product in
            block.applyResolvent(discount, x, into: product, work)
          }
        }
        guard rows.count >= Self.smallestRoundedBlock,
          matrix.entryCount >= Self.leastRoundedDegree * matrix.rowCount
        else { return solve(nil) }
        return block.withSinglePrecision { rounded in
          solve { x, product in rounded.applyResolvent(discount, x, into: product, work) }
        }
      }
    }
    if components.count == 1 {
      turn(to: side)
      return solve(matrix, rows, from: nil)
    }
    return side == .plain
      ? solve(matrix, rows, from: blockEntry)
      : solve(transposedBlock(rows), 0..<rows.count, from: nil)
  }

  /// Pᵀ of a block.
  private func transposedBlock(_ rows: Range<Int>) -> SparseRows<Double> {
    var block = SparseRows<Double>(columnCount: rows.count)
    for row in rows {
      let range = blockEntry[row]..<matrix.entries(ofRow: row).upperBound
      block.appendRow(
        columns: range.lazy.map { matrix.columns[$0] - Int32(rows.lowerBound) },
        values: matrix.values[range])
    }
    return block.transposed()
  }

  /// I − γP of a block.
  private mutating func system(of rows: Range<Int>) -> SparseRows<Double> {
    turn(to: .plain)
    var system = SparseRows<Double>(columnCount: rows.count)
    for row in rows {
      let range = firstEntry(ofRow: row)..<matrix.entries(ofRow: row).upperBound
      var columns = range.map { matrix.columns[$0] - Int32(rows.lowerBound) }
      var values = range.map { -discount * matrix.values[$0] }
      let own = Int32(row - rows.lowerBound)
      let place = columns.firstIndex { $0 >= own } ?? columns.count
      if place < columns.count, columns[place] == own {
        values[place] += 1
      } else {
        columns.insert(own, at: place)
        values.insert(1, at: place)
      }
      system.appendRow(columns: columns, values: values)
    }
    return system
  }

  // MARK: Products

  /// b + γP x over what was solved before this block.
  private func gather(_ block: Int, _ x: inout [Double]) {
    guard block > 0 else { return }
    for row in components.start[block]..<components.start[block + 1] {
      let range = matrix.entries(ofRow: row).lowerBound..<blockEntry[row]
      guard !range.isEmpty else { continue }
      x[row] +=
        discount
        * range.reduce(0.0) {
          $0 + matrix.values[$1] * x[Int(matrix.columns[$1])]
        }
    }
  }

  /// Sends this block's x on to the blocks that it leads to.
  private func scatter(_ block: Int, _ x: inout [Double]) {
    // The first leads to no other, and the matrix of one block may have been turned.
    guard block > 0 else { return }
    for row in components.start[block]..<components.start[block + 1] where x[row] != 0 {
      let weight = discount * x[row]
      for entry in matrix.entries(ofRow: row).lowerBound..<blockEntry[row] {
        x[Int(matrix.columns[entry])] += weight * matrix.values[entry]
      }
    }
  }

  private func backwardError(_ x: [Double], _ right: [Double], _ side: Side) -> Double {
    var product = x
    if side == rowsAre {
      matrix.multiply(x, into: &product)
    } else {
      matrix.multiplyTransposed(x, into: &product)
    }
    var residual = right
    for row in residual.indices { residual[row] -= x[row] - discount * product[row] }
    let size = side.vectorNorm(residual)
    return size == 0 ? 0 : size / (norm * side.vectorNorm(x) + side.vectorNorm(right))
  }

  private func arrange(_ vector: [Double]) -> [Double] {
    position.isEmpty ? vector : components.rows.map { vector[Int($0)] }
  }

  private func restore(_ vector: [Double]) -> [Double] {
    position.isEmpty ? vector : position.map { vector[Int($0)] }
  }
}
