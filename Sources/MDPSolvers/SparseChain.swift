internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// P_π, r_π and ρ₀ of one policy over the live states, P_π stored sparsely.
struct SparseChain {
  let reward: [Double]
  let initial: [Double]
  /// ‖I − γP_π‖∞.
  let systemNorm: Double
  private let transition: SparseRows<Double>
  private let discount: Double

  /// The chain of a policy. Complexity: O(stored transitions).
  init(_ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>) {
    let space = mdp.space
    let order = space.liveStates.count
    var transition = SparseRows<Double>(columnCount: order)
    var norm = 0.0
    var row = LiveChainRow<Double>(space)
    for (index, state) in space.liveStates.enumerated() {
      mdp.addChainRow(of: state, under: policy, to: &row)
      var columns: [Int32] = []
      var values: [Double] = []
      var stay = 0.0
      row.sum.drain { column, value in
        columns.append(column)
        values.append(value)
        if Int(column) == index { stay = value }
      }
      transition.appendRow(columns: columns, values: values)
      norm = .greatest(
        norm, abs(1 - mdp.discount * stay) + mdp.discount * (values.reduce(0, +) - stay))
    }
    self.transition = transition
    reward = space.liveStates.map { mdp.chainReward(of: $0, under: policy) }
    initial = space.liveStates.map { mdp.initial[$0] }
    discount = mdp.discount
    systemNorm = norm
  }

  /// The number of live states.
  var order: Int { reward.count }

  /// The share of entries of P_π that are stored.
  var density: Double {
    Double(transition.entryCount) / (Double(order) * Double(order))
  }

  /// Both systems of the chain.
  var resolvent: SparseResolvent {
    SparseResolvent(transition, discount: discount, norm: systemNorm)
  }
}
