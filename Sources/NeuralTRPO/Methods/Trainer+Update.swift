extension Trainer {
  /// An iteration that moves the policy on a batch of it, and fits the critic.
  func updateOnBatch() throws(TrainingFailure) -> TrainingRecord {
    let places = observer == nil ? [] : environments.flatMap(\.saved)
    let before = parameters
    let branches = configuration.estimator == .vine
    var rollout = collector.collect(
      extent, parameters: parameters, scaling: scaling, keepingStates: branches)
    try count(rollout)
    normalisers.scale(&rollout)

    let estimates = estimate(rollout)
    // Normalised advantages of such returns would be 0, and nothing would seem wrong.
    guard estimates.returns.allSatisfy({ $0.magnitude < 1e150 }) else {
      throw TrainingFailure(iteration: iteration, cause: "a return is too large to be squared")
    }
    guard estimates.advantages.allSatisfy(\.isFinite) else {
      throw TrainingFailure(iteration: iteration, cause: "an advantage is not finite")
    }
    let rows = branches ? try loadBranches(of: rollout) : load(rollout, estimates)
    if observer != nil { observedRows = rows }
    let entropy = batch.meanEntropy
    let update = movePolicy(on: rows)
    guard update.outcome != .notFinite else {
      throw TrainingFailure(
        iteration: iteration,
        cause: "the update met a number that is not finite (gradient norm \(update.gradientNorm))")
    }
    if let observer { observer(observation(of: update, from: before, places)) }
    let fit = critic?.fit(
      observations: rollout.seen, targets: estimates.returns.map { Number($0) },
      configuration.criticConfiguration, stream: &shuffling)
    if let fit, !fit.isFinite {
      throw TrainingFailure(
        iteration: iteration, cause: "the critic's loss is \(fit.lossAfter)")
    }
    try commitNormalisers()
    var record = record
    (record.entropy, record.update, record.critic) = (entropy, update, fit)
    return record
  }

  /// The update of the configuration's method, on the batch with these rows.
  private func movePolicy(on rows: BatchRows<Number>) -> UpdateRecord {
    let settings = configuration.update
    switch configuration.method {
    case .trustRegion, .crossEntropy:
      return TrustRegionUpdate.perform(on: &parameters, batch, settings)
    case .naturalGradient:
      return NaturalGradientUpdate.perform(
        on: &parameters, batch, stepSize: configuration.stepSize, settings)
    case .rewardWeightedRegression:
      return RewardWeightedRegression.perform(
        on: &parameters, batch, rows, temperature: configuration.temperature, settings)
    }
  }

  private var extent: SinglePath<Number>.Extent {
    switch configuration.collection {
    case .wholeEpisodes: .wholeEpisodes(atLeast: configuration.batch)
    case .steps:
      .steps(
        max(
          1, (configuration.batch + configuration.environments - 1) / configuration.environments))
    }
  }
}
