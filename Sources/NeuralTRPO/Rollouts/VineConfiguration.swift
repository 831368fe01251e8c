/// How branches are made.
public struct VineConfiguration: Sendable, Equatable {
  /// Which actions are tried in a state.
  public enum Choice: String, Sendable, CaseIterable {
    /// Draws from the policy: q = π_old, what the paper does for continuous actions.
    case policy
    /// Draws in which every available choice is as likely: q is uniform, what the paper does for
    /// Atari's.
    case uniform
    /// Each available action once, with no q: for few of them.
    case every
  }

  /// N: the states of the rollout set; fewer if the rollout has fewer rows.
  public var states: Int
  /// K: how many actions are drawn in a state; nothing where every action is tried.
  public var actions: Int
  /// Which actions.
  public var choice: Choice
  /// L: the most steps of a branch, its first action included.
  public var horizon: Int
  /// Whether the branches of a state share their chance, the environment's and the policy's: common
  /// random numbers, which leave every branch's distribution as it is and make their differences
  /// less noisy.
  public var sharesRandomNumbers: Bool

  public init(
    states: Int = 100, actions: Int = 4, choice: Choice = .policy, horizon: Int = 100,
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
