/// A rollout set, the actions that were tried in its states, and what came of them.
///
/// States stand in the order of the rows they were drawn from, branches by state.
package struct VineRollout<Number: NetworkNumber>: Sendable {
  /// Which actions were tried.
  package let choice: TrainingConfiguration.VineChoice
  /// How many numbers make an observation.
  package let observationWidth: Int
  /// How many numbers make an action.
  package let actionWidth: Int
  /// The observation of each state.
  package let observations: [Number]
  /// Whether each output's choice was available in each state; empty if all always are.
  package let masks: [Bool]
  /// The weight of each state.
  package let weights: [Double]
  /// Which of the single paths' trajectories each state is of: states of one depend on each other.
  package let trajectories: [Int32]

  /// By branch: its state.
  package internal(set) var states: [Int] = []
  /// By branch: the action tried.
  package internal(set) var actions: [Number] = []
  /// By branch: π_old(a|s); a density for continuous actions.
  package internal(set) var probabilities: [Double] = []
  /// By branch: π_old(a|s)/q(a|s); 1 where actions are drawn from π_old or listed.
  package internal(set) var importance: [Double] = []
  private var outcomes = VineOutcomes<Number>()

  /// A rollout set, from rows of a rollout.
  init(
    _ rollout: Rollout<Number>, _ set: [Int], _ choice: TrainingConfiguration.VineChoice,
    _ weighting: StateWeighting, _ discount: Double
  ) {
    func gather<T>(_ values: [T]) -> [T] {
      let width = values.count / rollout.rows
      return set.flatMap { values[($0 * width)..<(($0 + 1) * width)] }
    }
    self.choice = choice
    observationWidth = rollout.observationWidth
    actionWidth = rollout.actionWidth
    observations = rollout.seen.numbers(of: set)
    masks = gather(rollout.masks)
    // Each state drawn stands for as many rows.
    let share = Double(rollout.rows) / Double(set.count)
    weights = gather(weighting.weights(of: rollout, discount: discount)).map { $0 * share }
    trajectories = gather(rollout.trajectoryNumbers)
  }

  /// How many states there are.
  package var stateCount: Int { weights.count }
  /// How many branches there are.
  package var branchCount: Int { states.count }
  /// Environment steps that the branches took.
  package var steps: Int { outcomes.steps }
  /// Σ γᵗ r_t, by branch.
  package var returns: [Double] { outcomes.returns }
  /// The observation after each branch that was cut rather than terminated, by its
  /// horizon or by the environment's time limit.
  package var finalObservations: [Number] { outcomes.finalObservations }

  /// A branch's action.
  func action(_ branch: Int) -> ArraySlice<Number> {
    actions[(branch * actionWidth)..<((branch + 1) * actionWidth)]
  }

  mutating func append(_ outcomes: VineOutcomes<Number>) { self.outcomes.append(outcomes) }

  /// Q̂(s,a) = Σ γᵗ r_t + γⁿ V(s_n) by branch, with a value only where the branch was cut.
  ///
  /// - Parameter finalValues: V of ``finalObservations``; empty for none, so that a branch that was
  ///   cut lacks its tail.
  package func actionValues(finalValues: [Double] = []) -> [Double] {
    let cuts = outcomes.isCut.count { $0 }
    precondition(
      finalValues.isEmpty || finalValues.count == cuts,
      "\(finalValues.count) values for \(cuts) cuts"
    )
    guard !finalValues.isEmpty else { return outcomes.returns }
    var cut = 0
    return (0..<branchCount).map { branch in
      guard outcomes.isCut[branch] else { return outcomes.returns[branch] }
      defer { cut += 1 }
      return outcomes.returns[branch] + outcomes.tails[branch] * finalValues[cut]
    }
  }
}
