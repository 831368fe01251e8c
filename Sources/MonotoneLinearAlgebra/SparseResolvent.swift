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
  /// P, rows and columns in the order of the components.
  private let transition: SparseRows<Double>
  /// By row, the first entry of its own block; those before it belong to blocks that were solved before.
  private let blockEntry: [Int]
  private let components: StrongComponents
  /// Where each row of the caller's went; empty where it stayed.
  private let position: [Int32]
  private let discount: Double
  /// Where iteration stops, as a backward error of a block.
  private let tolerance: Double
  /// The most operations that the factors of a block may take.
  private let operationLimit: Double
  /// Pᵀ, where all rows are one component and it was given or needed before.
  private var transposed: SparseRows<Double>?
  private let work: SharedWork
  private var factors: [Int: BlockFactors] = [:]

  /// The systems of a chain.
  ///
  /// - Parameters:
  ///   - transition: P; rows may sum to less than 1.
  ///   - discount: γ.
  ///   - norm: ‖I − γP‖∞.
  ///   - tolerance: The backward error at which iteration stops; as small as float64 allows, if not given.
  ///   - operationLimit: The most operations that factors of a block may take where iteration stagnates; its result
  ///     then stays as it is.
  ///   - transposed: Pᵀ, where the caller has it.
  ///   - work: The threads that share rows; results are the same for any number.
  package init(
    _ transition: SparseRows<Double>, discount: Double, norm: Double,
    tolerance: Double = SparseResolvent.leastTolerance, operationLimit: Double = .infinity,
    transposed: SparseRows<Double>? = nil, work: SharedWork = SharedWork()
  ) {
    self.work = work
    order = transition.rowCount
    self.norm = norm
    self.discount = discount
    self.tolerance = max(tolerance, Self.leastTolerance)
    self.operationLimit = operationLimit
    components = StrongComponents(transition)
    if components.count > 1 {
      var position = [Int32](repeating: 0, count: transition.rowCount)
      for (place, row) in components.rows.enumerated() { position[Int(row)] = Int32(place) }
      self.transition = transition.permuted(rows: components.rows, columns: position)
      self.position = position
    } else {
      self.transition = transition
      self.transposed = transposed
      position = []
    }
    blockEntry = Self.blockEntries(self.transition, components)
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

  /// Solves one of the systems.
  package mutating func solve(_ right: [Double], _ side: Side) -> Solution {
    precondition(right.count == order, "a right-hand side of \(right.count) for order \(order)")
    let unit = Self.unit(of: right)
    let arranged = arrange(right).map { $0 / unit }
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
    return Solution(
      vector: restore(x).map { $0 * unit }, backwardError: error ?? backwardError(x, arranged, side)
    )
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
      let entry = blockEntry[row]
      let stays = entry < transition.entries(ofRow: row).upperBound
      x[row] /= stays ? 1 - discount * transition.values[entry] : 1
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
      factors[block] = BlockFactors(entries(of: rows), operationLimit)
      guard factors[block] != nil else { return solution.backwardError }
      part = right
    }
    if factors[block] == nil { factors[block] = BlockFactors(entries(of: rows), operationLimit) }
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
        guard rows.count >= Self.smallestRoundedBlock else { return solve(nil) }
        return block.withSinglePrecision { rounded in
          solve { x, product in rounded.applyResolvent(discount, x, into: product, work) }
        }
      }
    }
    guard side == .transposed else {
      return solve(transition, rows, from: components.count > 1 ? blockEntry : nil)
    }
    if components.count > 1 {
      return solve(transposedBlock(rows), 0..<rows.count, from: nil)
    }
    let matrix = transposed ?? transition.transposed()
    transposed = matrix
    return solve(matrix, rows, from: nil)
  }

  /// Pᵀ of a block.
  private func transposedBlock(_ rows: Range<Int>) -> SparseRows<Double> {
    var block = SparseRows<Double>(columnCount: rows.count)
    for row in rows {
      let range = blockEntry[row]..<transition.entries(ofRow: row).upperBound
      block.appendRow(
        columns: range.lazy.map { transition.columns[$0] - Int32(rows.lowerBound) },
        values: transition.values[range])
    }
    return block.transposed()
  }

  /// I − γP of a block.
  private func entries(of rows: Range<Int>) -> SparseRows<Double> {
    var matrix = SparseRows<Double>(columnCount: rows.count)
    for row in rows {
      let range = blockEntry[row]..<transition.entries(ofRow: row).upperBound
      var columns = range.map { transition.columns[$0] - Int32(rows.lowerBound) }
      var values = range.map { -discount * transition.values[$0] }
      let own = Int32(row - rows.lowerBound)
      let place = columns.firstIndex { $0 >= own } ?? columns.count
      if place < columns.count, columns[place] == own {
        values[place] += 1
      } else {
        columns.insert(own, at: place)
        values.insert(1, at: place)
      }
      matrix.appendRow(columns: columns, values: values)
    }
    return matrix
  }

  // MARK: Products

  /// b + γP x over what was solved before this block.
  private func gather(_ block: Int, _ x: inout [Double]) {
    for row in components.start[block]..<components.start[block + 1] {
      let range = transition.entries(ofRow: row).lowerBound..<blockEntry[row]
      guard !range.isEmpty else { continue }
      x[row] +=
        discount
        * range.reduce(0.0) {
          $0 + transition.values[$1] * x[Int(transition.columns[$1])]
        }
    }
  }

  /// Sends this block's x on to the blocks that it leads to.
  private func scatter(_ block: Int, _ x: inout [Double]) {
    for row in components.start[block]..<components.start[block + 1] where x[row] != 0 {
      let weight = discount * x[row]
      for entry in transition.entries(ofRow: row).lowerBound..<blockEntry[row] {
        x[Int(transition.columns[entry])] += weight * transition.values[entry]
      }
    }
  }

  private func backwardError(_ x: [Double], _ right: [Double], _ side: Side) -> Double {
    var product = x
    switch side {
    case .plain: transition.multiply(x, into: &product)
    case .transposed: transition.multiplyTransposed(x, into: &product)
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
