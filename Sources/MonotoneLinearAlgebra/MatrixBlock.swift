/// A square block on the diagonal of a sparse matrix, lent for fast products.
///
/// The entries of row i stand at `start[i]..<end[i]`; those of its own block are the last of a row.
struct MatrixBlock: @unchecked Sendable {
  // Sendable: nobody writes the memory while it is lent.

  let columns: UnsafeBufferPointer<Int32>
  let values: UnsafeBufferPointer<Double>
  let start: UnsafeBufferPointer<Int>
  let end: UnsafeBufferPointer<Int>
  /// The column of the block's first row.
  let first: Int

  fileprivate init(
    columns: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Double>,
    start: UnsafeBufferPointer<Int>, end: UnsafeBufferPointer<Int>, first: Int
  ) {
    self.columns = columns
    self.values = values
    self.start = start
    self.end = end
    self.first = first
  }

  /// (I − γM) x.
  func applyResolvent(
    _ discount: Double, _ x: UnsafeBufferPointer<Double>,
    into product: UnsafeMutableBufferPointer<Double>, _ work: SharedWork
  ) {
    precondition(
      x.count == start.count && product.count == start.count,
      "vectors of \(x.count) and \(product.count) for a block of \(start.count) rows")
    work.forEachBlock(of: start.count) { applyResolvent(discount, x, into: product, rows: $0) }
  }

  /// Some rows of (I − γM) x. Apart, because a closure that threads share would look up all that it works on
  /// anew for every entry.
  @inline(never)
  private func applyResolvent(
    _ discount: Double, _ x: UnsafeBufferPointer<Double>,
    into product: UnsafeMutableBufferPointer<Double>, rows: Range<Int>
  ) {
    let (columns, values, start, end, first) = (columns, values, start, end, first)
    for row in rows {
      var sum = 0.0
      for entry in start[row]..<end[row] {
        sum += values[entry] * x[Int(columns[entry]) - first]
      }
      product[row] = x[row] - discount * sum
    }
  }
}

extension SparseRows<Double> {
  /// Lends the block of some rows and the columns of the same numbers.
  ///
  /// - Parameter start: Where the block's entries start in each row of the matrix; nil where rows have no others.
  func withRows<Result>(
    _ rows: Range<Int>, from start: [Int]?, _ work: (MatrixBlock) -> Result
  ) -> Result {
    columns.withUnsafeBufferPointer { columns in
      values.withUnsafeBufferPointer { values in
        rowStart.withUnsafeBufferPointer { rowStart in
          func lend(_ start: UnsafeBufferPointer<Int>) -> Result {
            work(
              MatrixBlock(
                columns: columns, values: values,
                start: UnsafeBufferPointer(rebasing: start[rows]),
                end: UnsafeBufferPointer(
                  rebasing: rowStart[rows.lowerBound + 1..<rows.upperBound + 1]),
                first: rows.lowerBound))
          }
          return start.map { $0.withUnsafeBufferPointer(lend) } ?? lend(rowStart)
        }
      }
    }
  }
}
