internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// P_π of one policy over the live states, stored sparsely.
struct SparseChain {
  /// ‖I − γP_π‖∞.
  let systemNorm: Double
  /// P_π.
  let transition: SparseRows<Double>
  private let discount: Double

  /// The chain of a policy.
  ///
  /// Complexity: O(stored transitions), shared by threads.
  init(_ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>, _ work: SharedWork) {
    let space = mdp.space
    let order = space.liveStates.count
    // Rows are made where there is room for all that they may be, and moved together then.
    let room = Self.mostEntries(mdp, policy)
    var rowStart = room
    var norm = 0.0
    var values: [Double] = []
    let columns = [Int32](unsafeUninitializedCapacity: room[order]) { columns, columnCount in
      values = [Double](unsafeUninitializedCapacity: room[order]) { values, count in
        rowStart.withUnsafeMutableBufferPointer { rowStart in
          let place = Room(columns: columns, values: values, start: room)
          norm = place.fill(mdp, policy, &rowStart, work)
          count = place.moveTogether(rowStart)
        }
        columnCount = count
      }
    }
    let isMostlyRoom = rowStart[order] < room[order] / 4 * 3
    transition = SparseRows(
      columnCount: order, rowStart: rowStart, columns: isMostlyRoom ? columns.trimmed : columns,
      values: isMostlyRoom ? values.trimmed : values)
    systemNorm = norm
    discount = mdp.discount
  }

  /// Where each row starts if the rows that the policy mixes have no next state in common, and where the last ends.
  private static func mostEntries(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>
  ) -> [Int] {
    var start = [0]
    start.reserveCapacity(mdp.space.liveStates.count + 1)
    var count = 0
    for state in mdp.space.liveStates {
      for pair in mdp.space.pairs(of: state) where policy[pair] != 0 {
        count += mdp.transitions.entries(ofRow: pair).count
      }
      start.append(count)
    }
    return start
  }

  /// The number of live states.
  var order: Int { transition.rowCount }

  /// The share of entries of P_π that are stored.
  var density: Double {
    Double(transition.entryCount) / (Double(order) * Double(order))
  }

  /// Both systems of the chain, which is given up for them.
  ///
  /// - Parameter work: The threads that share rows.
  consuming func resolvent(_ work: SharedWork) -> SparseResolvent {
    SparseResolvent(transition, discount: discount, norm: systemNorm, work: work)
  }
}

extension Array {
  /// A copy in memory of its own, without the room behind the elements.
  fileprivate var trimmed: [Element] { withUnsafeBufferPointer { Array($0) } }
}

/// Memory for the entries of all rows.
private struct Room {
  let columns: UnsafeMutableBufferPointer<Int32>
  let values: UnsafeMutableBufferPointer<Double>
  /// By row, where its entries may start; and where the last may end.
  let start: [Int]

  /// Makes every row at its start, and writes behind which entry each ends.
  ///
  /// - Returns: ‖I − γP_π‖∞.
  func fill(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>,
    _ end: inout UnsafeMutableBufferPointer<Int>, _ work: SharedWork
  ) -> Double {
    let space = mdp.space
    let live = space.liveStates
    let norms = space.livePosition.withUnsafeBufferPointer { position in
      work.map(live.count, 0.0) { [end] rows in
        var norm = 0.0
        for index in rows {
          let range = start[index]..<start[index + 1]
          var row = LiveChainRow(
            columns: UnsafeMutableBufferPointer(rebasing: columns[range]),
            values: UnsafeMutableBufferPointer(rebasing: values[range]),
            position: live.count == space.stateCount ? nil : position)
          mdp.addChainRow(of: live[index], under: policy, to: &row)
          row.finish()
          end[index + 1] = range.lowerBound + row.count
          norm = .greatest(norm, rowNorm(range.prefix(row.count), of: index, mdp.discount))
        }
        return norm
      }
    }
    return norms.reduce(0) { .greatest($0, $1) }
  }

  /// Σ_j |I − γP|(i,j).
  private func rowNorm(_ entries: Range<Int>, of row: Int, _ discount: Double) -> Double {
    var (total, stay) = (0.0, 0.0)
    for entry in entries {
      total += values[entry]
      if columns[entry] == row { stay = values[entry] }
    }
    return abs(1 - discount * stay) + discount * (total - stay)
  }

  /// Closes the gaps between rows, whose ends become the starts of the next.
  ///
  /// - Returns: The number of entries.
  func moveTogether(_ end: UnsafeMutableBufferPointer<Int>) -> Int {
    var count = 0
    for row in 0..<end.count - 1 {
      let range = start[row]..<end[row + 1]
      if count < range.lowerBound {
        for entry in range {
          columns[count + entry - range.lowerBound] = columns[entry]
          values[count + entry - range.lowerBound] = values[entry]
        }
      }
      count += range.count
      end[row + 1] = count
    }
    return count
  }
}
