public import NeuralTRPO

/// The plan of a training run's sampling, for its practice twin, or why there is none.
package enum TrainingPlan: Sendable {
  /// Estimates are sums of rows, and this is how they are taken.
  case plan(SamplingPlan)
  /// They are not, for this reason.
  case notApplicable(String)
}

extension TrainingConfiguration {
  /// How this run's batches are taken, as far as an exact twin can know.
  ///
  /// - Parameters:
  ///   - places: Where the environments stand when a batch is begun.
  ///   - timeLimit: The steps after which their episodes are cut; nil for never.
  package func samplingPlan(from places: [SavedEnvironment], timeLimit: Int?) -> TrainingPlan {
    if normalizesAdvantages {
      return .notApplicable("normalised advantages: each depends on all others of the batch")
    }
    // Branches earn rewards as they come.
    if normalizesRewards, estimator == .singlePath {
      return .notApplicable("normalised rewards: they depend on what the batch itself returns")
    }
    let extent: SamplingPlan.Extent
    switch (collection, timeLimit) {
    case (.wholeEpisodes, nil):
      return .notApplicable("whole episodes without a time limit: there is no longest one")
    case (.wholeEpisodes, let limit?): extent = .wholeEpisodes(limit: limit)
    case (.steps, _):
      extent = .steps(
        max(1, (batch + environments - 1) / environments),
        from: places.map { .init(state: Int($0.state.first ?? 0), time: $0.time) })
    }
    return .plan(
      SamplingPlan(
        extent: extent, returns: returnEstimator, weighting: stateWeighting,
        branches: estimator == .vine ? vine : nil))
  }

  /// How advantages are estimated.
  package var returnEstimator: ReturnEstimator {
    ReturnEstimator(discount: discount, lambda: returns == .monteCarlo ? 1 : lambda)
  }

  /// The weight of a row, as the estimates take it.
  public var stateWeighting: StateWeighting {
    weighting == .discounted ? .discounted : .undiscounted
  }
}
