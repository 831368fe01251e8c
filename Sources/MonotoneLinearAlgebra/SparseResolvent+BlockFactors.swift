extension SparseResolvent {
  /// The factors of a block, sparse or dense, whichever is cheaper and fits in memory.
  enum BlockFactors {
    case sparse(SparseLU)
    case dense(DenseLU)

    /// One operation on sparse factors takes as long as so many on dense ones.
    private static let sparseOperationCost = 20.0

    /// The factors of a matrix; nil where none fit in memory or within so many operations, or a pivot is zero.
    init?(_ matrix: SparseRows<Double>, _ operationLimit: Double) {
      let order = Double(matrix.rowCount)
      let denseCost = 2 * order * order * order / 3 / Self.sparseOperationCost
      if let sparse = try? SparseLU(matrix, operationLimit: min(denseCost, operationLimit)) {
        self = .sparse(sparse)
      } else if denseCost <= operationLimit, let dense = try? DenseLU(order: matrix.rowCount) {
        dense.fill(matrix)
        guard (try? dense.factor()) != nil else { return nil }
        self = .dense(dense)
      } else if let sparse = try? SparseLU(matrix, operationLimit: operationLimit) {
        self = .sparse(sparse)
      } else {
        return nil
      }
    }

    /// Solves one of the block's systems; `vector` is b before and x after.
    func solve(_ vector: inout [Double], _ side: Side) {
      switch (self, side) {
      case (.sparse(let lu), .plain): lu.solve(&vector)
      case (.sparse(let lu), .transposed): lu.solveTransposed(&vector)
      case (.dense(let lu), .plain): lu.solve(&vector)
      case (.dense(let lu), .transposed): lu.solveTransposed(&vector)
      }
    }
  }
}

extension DenseLU {
  /// Writes a sparse matrix.
  fileprivate func fill(_ matrix: SparseRows<Double>) {
    withMatrix { numbers in
      numbers.update(repeating: 0)
      for row in 0..<order {
        for entry in matrix.entries(ofRow: row) {
          numbers[row * order + Int(matrix.columns[entry])] = matrix.values[entry]
        }
      }
    }
  }
}
