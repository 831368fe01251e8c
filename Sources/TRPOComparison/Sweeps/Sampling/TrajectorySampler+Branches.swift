internal import NeuralTRPO

extension TrajectorySampler {
  /// No sums yet.
  var empty: GradientSums { GradientSums(parameters: policy.parameters.count) }

  /// Sums over so many trajectories with branches.
  func branched(_ estimator: SweepEstimator, _ trajectories: Int, seed: UInt64) -> GradientSums {
    guard let branches = estimator.branches else {
      preconditionFailure("\(estimator.name) has no branches")
    }
    var sums = empty
    sample(trajectories, seed: seed, keepingStates: true) { chunk in
      let grown = grow(chunk, estimator, branches)
      let batch = load(rows(of: grown, estimator, &sums, weight: unit(of: chunk, estimator)))
      sums.add(batch.gradient(), times: unit(of: chunk, estimator))
      sums.rows += Double(chunk.rollout.rows)
      sums.steps += Double(chunk.rollout.rows + grown.vine.steps)
      sums.trajectories += Double(chunk.trajectories)
    }
    return sums
  }

  /// Branches and what is known of them.
  struct Grown {
    var vine: VineRollout<Double>
    /// The state of each of the rollout set, or one that looks like it.
    var states: [Int]
    /// The critic's value of what was seen after each branch that was cut.
    var finalValues: [Double]
  }

  /// Branches of so many trajectories.
  ///
  /// - Precondition: they are no more than ``largestChunk``.
  func branches(of estimator: SweepEstimator, _ trajectories: Int, seed: UInt64) -> Grown {
    guard let branches = estimator.branches, trajectories <= largestChunk else {
      preconditionFailure("\(trajectories) trajectories of \(estimator.name)")
    }
    return grow(chunk(trajectories, seed: seed, keepingStates: true), estimator, branches)
  }

  private func grow(
    _ chunk: Chunk, _ estimator: SweepEstimator, _ branches: SweepEstimator.Branches
  ) -> Grown {
    var vine = branches.vine
    vine.states *= chunk.trajectories
    let grown = Vine<Double>(
      chunk.environments, shape: policy.shape, head: policy.head, seed: chunk.seed
    ).grow(
      from: chunk.rollout, batch: 0, parameters: policy.parameters,
      scaling: policy.states.scaling, discount: estimator.returns.discount,
      weighting: estimator.weighting, vine)
    return Grown(
      vine: grown, states: policy.states.states(seen: grown.observations, masks: grown.masks),
      finalValues: policy.states.states(seen: grown.finalObservations).map {
        estimator.critic[$0]
      })
  }

  /// The divisor of a vine's weights.
  private func unit(of chunk: Chunk, _ estimator: SweepEstimator) -> Double {
    Double(estimator.weighting == .discounted ? chunk.trajectories : chunk.rollout.rows)
  }

  /// Rows of branches.
  private func rows(
    of grown: Grown, _ estimator: SweepEstimator, _ sums: inout GradientSums, weight: Double
  ) -> BatchRows<Double> {
    let rows = grown.vine.rows(finalValues: grown.finalValues)
    var batch = BatchRows(
      observations: ObservationRows(rows.observations, for: policy.shape), actions: rows.actions,
      masks: rows.masks,
      advantages: rows.advantages, weights: rows.weights, importance: rows.importance,
      groupSize: rows.groupSize)
    guard estimator.hasRatios, let importance = rows.importance else { return batch }
    // With the critic for a baseline: one of the branches themselves would be part of the estimate.
    let values = grown.vine.actionValues(finalValues: grown.finalValues)
    batch.advantages = zip(values, grown.vine.states).map {
      $0 - estimator.critic[grown.states[$1]]
    }
    batch.groupSize = nil
    sums.ratios += weight * zip(rows.weights, importance).reduce(0) { $0 + $1.0 * $1.1 }
    return batch
  }
}
