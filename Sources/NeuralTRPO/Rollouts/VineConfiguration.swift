/// How branches are made.
package struct VineConfiguration: Sendable, Equatable {
  /// N: the states of the rollout set; fewer if the rollout has fewer rows.
  package var states: Int
  /// K: how many actions are drawn in a state; nothing where every action is tried.
  package var actions: Int
  /// Which actions.
  package var choice: TrainingConfiguration.VineChoice
  /// L: the most steps of a branch, its first action included.
  package var horizon: Int
  /// Whether the branches of a state share their chance, the environment's and the policy's: common
  /// random numbers, which leave every branch's distribution as it is and make their differences
  /// less noisy.
  package var sharesRandomNumbers: Bool

  package init(
    states: Int = 100, actions: Int = 4, choice: TrainingConfiguration.VineChoice = .policy,
    horizon: Int = 100,
    sharesRandomNumbers: Bool = true
  ) {
    precondition(
      states > 0 && actions > 0 && horizon > 0,
      "no vine has \(states) states of \(actions) actions of \(horizon) steps")
    self.states = states
    self.actions = actions
    self.choice = choice
    self.horizon = horizon
    self.sharesRandomNumbers = sharesRandomNumbers
  }
}
