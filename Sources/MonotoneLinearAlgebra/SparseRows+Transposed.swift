extension SparseRows<Double> {
  /// Mᵀ.
  ///
  /// Complexity: O(rows + columns + entries), shared by threads, each of which reads all columns once.
  package func transposed(_ work: SharedWork = SharedWork()) -> SparseRows {
    // The loop jumps for every entry: half of the memory serves it where that counts far enough.
    entryCount <= Int(Int32.max) ? transposed(work, Int32.self) : transposed(work, Int.self)
  }

  private func transposed<Place: FixedWidthInteger>(
    _ work: SharedWork, _ type: Place.Type
  ) -> SparseRows {
    var next = [Place](repeating: 0, count: columnCount + 1)
    for column in columns { next[Int(column) + 1] += 1 }
    for column in 0..<columnCount { next[column + 1] += next[column] }
    let start = next.map { Int($0) }
    var numbers: [Double] = []
    let rows = [Int32](unsafeUninitializedCapacity: entryCount) { rows, rowCount in
      numbers = [Double](unsafeUninitializedCapacity: entryCount) { numbers, count in
        next.withUnsafeMutableBufferPointer { next in
          withEntries { columns, values in
            work.forEachShare(of: columnCount) { [next] share in
              let target = Columns<Place>(rows: rows, values: numbers, next: next)
              fill(target, share, columns, values)
            }
          }
        }
        count = entryCount
      }
      rowCount = entryCount
    }
    return SparseRows(columnCount: rowCount, rowStart: start, columns: rows, values: numbers)
  }

  /// Memory for the entries by column, and where the next of each goes.
  private struct Columns<Place> {
    let rows: UnsafeMutableBufferPointer<Int32>
    let values: UnsafeMutableBufferPointer<Double>
    let next: UnsafeMutableBufferPointer<Place>
  }

  /// Writes the entries of some columns.
  private func fill<Place: FixedWidthInteger>(
    _ target: Columns<Place>, _ share: Range<Int>, _ columns: UnsafeBufferPointer<Int32>,
    _ values: UnsafeBufferPointer<Double>
  ) {
    for row in 0..<rowCount {
      for entry in entries(ofRow: row) {
        let column = Int(columns[entry])
        guard share.contains(column) else { continue }
        let place = Int(target.next[column])
        target.next[column] += 1
        target.rows[place] = Int32(truncatingIfNeeded: row)
        target.values[place] = values[entry]
      }
    }
  }
}
