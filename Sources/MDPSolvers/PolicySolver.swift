public import Arithmetic
public import LinearAlgebra
public import MDPCore

/// Solves a policy's two linear systems in float64 from one factorisation:
///
///     V = r_π + γ P_π V          ρ = ρ₀ + γ P_πᵀ ρ
///
/// over the live states. A terminal state has V = 0 and gathers ρ = (ρ₀ + inflow)/(1 − γ).
///
/// A workspace: results stay in it until the next solve, and solving policies of one model after
/// another allocates nothing. Complexity: O(n³) for n live states, plus O(stored transitions).
/// Source: Schulman et al. 2015, §2 (V, ρ_π unnormalised).
public final class PolicySolver {
  /// V by state; 0 at terminal states.
  public private(set) var stateValues: [Double] = []
  /// ρ by state, unnormalised, terminal states included.
  public private(set) var stateVisitation: [Double] = []
  /// Q by pair, after ``backUp(_:)``.
  public private(set) var actionValues: [Double] = []
  /// A by pair, after ``backUp(_:)``.
  public private(set) var advantages: [Double] = []
  /// η = ρ₀ · V.
  public private(set) var expectedReturn = 0.0
  /// ‖I − γP_π‖∞ over the live states, which is also the 1-norm of its transpose.
  public private(set) var systemNorm = 0.0

  private var system: DenseLU?
  private var values: [Double] = []
  private var visits: [Double] = []

  public init() {}

  /// V, ρ and η of a policy.
  ///
  /// - Throws: ``SolverFailure`` if the dense system does not fit in memory or is singular.
  public func solve(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>
  ) throws(SolverFailure) {
    let space = mdp.space
    precondition(
      policy.probabilities.count == space.pairCount,
      "a policy of \(policy.probabilities.count) pairs for a model of \(space.pairCount)")
    let order = space.liveStates.count
    let lu = try workspace(order: order)
    Self.resize(&values, to: order)
    Self.resize(&visits, to: order)
    lu.withMatrix { fill($0, mdp: mdp, policy: policy) }
    do { try lu.factor() } catch { throw .singular(error) }
    lu.solve(&values)
    lu.solveTransposed(&visits)
    scatter(mdp: mdp, policy: policy)
  }

  /// Q and A from the values of the last solve.
  ///
  /// Complexity: O(stored transitions).
  public func backUp(_ mdp: FiniteMDP<Double>) {
    let space = mdp.space
    precondition(
      stateValues.count == space.stateCount,
      "values of \(stateValues.count) states for a model of \(space.stateCount)")
    Self.resize(&actionValues, to: space.pairCount)
    Self.resize(&advantages, to: space.pairCount)
    mdp.transitions.multiply(stateValues, into: &actionValues)
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        actionValues[pair] = mdp.expectedReward[pair] + mdp.discount * actionValues[pair]
        advantages[pair] = actionValues[pair] - stateValues[state]
      }
    }
  }

  /// An estimate of 1/(‖M‖∞ ‖M⁻¹‖∞) for M = I − γP_π of the last solve.
  ///
  /// Complexity: a few solves.
  public var reciprocalCondition: Double {
    system?.reciprocalCondition(infinityNorm: systemNorm) ?? 1
  }

  /// What the last solve found, to keep.
  public var solution: PolicySolution {
    PolicySolution(
      stateValues: stateValues, stateVisitation: stateVisitation, systemNorm: systemNorm,
      order: values.count)
  }

  private func workspace(order: Int) throws(SolverFailure) -> DenseLU {
    do throws(InsufficientMemory) {
      guard let system else {
        let new = try DenseLU(order: order)
        system = new
        return new
      }
      try system.resize(to: order)
      return system
    } catch {
      throw .memory(error)
    }
  }

  private static func resize(_ vector: inout [Double], to count: Int) {
    if vector.count != count { vector = [Double](repeating: 0, count: count) }
  }

  /// Writes I − γP_π, r_π and ρ₀ over the live states.
  private func fill(
    _ matrix: UnsafeMutableBufferPointer<Double>, mdp: FiniteMDP<Double>,
    policy: TabularPolicy<Double>
  ) {
    let space = mdp.space
    let order = space.liveStates.count
    matrix.update(repeating: 0)
    systemNorm = 0
    for index in 0..<order {
      let state = space.liveStates[index]
      let row = UnsafeMutableBufferPointer(rebasing: matrix[index * order..<(index + 1) * order])
      row[index] = 1
      var reward = 0.0
      for pair in space.pairs(of: state) where policy[pair] != 0 {
        reward += policy[pair] * mdp.expectedReward[pair]
        mdp.transitions.subtract(
          row: pair, times: mdp.discount * policy[pair], from: row, at: space.livePosition)
      }
      systemNorm = max(systemNorm, row.reduce(0) { $0 + abs($1) })
      values[index] = reward
      visits[index] = mdp.initial[state]
    }
  }

  /// Moves live results to their states, and gathers visitation at terminal states.
  private func scatter(mdp: FiniteMDP<Double>, policy: TabularPolicy<Double>) {
    let space = mdp.space
    Self.resize(&stateValues, to: space.stateCount)
    Self.resize(&stateVisitation, to: space.stateCount)
    expectedReturn = 0
    for state in 0..<space.stateCount {
      let position = space.livePosition[state]
      stateValues[state] = position < 0 ? 0 : values[position]
      stateVisitation[state] = position < 0 ? mdp.initial[state] : visits[position]
      expectedReturn += mdp.initial[state] * stateValues[state]
    }
    guard space.liveStates.count < space.stateCount else { return }
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        let flow = mdp.discount * stateVisitation[state] * policy[pair]
        for entry in mdp.transitions.entries(ofRow: pair) {
          let next = Int(mdp.transitions.columns[entry])
          if space.isTerminal[next] {
            stateVisitation[next] += flow * mdp.transitions.values[entry]
          }
        }
      }
    }
    for state in 0..<space.stateCount where space.isTerminal[state] {
      stateVisitation[state] /= 1 - mdp.discount
    }
  }
}

extension SparseRows<Double> {
  /// target[at[j]] −= weight · M[row, j] for the columns j whose position is not negative.
  fileprivate func subtract(
    row: Int, times weight: Double, from target: UnsafeMutableBufferPointer<Double>,
    at position: [Int]
  ) {
    for entry in entries(ofRow: row) {
      let column = position[Int(columns[entry])]
      if column >= 0 { target[column] -= weight * values[entry] }
    }
  }
}

/// V and ρ of one policy as float64 elimination delivered them.
public struct PolicySolution: Sendable {
  /// V by state; 0 at terminal states.
  public var stateValues: [Double]
  /// ρ by state, unnormalised, terminal states included.
  public var stateVisitation: [Double]
  /// ‖I − γP_π‖∞ over the live states, which is also the 1-norm of its transpose.
  public var systemNorm: Double
  /// The order of the system: the number of live states.
  public var order: Int

  public init(
    stateValues: [Double], stateVisitation: [Double], systemNorm: Double, order: Int
  ) {
    self.stateValues = stateValues
    self.stateVisitation = stateVisitation
    self.systemNorm = systemNorm
    self.order = order
  }
}

/// Why a policy could not be solved.
public enum SolverFailure: Error, Sendable, Equatable {
  /// The dense system does not fit.
  case memory(InsufficientMemory)
  /// LAPACK met a zero pivot.
  case singular(SingularMatrix)

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .memory(let failure): failure.message
    case .singular(let failure): failure.message
    }
  }
}
