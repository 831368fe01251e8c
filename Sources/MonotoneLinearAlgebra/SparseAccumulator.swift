public import MonotoneArithmetic

/// A row under construction: few entries of many, added in any order.
@usableFromInline package struct SparseAccumulator<Number: Scalar> {
  @usableFromInline var values: [Number]
  @usableFromInline var isTouched: [Bool]
  @usableFromInline var touched: [Int32] = []

  /// A row of zeros.
  @inlinable package init(count: Int) {
    values = [Number](repeating: .zero, count: count)
    isTouched = [Bool](repeating: false, count: count)
  }

  /// Adds a number to an entry.
  @inlinable package mutating func add(_ number: Number, at column: Int32) {
    let index = Int(column)
    if !isTouched[index] {
      isTouched[index] = true
      touched.append(column)
    }
    values[index] += number
  }

  /// Adds weight · matrix[row, ·].
  @inlinable package mutating func add(
    _ matrix: SparseRows<Number>, row: Int, times weight: Number
  ) {
    matrix.columns.withUnsafeBufferPointer { columns in
      matrix.values.withUnsafeBufferPointer { values in
        for entry in matrix.entries(ofRow: row) {
          add(weight * values[entry], at: columns[entry])
        }
      }
    }
  }

  /// Hands out the entries by ascending column and leaves a row of zeros.
  @inlinable package mutating func drain(_ body: (_ column: Int32, _ value: Number) -> Void) {
    touched.sort()
    for column in touched {
      body(column, values[Int(column)])
      values[Int(column)] = .zero
      isTouched[Int(column)] = false
    }
    touched.removeAll(keepingCapacity: true)
  }
}
