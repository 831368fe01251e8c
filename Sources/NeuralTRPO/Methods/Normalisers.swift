/// The running statistics of a training run, as far as its configuration asks for them.
struct Normalisers: Sendable, Equatable {
  /// Of observations; nil where they are taken as they are.
  private(set) var observations: RunningNormaliser?
  /// Of returns; nil where rewards are taken as they are.
  private(set) var returns: ReturnNormaliser?

  /// Statistics that have seen nothing.
  init(_ configuration: TrainingConfiguration, observationWidth: Int) {
    observations =
      configuration.normalizesObservations
      ? RunningNormaliser(width: observationWidth, bound: configuration.observationBound) : nil
    returns =
      configuration.normalizesRewards
      ? ReturnNormaliser(discount: configuration.discount, bound: configuration.rewardBound) : nil
  }

  /// How observations reach the networks.
  var scaling: ObservationScaling? { observations?.scaling }

  /// Keeps what a rollout saw for the next commit, and scales its rewards by what is committed.
  mutating func scale<Number: NetworkNumber>(_ rollout: inout Rollout<Number>) {
    observations?.observe(rollout.rawObservations)
    returns?.observe(rewards: rollout.rewards, slots: rollout.slots, times: rollout.times)
    if let returns { rollout.rewards = returns.normalised(rollout.rewards) }
  }

  /// Goes by all that was seen from now on; after an update, never between acting and updating.
  mutating func commit() {
    observations?.commit()
    returns?.commit()
  }

  /// Whether all statistics are numbers.
  var isFinite: Bool {
    (observations?.committed.isFinite ?? true) && (returns?.committed.isFinite ?? true)
      && (returns?.runningReturns.allSatisfy(\.isFinite) ?? true)
  }

  /// Goes back to what was saved; what the configuration does not ask for is passed over.
  ///
  /// - Returns: Whether what it does ask for was there, of the right width.
  mutating func restore(_ saved: SavedNormalisers, width: Int) -> Bool {
    if let old = observations {
      guard let moments = saved.observations, moments.isRows(of: width) else {
        return false
      }
      observations = RunningNormaliser(committed: moments, bound: old.bound)
    }
    if let old = returns {
      guard let moments = saved.returns, moments.isRows(of: 1) else {
        return false
      }
      returns = ReturnNormaliser(
        discount: old.discount, bound: old.bound, committed: moments,
        runningReturns: saved.runningReturns)
    }
    return true
  }

  /// The statistics as a checkpoint keeps them.
  var saved: SavedNormalisers {
    SavedNormalisers(
      observations: observations?.committed, returns: returns?.committed,
      runningReturns: returns?.runningReturns ?? [])
  }
}

/// Running statistics, written down.
package struct SavedNormalisers: Sendable, Equatable, Codable {
  /// Of observations.
  package var observations: RunningMoments?
  /// Of returns.
  package var returns: RunningMoments?
  /// The discounted return so far of each environment's episode.
  package var runningReturns: [Double]
}
