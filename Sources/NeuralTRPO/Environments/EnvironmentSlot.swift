package import MonotoneProbability

/// One of several environments side by side: its state, and where it is in its episode.
public struct EnvironmentSlot<State: EnvironmentState>: Sendable {
  /// The present state.
  package var state: State
  /// The environment's own chance.
  package var stream: RandomStream
  /// Steps since the episode began.
  package var time = 0
  /// Rewards since the episode began.
  package var totalReward = 0.0

  /// An environment at the beginning of an episode.
  package init(state: State, stream: RandomStream) {
    self.state = state
    self.stream = stream
  }

  /// Begins an episode.
  mutating func begin(_ state: State) {
    self.state = state
    time = 0
    totalReward = 0
  }
}

/// How a step left its episode.
public enum StepEnd: UInt8, Sendable {
  /// The episode goes on.
  case none
  /// The process ended; nothing is worth anything after it.
  case terminated
  /// A time limit, or the end of a batch, cut the episode; the state after it has its value.
  case truncated
}

/// An episode that ended.
public struct Episode: Sendable, Equatable, Codable {
  /// Its rewards, undiscounted.
  public var totalReward: Double
  /// Its steps.
  public var length: Int

  package init(totalReward: Double, length: Int) {
    self.totalReward = totalReward
    self.length = length
  }
}
