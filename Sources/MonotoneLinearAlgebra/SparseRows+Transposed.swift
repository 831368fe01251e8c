extension SparseRows<Double> {
  /// Mᵀ.
  ///
  /// Complexity: O(rows + columns + entries), rows shared by threads.
  package func transposed(_ work: SharedWork = SharedWork()) -> SparseRows {
    // The loop jumps for every entry: half of the memory serves it where that counts far enough.
    entryCount <= Int(Int32.max) ? transposed(work, Int32.self) : transposed(work, Int.self)
  }

  private func transposed<Place: FixedWidthInteger>(
    _ work: SharedWork, _ type: Place.Type
  ) -> SparseRows {
    var next = [Place](repeating: 0, count: work.shareCount(of: rowCount) * columnCount)
    var start: [Int] = []
    var numbers: [Double] = []
    let rows = [Int32](unsafeUninitializedCapacity: entryCount) { rows, filledRows in
      numbers = [Double](unsafeUninitializedCapacity: entryCount) { numbers, filledNumbers in
        next.withUnsafeMutableBufferPointer { next in
          let columns = Columns<Place>(rows: rows, values: numbers, next: next, count: columnCount)
          withEntries { from, values in
            work.forEachShare(of: rowCount) { share, rows in
              columns.count(from, entries(ofRows: rows), share)
            }
            start = columns.place()
            work.forEachShare(of: rowCount) { share, rows in
              columns.fill(self, from, values, rows, share)
            }
          }
        }
        filledNumbers = entryCount
      }
      filledRows = entryCount
    }
    return SparseRows(columnCount: rowCount, rowStart: start, columns: rows, values: numbers)
  }

  private func entries(ofRows rows: Range<Int>) -> Range<Int> {
    rowStart[rows.lowerBound]..<rowStart[rows.upperBound]
  }

  /// Memory for the entries by column. Each share of the rows has a place of its own in every column, behind
  /// those of the shares before it, so that rows ascend there and no two threads write the same.
  private struct Columns<Place: FixedWidthInteger> {
    let rows: UnsafeMutableBufferPointer<Int32>
    let values: UnsafeMutableBufferPointer<Double>
    /// By share, by column: how many entries there are, and then where the next goes.
    let next: UnsafeMutableBufferPointer<Place>
    /// How many columns there are.
    let count: Int

    /// Counts the entries of a share in each column.
    func count(_ columns: UnsafeBufferPointer<Int32>, _ entries: Range<Int>, _ share: Int) {
      let (next, offset) = (next, share * count)
      for entry in entries { next[offset + Int(columns[entry])] += 1 }
    }

    /// Makes places of counts.
    ///
    /// - Returns: Where each column starts, and where the last ends.
    func place() -> [Int] {
      var start = [0]
      start.reserveCapacity(count + 1)
      var place = 0
      for column in 0..<count {
        for index in stride(from: column, to: next.count, by: count) {
          let entries = Int(next[index])
          next[index] = Place(place)
          place += entries
        }
        start.append(place)
      }
      return start
    }

    /// Writes the entries of a share.
    func fill(
      _ matrix: SparseRows<Double>, _ columns: UnsafeBufferPointer<Int32>,
      _ numbers: UnsafeBufferPointer<Double>, _ share: Range<Int>, _ number: Int
    ) {
      let (rows, values, next, offset) = (rows, values, next, number * count)
      for row in share {
        for entry in matrix.entries(ofRow: row) {
          let index = offset + Int(columns[entry])
          let place = Int(next[index])
          next[index] += 1
          rows[place] = Int32(truncatingIfNeeded: row)
          values[place] = numbers[entry]
        }
      }
    }
  }
}
