public import MonotoneArithmetic

/// A matrix stored by rows, each row the list of its entries by ascending column (CSR).
///
/// The storage of transition kernels: row k holds P(·|s,a) of the k-th available state–action
/// pair. A row whose columns are consecutive (a full row above all) needs no index lookup, so
/// dense models run at the speed of dense products without a second representation.
public struct SparseRows<Number: Sendable>: Sendable {
  /// Columns in the matrix.
  public let columnCount: Int
  /// Where each row starts in `columns` and `values`; one entry more than there are rows.
  public private(set) var rowStart: [Int] = [0]
  /// The column of each entry.
  public private(set) var columns: [Int32] = []
  /// Each entry.
  public private(set) var values: [Number] = []

  /// A matrix without rows, to be filled by ``appendRow(columns:values:)``.
  public init(columnCount: Int) {
    precondition(
      columnCount <= Int(Int32.max), "\(columnCount) columns are more than 32-bit indices reach")
    self.columnCount = columnCount
  }

  /// A matrix from its parts.
  ///
  /// - Precondition: the parts have matching lengths, and columns ascend within each row.
  public init(columnCount: Int, rowStart: [Int], columns: [Int32], values: [Number]) {
    precondition(
      rowStart.last == columns.count && columns.count == values.count,
      "rows end at \(rowStart.last ?? -1), with \(columns.count) columns, \(values.count) values")
    self.columnCount = columnCount
    self.rowStart = rowStart
    self.columns = columns
    self.values = values
  }

  /// Adds a row at the bottom.
  public mutating func appendRow(
    columns newColumns: some Collection<Int32>, values newValues: some Collection<Number>
  ) {
    precondition(
      newColumns.count == newValues.count,
      "a row of \(newColumns.count) columns with \(newValues.count) values")
    columns.append(contentsOf: newColumns)
    values.append(contentsOf: newValues)
    rowStart.append(columns.count)
  }

  /// Rows in the matrix.
  @inlinable public var rowCount: Int { rowStart.count - 1 }

  /// Stored entries.
  @inlinable public var entryCount: Int { columns.count }

  /// The positions of a row's entries in `columns` and `values`.
  @inlinable public func entries(ofRow row: Int) -> Range<Int> {
    rowStart[row]..<rowStart[row + 1]
  }

  /// Lends columns and values, for loops over many rows.
  package func withEntries<Result>(
    _ work: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Number>) -> Result
  ) -> Result {
    columns.withUnsafeBufferPointer { columns in
      values.withUnsafeBufferPointer { values in work(columns, values) }
    }
  }

  /// The matrix with rows and columns in another order.
  ///
  /// - Parameters:
  ///   - rows: By new row, the old one.
  ///   - columns: By old column, the new one.
  func permuted(rows: [Int32], columns position: [Int32]) -> SparseRows {
    var result = SparseRows(columnCount: columnCount)
    result.columns.reserveCapacity(entryCount)
    result.values.reserveCapacity(entryCount)
    result.rowStart.reserveCapacity(rows.count + 1)
    var row: [(column: Int32, value: Number)] = []
    for old in rows {
      row.removeAll(keepingCapacity: true)
      for entry in entries(ofRow: Int(old)) {
        row.append((position[Int(columns[entry])], values[entry]))
      }
      row.sort { $0.column < $1.column }
      for (column, value) in row {
        result.columns.append(column)
        result.values.append(value)
      }
      result.rowStart.append(result.columns.count)
    }
    return result
  }

  /// The matrix of some of the rows; an empty row for every negative number.
  package func selecting(_ rows: [Int]) -> SparseRows {
    var result = SparseRows(columnCount: columnCount)
    result.rowStart.reserveCapacity(rows.count + 1)
    let count = rows.reduce(0) { $1 < 0 ? $0 : $0 + entries(ofRow: $1).count }
    result.columns.reserveCapacity(count)
    result.values.reserveCapacity(count)
    for row in rows {
      if row >= 0 {
        result.columns += columns[entries(ofRow: row)]
        result.values += values[entries(ofRow: row)]
      }
      result.rowStart.append(result.columns.count)
    }
    return result
  }

  /// The matrix with every stored value transformed.
  public func map<T, Failure: Error>(
    _ transform: (Number) throws(Failure) -> T
  ) throws(Failure) -> SparseRows<T> {
    SparseRows<T>(
      columnCount: columnCount, rowStart: rowStart, columns: columns,
      values: try values.map(transform))
  }
}

extension SparseRows where Number: Scalar {
  /// Σ_j M[row, j] vector[j].
  @inlinable public func dot(row: Int, _ vector: [Number]) -> Number {
    let range = entries(ofRow: row)
    guard let first = range.first else { return .zero }
    precondition(
      vector.count == columnCount, "a vector of \(vector.count) for \(columnCount) columns")
    return values.withUnsafeBufferPointer { values in
      vector.withUnsafeBufferPointer { vector in
        let start = Int(columns[first])
        if Int(columns[range.upperBound - 1]) - start == range.count - 1 {
          return Self.contiguousDot(
            UnsafeBufferPointer(rebasing: values[range]),
            UnsafeBufferPointer(rebasing: vector[start..<start + range.count]))
        }
        return columns.withUnsafeBufferPointer { columns in
          var sum = Number.zero
          for entry in range { sum += values[entry] * vector[Int(columns[entry])] }
          return sum
        }
      }
    }
  }

  /// M · vector, into storage that the caller owns.
  @inlinable public func multiply(_ vector: [Number], into result: inout [Number]) {
    precondition(result.count == rowCount, "a result of \(result.count) for \(rowCount) rows")
    if Number.self == Double.self, isFull {
      multiplyFull(vector, into: &result)
      return
    }
    if Number.self == Rational.self, multiplyExactly(vector, into: &result) { return }
    for row in 0..<rowCount { result[row] = dot(row: row, vector) }
  }

  /// Mᵀ · weights, into storage that the caller owns.
  @inlinable public func multiplyTransposed(_ weights: [Number], into result: inout [Number]) {
    precondition(
      weights.count == rowCount && result.count == columnCount,
      "\(weights.count) weights and \(result.count) results for \(rowCount) × \(columnCount)")
    for column in result.indices { result[column] = .zero }
    for row in weights.indices where !weights[row].isExactlyZero {
      add(row: row, times: weights[row], to: &result)
    }
  }

  /// The product by the kernels for rationals; false for other numbers.
  @usableFromInline func multiplyExactly(
    _ vector: [Number], into result: inout [Number]
  ) -> Bool {
    guard let rows = self as? SparseRows<Rational>, let exact = vector as? [Rational],
      var product = result as? [Rational]
    else { return false }
    RationalKernels.multiply(rows, exact, into: &product)
    guard let product = product as? [Number] else { return false }
    result = product
    return true
  }

  /// Whether every entry is stored.
  @inlinable var isFull: Bool { entryCount == rowCount * columnCount }

  /// One dense product, for a matrix of `Double` that stores every entry.
  @usableFromInline func multiplyFull(_ vector: [Number], into result: inout [Number]) {
    precondition(
      vector.count == columnCount, "a vector of \(vector.count) for \(columnCount) columns")
    values.withUnsafeBytes { values in
      vector.withUnsafeBytes { vector in
        result.withUnsafeMutableBytes { result in
          DenseKernels.multiply(
            values.assumingMemoryBound(to: Double.self),
            vector.assumingMemoryBound(to: Double.self),
            into: result.assumingMemoryBound(to: Double.self))
        }
      }
    }
  }

  /// vector += weight · M[row, ·].
  @inlinable public func add(row: Int, times weight: Number, to vector: inout [Number]) {
    vector.withUnsafeMutableBufferPointer { add(row: row, times: weight, to: $0) }
  }

  /// vector += weight · M[row, ·], into memory that the caller owns.
  @inlinable public func add(
    row: Int, times weight: Number, to vector: UnsafeMutableBufferPointer<Number>
  ) {
    precondition(
      vector.count == columnCount, "a vector of \(vector.count) for \(columnCount) columns")
    let range = entries(ofRow: row)
    guard let first = range.first else { return }
    values.withUnsafeBufferPointer { values in
      let start = Int(columns[first])
      if Int(columns[range.upperBound - 1]) - start == range.count - 1 {
        // Consecutive columns: no lookup, and the loop becomes vector instructions.
        let source = UnsafeBufferPointer(rebasing: values[range])
        let target = UnsafeMutableBufferPointer(rebasing: vector[start..<start + range.count])
        for index in source.indices { target[index] += weight * source[index] }
        return
      }
      columns.withUnsafeBufferPointer { columns in
        for entry in range { vector[Int(columns[entry])] += weight * values[entry] }
      }
    }
  }

  /// The dot product of two runs of equal length. Four partial sums let the processor overlap
  /// additions; for `Double` the product goes to BLAS.
  @inlinable static func contiguousDot(
    _ a: UnsafeBufferPointer<Number>, _ b: UnsafeBufferPointer<Number>
  ) -> Number {
    if Number.self == Double.self {
      return a.withMemoryRebound(to: Double.self) { a in
        b.withMemoryRebound(to: Double.self) { b in
          // The cast is between identical types; generic code cannot see that.
          DenseKernels.dot(a, b) as! Number  // swift-format-ignore: NeverForceUnwrap
        }
      }
    }
    var sum = Number.zero
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
