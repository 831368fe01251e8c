extension SparseRows {
  /// Mᵀ.
  ///
  /// Complexity: O(rows + columns + entries).
  package func transposed() -> SparseRows {
    var next = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { next[Int(column) + 1] += 1 }
    for column in 0..<columnCount { next[column + 1] += next[column] }
    let start = next
    var rows = [Int32](repeating: 0, count: entryCount)
    let numbers = [Number](unsafeUninitializedCapacity: entryCount) { numbers, count in
      next.withUnsafeMutableBufferPointer { next in
        rows.withUnsafeMutableBufferPointer { rows in
          columns.withUnsafeBufferPointer { columns in
            values.withUnsafeBufferPointer { values in
              for row in 0..<rowCount {
                for entry in entries(ofRow: row) {
                  let column = Int(columns[entry])
                  let place = next[column]
                  next[column] = place + 1
                  rows[place] = Int32(row)
                  numbers.initializeElement(at: place, to: values[entry])
                }
              }
            }
          }
        }
      }
      count = entryCount
    }
    return SparseRows(columnCount: rowCount, rowStart: start, columns: rows, values: numbers)
  }
}
