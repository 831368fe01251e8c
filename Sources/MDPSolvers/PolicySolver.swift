public import Arithmetic
public import LinearAlgebra
public import MDPCore

/// Solves a policy's two linear systems in float64 from one factorisation:
///
///     V = r_π + γ P_π V          ρ = ρ₀ + γ P_πᵀ ρ
///
/// over the live states. A terminal state has V = 0 and gathers ρ = (ρ₀ + inflow)/(1 − γ).
///
/// A workspace, reused from policy to policy. Complexity: O(n³) for n live states, plus O(stored
/// transitions). Source: Schulman et al. 2015, §2 (V, ρ_π unnormalised).
public final class PolicySolver {
  private var system: DenseLU?

  public init() {}

  /// V and ρ of a policy.
  ///
  /// - Throws: ``SolverFailure`` if the dense system does not fit in memory or is singular.
  public func solve(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>
  ) throws(SolverFailure) -> PolicySolution {
    let space = mdp.space
    precondition(
      policy.probabilities.count == space.pairCount,
      "a policy of \(policy.probabilities.count) pairs for a model of \(space.pairCount)")
    let live = space.liveStates
    let lu = try workspace(order: live.count)
    var position = [Int32](repeating: -1, count: space.stateCount)
    for (index, state) in live.enumerated() { position[state] = Int32(index) }

    let norm = Self.fill(lu, live: live, position: position, mdp: mdp, policy: policy)
    do { try lu.factor() } catch { throw .singular(error) }

    var values = live.map { state in
      space.pairs(of: state).reduce(0) { $0 + policy[$1] * mdp.expectedReward[$1] }
    }
    lu.solve(&values)
    var visits = live.map { mdp.initial[$0] }
    lu.solveTransposed(&visits)

    var solution = PolicySolution(
      stateValues: [Double](repeating: 0, count: space.stateCount),
      stateVisitation: mdp.initial, systemNorm: norm,
      reciprocalCondition: nil, order: live.count)
    for (index, state) in live.enumerated() {
      solution.stateValues[state] = values[index]
      solution.stateVisitation[state] = visits[index]
    }
    Self.gatherAtTerminals(&solution.stateVisitation, mdp: mdp, policy: policy)
    return solution
  }

  /// V and ρ with an estimate of the reciprocal condition of I − γP_π in the ∞-norm.
  public func solveWithCondition(
    _ mdp: FiniteMDP<Double>, _ policy: TabularPolicy<Double>
  ) throws(SolverFailure) -> PolicySolution {
    var solution = try solve(mdp, policy)
    solution.reciprocalCondition = system?.reciprocalCondition(infinityNorm: solution.systemNorm)
    return solution
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

  /// Writes I − γP_π over the live states, and returns its ∞-norm.
  private static func fill(
    _ lu: DenseLU, live: [Int], position: [Int32], mdp: FiniteMDP<Double>,
    policy: TabularPolicy<Double>
  ) -> Double {
    let order = live.count
    var norm = 0.0
    lu.withMatrix { matrix in
      matrix.update(repeating: 0)
      for (index, state) in live.enumerated() {
        let row = UnsafeMutableBufferPointer(
          rebasing: matrix[index * order..<(index + 1) * order])
        row[index] = 1
        for pair in mdp.space.pairs(of: state) where policy[pair] != 0 {
          let weight = mdp.discount * policy[pair]
          for entry in mdp.transitions.entries(ofRow: pair) {
            let column = position[Int(mdp.transitions.columns[entry])]
            if column >= 0 { row[Int(column)] -= weight * mdp.transitions.values[entry] }
          }
        }
        norm = max(norm, row.reduce(0) { $0 + abs($1) })
      }
    }
    return norm
  }

  private static func gatherAtTerminals(
    _ visitation: inout [Double], mdp: FiniteMDP<Double>, policy: TabularPolicy<Double>
  ) {
    let space = mdp.space
    guard space.isTerminal.contains(true) else { return }
    for state in space.states.indices where !space.isTerminal[state] {
      for pair in space.pairs(of: state) {
        let flow = mdp.discount * visitation[state] * policy[pair]
        for entry in mdp.transitions.entries(ofRow: pair) {
          let next = Int(mdp.transitions.columns[entry])
          if space.isTerminal[next] { visitation[next] += flow * mdp.transitions.values[entry] }
        }
      }
    }
    for state in space.states.indices where space.isTerminal[state] {
      visitation[state] /= 1 - mdp.discount
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
  /// An estimate of 1/(‖M‖∞ ‖M⁻¹‖∞) for M = I − γP_π, where it was asked for.
  public var reciprocalCondition: Double?
  /// The order of the system: the number of live states.
  public var order: Int
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
