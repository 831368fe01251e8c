internal import MonotoneLinearAlgebra

/// A square float64 matrix by rows.
final class DenseMatrix {
  let order: Int
  let numbers: UnsafeMutableBufferPointer<Double>

  init(order: Int) {
    self.order = order
    numbers = DenseKernels.allocate(order * order)
    numbers.initialize(repeating: 0)
  }

  convenience init(order: Int, _ entry: (_ row: Int, _ column: Int) -> Double) {
    self.init(order: order)
    for row in 0..<order {
      for column in 0..<order { numbers[row * order + column] = entry(row, column) }
    }
  }

  convenience init(_ rows: SparseRows<Double>, order: Int) {
    self.init(order: order)
    for row in 0..<order {
      for entry in rows.entries(ofRow: row) {
        numbers[row * order + Int(rows.columns[entry])] = rows.values[entry]
      }
    }
  }

  deinit { numbers.deallocate() }

  subscript(row: Int, column: Int) -> Double { numbers[row * order + column] }

  func row(_ row: Int) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(rebasing: numbers[row * order..<(row + 1) * order])
  }
}
