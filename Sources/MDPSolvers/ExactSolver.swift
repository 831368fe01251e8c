public import Arithmetic
internal import LinearAlgebra
public import MDPCore

extension PolicyEvaluation<Rational> {
  /// The exact evaluation of a policy: V and ρ from two rational systems over the live states.
  ///
  /// Complexity: see ``RationalSystem``; then O(stored transitions) rational operations.
  ///
  /// - Throws: ``SolverFailure`` never for a valid model, whose systems are regular.
  public init(
    exactly mdp: FiniteMDP<Rational>, policy: TabularPolicy<Rational>
  ) throws(SolverFailure) {
    let space = mdp.space
    let order = space.liveStates.count
    let system = RationalSystem(order: order)
    var reward = [Rational](repeating: .zero, count: order)
    for (index, state) in space.liveStates.enumerated() {
      var row: [Int: Rational] = [index: .one]
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        reward[index] += policy[pair] * mdp.expectedReward[pair]
        let weight = mdp.discount * policy[pair]
        for entry in mdp.transitions.entries(ofRow: pair) {
          let column = space.livePosition[Int(mdp.transitions.columns[entry])]
          guard column >= 0 else { continue }
          row[column] = (row[column] ?? .zero) - weight * mdp.transitions.values[entry]
        }
      }
      for (column, value) in row { system.set(value, row: index, column: column) }
    }
    var values = [Rational](repeating: .zero, count: space.stateCount)
    var visits = mdp.initial
    do throws(SingularMatrix) {
      let liveValues = try system.solve(reward)
      let liveVisits = try system.solveTransposed(space.liveStates.map { mdp.initial[$0] })
      for (index, state) in space.liveStates.enumerated() {
        values[state] = liveValues[index]
        visits[state] = liveVisits[index]
      }
    } catch {
      throw .singular(error)
    }
    visits = mdp.gatheredAtTerminals(visits, policy: policy)
    self.init(
      around: values, visitation: visits, order: order, mdp: mdp, policy: policy)
  }
}
