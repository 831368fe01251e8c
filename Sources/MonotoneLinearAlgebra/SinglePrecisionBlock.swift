/// A ``MatrixBlock`` with entries in float32, for products of which a few digits are enough.
///
/// The time of a large product is that of its memory: entries take 8 bytes here in place of 12, and twice as much
/// of the vector is in the cache. Each term misses by some 2⁻²³ of itself; sums are in float64.
struct SinglePrecisionBlock: @unchecked Sendable {
  // Sendable: of the memory that is lent, each thread writes the places of its own rows alone.

  fileprivate let block: MatrixBlock
  /// Those of the block; the first belongs to the first entry of its first row.
  fileprivate let values: UnsafeBufferPointer<Float>
  fileprivate let firstEntry: Int
  /// Room for x.
  fileprivate let vector: UnsafeMutableBufferPointer<Float>

  /// (I − γM) x.
  func applyResolvent(
    _ discount: Double, _ x: UnsafeBufferPointer<Double>,
    into product: UnsafeMutableBufferPointer<Double>, _ work: SharedWork
  ) {
    precondition(
      x.count == vector.count && product.count == vector.count,
      "vectors of \(x.count) and \(product.count) for a block of \(vector.count) rows")
    work.forEachBlock(of: vector.count) { rows in
      for row in rows { vector[row] = Float(x[row]) }
    }
    work.forEachBlock(of: vector.count) { applyResolvent(discount, x, into: product, rows: $0) }
  }

  /// Some rows of (I − γM) x, apart as those of ``MatrixBlock`` are.
  @inline(never)
  private func applyResolvent(
    _ discount: Double, _ x: UnsafeBufferPointer<Double>,
    into product: UnsafeMutableBufferPointer<Double>, rows: Range<Int>
  ) {
    let (columns, start, end, first) = (block.columns, block.start, block.end, block.first)
    let (values, vector, firstEntry) = (values, vector, firstEntry)
    for row in rows {
      var sum = 0.0
      for entry in start[row]..<end[row] {
        sum += Double(values[entry - firstEntry]) * Double(vector[Int(columns[entry]) - first])
      }
      product[row] = x[row] - discount * sum
    }
  }
}

extension MatrixBlock {
  /// Lends the block in float32.
  func withSinglePrecision<Result>(_ work: (SinglePrecisionBlock) -> Result) -> Result {
    guard let firstEntry = start.first, let lastEntry = end.last else {
      preconditionFailure("a block without rows")
    }
    // Between its rows lie entries of other blocks, which nobody reads.
    let rounded = values[firstEntry..<lastEntry].map { Float($0) }
    var vector = [Float](repeating: 0, count: start.count)
    return rounded.withUnsafeBufferPointer { rounded in
      vector.withUnsafeMutableBufferPointer { vector in
        work(
          SinglePrecisionBlock(
            block: self, values: rounded, firstEntry: firstEntry, vector: vector))
      }
    }
  }
}
