package import NeuralTRPO

/// How a batch of samples is taken and weighed: all that its expectation depends on beside model,
/// policy and critic.
package struct SamplingPlan: Sendable {
  /// Which trajectories a batch is made of.
  package enum Extent: Sendable {
    /// Whole trajectories from the start, each cut after so many steps: ``SinglePath/Extent/trajectories(horizon:)``.
    case trajectories(horizon: Int)
    /// Whole episodes from the start, each cut after so many steps, and as many of them as a stopping time
    /// makes: ``SinglePath/Extent/wholeEpisodes(atLeast:)``.
    case wholeEpisodes(limit: Int)
    /// So many steps of each of some environments from where they stand: ``SinglePath/Extent/steps(_:)``.
    case steps(Int, from: [Place])
  }

  /// Where an environment stands.
  package struct Place: Sendable, Equatable {
    /// The state.
    package var state: Int
    /// Steps since its episode began.
    package var time: Int

    package init(state: Int, time: Int) {
      self.state = state
      self.time = time
    }
  }

  /// Which trajectories.
  package var extent: Extent
  /// How advantages are estimated.
  package var returns: ReturnEstimator
  /// The weight of a row.
  package var weighting: StateWeighting
  /// How branches are made of the rows' states; nil for a single path. Where there are some, λ is 1
  /// whatever ``returns`` says.
  package var branches: VineConfiguration?

  package init(
    extent: Extent, returns: ReturnEstimator, weighting: StateWeighting,
    branches: VineConfiguration? = nil
  ) {
    self.extent = extent
    self.returns = returns
    self.weighting = weighting
    self.branches = branches
  }
}
