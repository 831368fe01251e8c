internal import Arithmetic
internal import LinearAlgebra
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
    var reward = [Double](repeating: 0, count: order)
    var sums = [Double](repeating: 0, count: order)
    var isTouched = [Bool](repeating: false, count: order)
    var norm = 0.0
    for (index, state) in space.liveStates.enumerated() {
      var touched: [Int32] = []
      for pair in space.pairs(of: state) where policy[pair] != 0 {
        reward[index] += policy[pair] * mdp.expectedReward[pair]
        for entry in mdp.transitions.entries(ofRow: pair) {
          let column = space.livePosition[Int(mdp.transitions.columns[entry])]
          guard column >= 0 else { continue }
          if !isTouched[column] {
            isTouched[column] = true
            touched.append(Int32(column))
          }
          sums[column] += policy[pair] * mdp.transitions.values[entry]
        }
      }
      touched.sort()
      let row = touched.map { sums[Int($0)] }
      transition.appendRow(columns: touched, values: row)
      let stay = sums[index]
      norm = .greatest(
        norm, abs(1 - mdp.discount * stay) + mdp.discount * (row.reduce(0, +) - stay))
      for column in touched { (sums[Int(column)], isTouched[Int(column)]) = (0, false) }
    }
    self.transition = transition
    self.reward = reward
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

  /// (I − γP_π) x.
  func apply(_ x: [Double], into product: inout [Double]) {
    transition.multiply(x, into: &product)
    for index in x.indices { product[index] = x[index] - discount * product[index] }
  }

  /// (I − γP_πᵀ) x.
  func applyTransposed(_ x: [Double], into product: inout [Double]) {
    product = x
    for index in x.indices where x[index] != 0 {
      transition.add(row: index, times: -discount * x[index], to: &product)
    }
  }
}
