internal import MonotoneArithmetic
public import MonotoneLinearAlgebra

/// Solves a Markov reward process given as a full matrix: V, ρ and η from a ready P_π.
///
/// The core of ``PolicySolver`` for callers that hold P_π already. A workspace: results stay in it
/// until the next solve. Complexity: 2n³/3 + O(n²).
public struct ChainSolver {
  /// V by state.
  public private(set) var stateValues: [Double]
  /// ρ by state, unnormalised.
  public private(set) var stateVisitation: [Double]
  /// η = ρ₀ · V.
  public private(set) var expectedReturn = 0.0

  private let system: DenseLU

  /// A workspace for chains of `order` states.
  ///
  /// - Throws: ``InsufficientMemory``.
  public init(order: Int) throws(InsufficientMemory) {
    system = try DenseLU(order: order)
    stateValues = [Double](repeating: 0, count: order)
    stateVisitation = [Double](repeating: 0, count: order)
  }

  /// Solves V = r + γPV and ρ = ρ₀ + γPᵀρ.
  ///
  /// - Parameters:
  ///   - transition: P, n² numbers by rows; each row sums to 1.
  ///   - reward: r, n numbers.
  ///   - initial: ρ₀, n numbers.
  ///   - discount: γ, in [0, 1).
  public mutating func solve(
    transition: UnsafeBufferPointer<Double>, reward: [Double], initial: [Double], discount: Double
  ) throws(SingularMatrix) {
    let order = system.order
    precondition(
      reward.count == order && initial.count == order,
      "rewards of \(reward.count) and a start over \(initial.count) states for order \(order)")
    system.setResolvent(of: transition, discount: discount)
    try system.factor()
    for state in 0..<order {
      stateValues[state] = reward[state]
      stateVisitation[state] = initial[state]
    }
    system.solve(&stateValues)
    system.solveTransposed(&stateVisitation)
    expectedReturn = DenseKernels.dot(initial, stateValues)
  }
}
