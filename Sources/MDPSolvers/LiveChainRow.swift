internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// A row over the live states, in memory with room for all that is added: what leads to terminal ones is left out.
///
/// Entries stand as they come, until ``finish()`` puts them in order.
struct LiveChainRow: ChainRow {
  private let columns: UnsafeMutableBufferPointer<Int32>
  private let values: UnsafeMutableBufferPointer<Double>
  /// The position of each state among the live ones, −1 for terminal ones; nil where all are live.
  private let position: UnsafeBufferPointer<Int>?
  /// How many entries there are.
  private(set) var count = 0

  init(
    columns: UnsafeMutableBufferPointer<Int32>, values: UnsafeMutableBufferPointer<Double>,
    position: UnsafeBufferPointer<Int>?
  ) {
    self.columns = columns
    self.values = values
    self.position = position
  }

  mutating func add(_ matrix: SparseRows<Double>, row pair: Int, times weight: Double) {
    matrix.columns.withUnsafeBufferPointer { targets in
      matrix.values.withUnsafeBufferPointer { probabilities in
        for entry in matrix.entries(ofRow: pair) {
          var column = targets[entry]
          if let position { column = Int32(truncatingIfNeeded: position[Int(column)]) }
          guard column >= 0 else { continue }
          columns[count] = column
          values[count] = weight * probabilities[entry]
          count += 1
        }
      }
    }
  }

  /// Up to so many entries, in runs that are in order already, insertion is the fastest way to sort.
  private static let mostInserted = 64

  /// Puts the entries in order, those of one column added up in the order in which they came.
  mutating func finish() {
    if count <= Self.mostInserted { insert() } else { sort() }
    var last = -1
    for entry in 0..<count {
      if last >= 0, columns[last] == columns[entry] {
        values[last] += values[entry]
      } else {
        last += 1
        columns[last] = columns[entry]
        values[last] = values[entry]
      }
    }
    count = last + 1
  }

  private func insert() {
    for entry in 0..<count {
      let (column, value) = (columns[entry], values[entry])
      var place = entry
      while place > 0, columns[place - 1] > column {
        columns[place] = columns[place - 1]
        values[place] = values[place - 1]
        place -= 1
      }
      columns[place] = column
      values[place] = value
    }
  }

  private func sort() {
    let numbers = Array(values[..<count])
    // The column above, and below it the place among those that came.
    let keys = (0..<count).map { UInt64(columns[$0]) << 32 | UInt64($0) }.sorted()
    for (place, key) in keys.enumerated() {
      columns[place] = Int32(key >> 32)
      values[place] = numbers[Int(key & 0xFFFF_FFFF)]
    }
  }
}
