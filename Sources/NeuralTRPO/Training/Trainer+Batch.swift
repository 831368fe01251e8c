extension Trainer {
  /// Advantages and returns of a rollout, with the critic as it is.
  func estimate(_ rollout: Rollout<Number>) -> ReturnEstimator.Estimates {
    let values = { [critic] (observations: [Number]) in
      critic.map { Number.doubles($0.values(observations)) }
    }
    let finalRows = rollout.ends.count { $0 == .truncated }
    let estimator = ReturnEstimator(
      discount: configuration.discount,
      lambda: configuration.returns == .monteCarlo ? 1 : configuration.lambda)
    var estimates = estimator.estimates(
      rollout,
      values: values(rollout.observations) ?? [Double](repeating: 0, count: rollout.rows),
      finalValues: values(rollout.finalObservations) ?? [Double](repeating: 0, count: finalRows))
    if configuration.normalizesAdvantages {
      estimates.advantages = AdvantageNormalization.apply(estimates.advantages)
    }
    return estimates
  }

  /// Loads the update's batch.
  func load(_ rollout: Rollout<Number>, _ estimates: ReturnEstimator.Estimates) {
    if rollout.rows > batch.capacity {
      batch = PolicyBatch(shape: shape, head: head, capacity: rollout.rows + rollout.rows / 8)
    }
    let weighting: StateWeighting =
      configuration.weighting == .discounted ? .discounted : .undiscounted
    let weights = weighting.weights(of: rollout, discount: configuration.discount)
    var rows = BatchRows(
      observations: rollout.observations, actions: rollout.actions, masks: rollout.masks,
      advantages: estimates.advantages.map { Number($0) }, weights: weights.map { Number($0) })
    // Fisher products are taken over the first rows: a fair sample of all, not the earliest.
    if configuration.fisherShare < 1 { rows.shuffle(&shuffling) }
    batch.load(
      observations: rows.observations, actions: rows.actions, advantages: rows.advantages,
      weights: rows.weights, mask: rows.masks, parameters: parameters)
  }
}
