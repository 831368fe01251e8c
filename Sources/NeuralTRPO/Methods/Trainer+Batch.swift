extension Trainer {
  /// Advantages and returns of a rollout, with the critic as it is.
  func estimate(_ rollout: Rollout<Number>) -> ReturnEstimator.Estimates {
    let values = { [critic] (observations: ObservationRows<Number>) in
      critic.map { Number.doubles($0.values(observations)) }
    }
    let finalRows = rollout.ends.count { $0 == .truncated }
    let estimator = ReturnEstimator(
      discount: configuration.discount,
      lambda: configuration.returns == .monteCarlo ? 1 : configuration.lambda)
    var estimates = estimator.estimates(
      rollout,
      values: values(rollout.seen) ?? [Double](repeating: 0, count: rollout.rows),
      finalValues: values(rollout.lastSeen) ?? [Double](repeating: 0, count: finalRows))
    if configuration.normalizesAdvantages {
      estimates.advantages = AdvantageNormalisation.apply(estimates.advantages)
    }
    return estimates
  }

  /// Loads the rows of branches off a rollout, which take more steps.
  func loadBranches(of rollout: Rollout<Number>) throws(TrainingFailure) -> BatchRows<Number> {
    let branches = vine.grow(
      from: rollout, batch: iteration, parameters: parameters, scaling: scaling,
      discount: configuration.discount, weighting: configuration.weighting,
      configuration.vine)
    steps += branches.steps
    // The critic knows rewards as they were scaled for it; branches have them as they came.
    let unit = normalisers.returns?.factor ?? 1
    let finalValues = critic.map {
      Number.doubles($0.values(branches.finalObservations)).map { $0 / unit }
    }
    let grown = branches.rows(finalValues: finalValues ?? [])
    var advantages = Number.doubles(grown.advantages)
    guard advantages.allSatisfy(\.isFinite) else {
      throw TrainingFailure(iteration: iteration, cause: "a branch's return is not finite")
    }
    // They have mean 0 in every state already, and would lose it by a shift.
    if configuration.normalizesAdvantages { advantages = AdvantageNormalisation.scaled(advantages) }
    return load(
      BatchRows(
        observations: ObservationRows(grown.observations, for: shape), actions: grown.actions,
        masks: grown.masks,
        advantages: advantages.map { Number($0) }, weights: grown.weights,
        importance: grown.importance, groupSize: grown.groupSize,
        clusters: observer == nil ? [] : grown.trajectories))
  }

  /// Loads a rollout's rows.
  @discardableResult func load(
    _ rollout: Rollout<Number>, _ estimates: ReturnEstimator.Estimates
  ) -> BatchRows<Number> {
    let weights = configuration.weighting.weights(
      of: rollout, discount: configuration.discount)
    return load(
      BatchRows(
        observations: rollout.seen, actions: rollout.actions, masks: rollout.masks,
        advantages: estimates.advantages.map { Number($0) }, weights: weights.map { Number($0) },
        clusters: observer == nil ? [] : rollout.trajectoryNumbers))
  }

  private func load(_ rows: BatchRows<Number>) -> BatchRows<Number> {
    let count = rows.advantages.count
    if count > batch.capacity {
      batch = PolicyBatch(shape: shape, head: head, capacity: count + count / 8)
    }
    var rows = rows
    // Fisher products are taken over the first rows: a fair sample of all, not the earliest.
    if configuration.fisherShare < 1 { rows.shuffle(&shuffling) }
    batch.load(rows, parameters)
    return rows
  }
}
