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
    var transition = SparseRows<Double>(columnCount: space.liveStates.count)
    transition.reserveCapacity(
      rows: space.liveStates.count, entries: Self.mostEntries(mdp, policy))
    var norm = 0.0
    var row = LiveChainRow(space)
    for (index, state) in space.liveStates.enumerated() {
      row.startRow()
      mdp.addChainRow(of: state, under: policy, to: &row)
      row.sort()
      transition.appendRow(columns: row.columns, values: row.columns.lazy.map { row[$0] })
      let stay = row[Int32(index)]
      let total = row.columns.reduce(0) { $0 + row[$1] }
      norm = .greatest(norm, abs(1 - mdp.discount * stay) + mdp.discount * (total - stay))
    }
    self.transition = transition
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
