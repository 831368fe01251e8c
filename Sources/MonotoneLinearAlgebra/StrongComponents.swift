/// The strongly connected components of a sparse matrix's graph, row i leading to the columns of its
/// entries, and an order of rows in which the matrix is block lower triangular.
///
/// Every component comes after those that it leads to. A chain that drifts has small ones, and its
/// system is nearly solved by the order alone.
///
/// Source: Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972).
/// Complexity: O(rows + entries) time, O(rows) memory.
package struct StrongComponents: Sendable {
  /// The rows, component by component.
  package private(set) var rows: [Int32] = []
  /// Where each component starts in ``rows``; one entry more than there are components.
  package private(set) var start: [Int] = [0]

  /// Number of components.
  package var count: Int { start.count - 1 }

  /// The components of a square matrix.
  package init<Number>(_ matrix: SparseRows<Number>) {
    let order = matrix.rowCount
    precondition(order == matrix.columnCount, "\(order) rows and \(matrix.columnCount) columns")
    rows.reserveCapacity(order)
    var search = Search(order: order)
    for root in 0..<order where search.place[root] == 0 {
      matrix.columns.withUnsafeBufferPointer { columns in
        matrix.rowStart.withUnsafeBufferPointer { rowStart in
          search.visit(root, rowStart, columns) { component in
            rows += component
            start.append(rows.count)
          }
        }
      }
    }
  }

  /// A depth-first search that keeps its own stack: chains are longer than the processor's.
  private struct Search {
    /// When each row was met, from 1; 0 for never, the largest number once its component is known.
    var place: [Int32]
    /// The earliest place that each row leads back to.
    private var low: [Int32]
    /// The next entry of each row that the search has not followed.
    private var next: [Int]
    private var path: [Int32] = []
    private var pending: [Int32] = []
    private var clock: Int32 = 0

    init(order: Int) {
      place = [Int32](repeating: 0, count: order)
      low = place
      next = [Int](repeating: 0, count: order)
    }

    private mutating func enter(_ row: Int, _ rowStart: UnsafeBufferPointer<Int>) {
      clock += 1
      place[row] = clock
      low[row] = clock
      next[row] = rowStart[row]
      path.append(Int32(row))
      pending.append(Int32(row))
    }

    mutating func visit(
      _ root: Int, _ rowStart: UnsafeBufferPointer<Int>, _ columns: UnsafeBufferPointer<Int32>,
      found: (ArraySlice<Int32>) -> Void
    ) {
      enter(root, rowStart)
      while let last = path.last {
        let row = Int(last)
        if next[row] < rowStart[row + 1] {
          let target = Int(columns[next[row]])
          next[row] += 1
          if place[target] == 0 {
            enter(target, rowStart)
          } else if place[target] < low[row] {
            low[row] = place[target]
          }
          continue
        }
        path.removeLast()
        if let parent = path.last { low[Int(parent)] = min(low[Int(parent)], low[row]) }
        guard low[row] == place[row], let first = pending.lastIndex(of: last) else { continue }
        for member in pending[first...] { place[Int(member)] = .max }
        found(pending[first...])
        pending.removeSubrange(first...)
      }
    }
  }
}
