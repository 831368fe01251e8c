internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// P_π, r_π and ρ₀ of one policy over the live states, P_π stored sparsely, by rows and by columns.
struct SparseChain {
  let reward: [Double]
  let initial: [Double]
  /// ‖I − γP_π‖∞.
  let systemNorm: Double
  /// P_π.
  let transition: SparseRows<Double>
  /// P_πᵀ.
  let transposed: SparseRows<Double>
  private let discount: Double

  /// The chain of a policy. Complexity: O(stored transitions).
  init(_ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>) {
    let space = mdp.space
    let order = space.liveStates.count
    // Filled here and not row by row in the matrix: these loops are compiled for these numbers.
    var (rowStart, columns, values) = ([0], [Int32](), [Double]())
    rowStart.reserveCapacity(order + 1)
    let entries = Self.mostEntries(mdp, policy)
    columns.reserveCapacity(entries)
    values.reserveCapacity(entries)
    var norm = 0.0
    var row = LiveChainRow(space)
    for (index, state) in space.liveStates.enumerated() {
      row.startRow()
      mdp.addChainRow(of: state, under: policy, to: &row)
      row.sort()
      var (total, stay) = (0.0, 0.0)
      for column in row.columns {
        let value = row[column]
        columns.append(column)
        values.append(value)
        total += value
        if Int(column) == index { stay = value }
      }
      rowStart.append(columns.count)
      norm = .greatest(norm, abs(1 - mdp.discount * stay) + mdp.discount * (total - stay))
    }
    transition = SparseRows(
      columnCount: order, rowStart: rowStart, columns: columns, values: values)
    transposed = transition.transposed()
    systemNorm = norm
    reward = space.liveStates.map { mdp.chainReward(of: $0, under: policy) }
    initial = space.liveStates.map { mdp.initial[$0] }
    discount = mdp.discount
  }

  /// The entries of all rows that a policy mixes: as many as its chain has where they have no next state in common.
  private static func mostEntries(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>
  ) -> Int {
    policy.probabilities.indices.reduce(0) {
      policy[$1] == 0 ? $0 : $0 + mdp.transitions.entries(ofRow: $1).count
    }
  }

  /// The number of live states.
  var order: Int { reward.count }

  /// The share of entries of P_π that are stored.
  var density: Double {
    Double(transition.entryCount) / (Double(order) * Double(order))
  }

  /// Both systems of the chain.
  ///
  /// - Parameter work: The threads that share rows.
  func resolvent(_ work: SharedWork) -> SparseResolvent {
    SparseResolvent(
      transition, discount: discount, norm: systemNorm, transposed: transposed, work: work)
  }
}
