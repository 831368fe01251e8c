public import MonotoneArithmetic
internal import MonotoneLinearAlgebra
public import MDPCore

extension PolicyEvaluation<Rational> {
  /// The exact evaluation of a policy: V and ρ from two rational systems over the live states.
  ///
  /// Complexity: see ``RationalSystem``; then O(stored transitions) integer operations.
  ///
  /// - Throws: ``SolverFailure`` never for a valid model, whose systems are regular.
  public init(
    exactly mdp: FiniteMDP<Rational>, policy: TabularPolicy<Rational>
  ) throws(SolverFailure) {
    let solver = ExactSolver(mdp: mdp, policy: policy)
    let solution = try solver.solve()
    let backup = solver.backUp(solution.values)
    let mass = solver.gather(solution.visits)
    let stateValues = mdp.byState(solution.values)
    let steps = solution.steps.map { mdp.byState($0) }
    let expectedSteps = steps.flatMap { ExpectedSteps(around: $0, mdp: mdp, policy: policy) }
    precondition(
      mdp.isUndiscounted == (expectedSteps != nil), "steps to the end that miss their equation")
    self.init(
      mdp: mdp, policy: policy, stateValues: stateValues, actionValues: backup.actionValues,
      advantages: backup.advantages,
      stateVisitation: StateVisitation(
        mass: mass, massError: .zero, isVisited: mass.map { !$0.isExactlyZero }),
      expectedReturn: backup.expectedReturn,
      valueAccuracy: Accuracy(
        residual: 0, radius: 0,
        solution: stateValues.lazy.map(\.approximation).greatestMagnitude,
        data: mdp.expectedReward.lazy.map(\.approximation).greatestMagnitude,
        discount: mdp.discount.approximation, order: solver.order),
      visitationAccuracy: Accuracy(
        residual: 0, radius: 0, solution: mass.reduce(0) { $0 + abs($1.approximation) }, data: 1,
        discount: mdp.discount.approximation, order: solver.order),
      worstValueState: mdp.space.liveStates.last, expectedSteps: expectedSteps)
  }
}

extension FiniteMDP<Rational> {
  /// A vector over the live states, by state: 0 at terminal states.
  fileprivate func byState(_ vector: FractionVector) -> [Rational] {
    let values = vector.values
    return space.livePosition.map { $0 < 0 ? .zero : values[$0] }
  }
}

/// The steps of an exact evaluation, over the common denominators of V and ρ.
///
/// That both solve their equations, with residuals of exactly zero, is checked: V here, ρ by
/// ``RationalSystem``.
private struct ExactSolver {
  let mdp: FiniteMDP<Rational>
  let policy: TabularPolicy<Rational>

  private var space: StateActionSpace { mdp.space }

  /// The number of live states.
  var order: Int { space.liveStates.count }

  /// The solutions of a policy's systems, by live state.
  struct Solution {
    var values: FractionVector
    var visits: FractionVector
    /// The expected number of steps; nil for γ < 1.
    var steps: FractionVector?
  }

  /// V, ρ and T.
  func solve() throws(SolverFailure) -> Solution {
    let system = RationalSystem(order: order)
    var reward = [Rational](repeating: .zero, count: order)
    for (index, state) in space.liveStates.enumerated() {
      system.set(.one, row: index, column: index)
      var row = RationalChainRow(system: system, row: index, position: space.livePosition)
      mdp.addChainRow(of: state, under: policy, times: -mdp.discount, to: &row)
      reward[index] = mdp.chainReward(of: state, under: policy)
    }
    let initial = space.liveStates.map { mdp.initial[$0] }
    do throws(SingularMatrix) {
      let (values, visits) = try system.solve(reward, transposed: initial)
      var solution = Solution(values: values, visits: visits)
      if mdp.isUndiscounted {
        let ones = [Rational](repeating: .one, count: order)
        solution.steps = try system.solve(ones, transposed: initial).0
      }
      return solution
    } catch {
      throw .singular(error)
    }
  }

  /// Q and A by pair, and η.
  func backUp(
    _ values: FractionVector
  ) -> (actionValues: [Rational], advantages: [Rational], expectedReturn: Rational) {
    var actionValues: [FractionSum] = []
    var advantages: [FractionSum] = []
    let expectedReturn = FractionSum(over: values)
    let minusOne = -Rational.one
    for (position, state) in space.liveStates.enumerated() {
      let residual = FractionSum(over: values)
      residual.add(minusOne, timesEntry: position)
      for pair in space.pairs(of: state) {
        let actionValue = FractionSum(over: values)
        for entry in mdp.transitions.entries(ofRow: pair) {
          let next = space.livePosition[Int(mdp.transitions.columns[entry])]
          if next >= 0 { actionValue.add(mdp.transitions.values[entry], timesEntry: next) }
        }
        actionValue.multiply(by: mdp.discount)
        actionValue.add(mdp.expectedReward[pair])
        residual.add(policy[pair], times: actionValue)
        let advantage = FractionSum(over: values)
        advantage.add(.one, times: actionValue)
        advantage.add(minusOne, timesEntry: position)
        actionValues.append(actionValue)
        advantages.append(advantage)
      }
      precondition(residual.isZero, "V misses its equation in state \(state)")
      expectedReturn.add(mdp.initial[state], timesEntry: position)
    }
    let count = space.pairCount
    let results = FractionSum.values(actionValues + advantages + [expectedReturn], over: values)
    return (Array(results[..<count]), Array(results[count..<2 * count]), results[2 * count])
  }

  /// ρ by state; at a terminal state (ρ₀ + inflow) / (1 − γ), for γ = 1 nothing.
  func gather(_ visits: FractionVector) -> [Rational] {
    let inflow = space.states.indices.map { _ in FractionSum(over: visits) }
    for (position, state) in space.liveStates.enumerated() {
      inflow[state].add(.one, timesEntry: position)
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        let ends = mdp.transitions.entries(ofRow: pair).filter {
          space.isTerminal[Int(mdp.transitions.columns[$0])]
        }
        if ends.isEmpty { continue }
        let flow = FractionSum(over: visits)
        flow.add(mdp.discount * policy[pair], timesEntry: position)
        for entry in ends {
          inflow[Int(mdp.transitions.columns[entry])].add(
            mdp.transitions.values[entry], times: flow)
        }
      }
    }
    // Without discounting ρ counts live states only.
    let horizon = mdp.isUndiscounted ? .zero : Rational.one / (Rational.one - mdp.discount)
    for state in space.states.indices where space.isTerminal[state] {
      inflow[state].add(mdp.initial[state])
      inflow[state].multiply(by: horizon)
    }
    return FractionSum.values(inflow, over: visits)
  }
}
