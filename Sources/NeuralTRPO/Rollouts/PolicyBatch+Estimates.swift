extension PolicyBatch {
  /// The surrogate gain and the mean divergence of an update, with standard errors.
  package struct Estimates: Sendable, Equatable {
    /// L(θ) − L(θ_old).
    package var surrogateGain: Estimate
    /// The mean of KL(old‖new).
    package var meanDivergence: Estimate
  }

  /// The surrogate's gain and the divergence at a policy.
  ///
  /// - Parameters:
  ///   - clusters: The trajectory of each row: ``Rollout/trajectoryNumbers`` in the order of the
  ///     batch's rows.
  ///   - weighting: What the rows' weights are: by 1/N the gain is a mean of rows, by γᵗ/n a sum
  ///     over trajectories.
  package func estimates(
    at parameters: [Number], clusters: [Int32], weighting: StateWeighting = .undiscounted
  ) -> Estimates {
    precondition(clusters.count == rows, "\(clusters.count) clusters for \(rows) rows")
    _ = values(parameters)
    let before = estimator.contributions { _ in 0 }
    let after = estimator.contributions { row in
      Double(logProbabilities.start[row]) - Double(oldLogProbabilities.start[row])
    }
    let gains = zip(after, before).map { $0 - $1 }
    let weights = (0..<rows).map { Double(estimator.rowWeights[$0]) }
    var gain = Estimate(sumOf: gains, clusters: clusters)
    if weighting == .undiscounted {
      let total = weights.reduce(0, +)
      // Rows without weight contribute nothing.
      let values = zip(gains, weights).map { $1 == 0 ? 0 : $0 / $1 }
      gain = Estimate(meanOf: values, weights: weights, clusters: clusters)
      gain.value *= total
      gain.standardError *= abs(total)
    }
    return Estimates(
      surrogateGain: gain,
      meanDivergence: Estimate(
        meanOf: (0..<rows).map { Double(results.start[$0]) }, weights: weights, clusters: clusters))
  }
}
