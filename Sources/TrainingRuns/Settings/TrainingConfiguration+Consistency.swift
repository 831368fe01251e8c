package import MonotoneFiles
package import NeuralTRPO

extension TrainingConfiguration {
  /// Refuses choices that contradict each other. A choice that a method merely does not use is passed over.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` with the options to change.
  package func requireConsistency() throws(RunFailure) {
    let hasTrustRegion = method == .trustRegion
    if constraint == .maxKL, !hasTrustRegion {
      throw RunFailure(
        "--constraint max-kl bounds a trust region, and --method \(method.rawValue) has none; use --method "
          + "trust-region or --constraint mean-kl", .usage)
    }
    if constraint == .maxKL, fisher == .empirical {
      throw RunFailure(
        "--constraint max-kl needs the divergence of each state, of which --fisher empirical knows one action "
          + "only; use --fisher analytic or --constraint mean-kl", .usage)
    }
    if fisher == .empirical, !hasTrustRegion, method != .naturalGradient {
      throw RunFailure(
        "--fisher empirical is for --method trust-region and natural-gradient, not \(method.rawValue); use "
          + "--fisher analytic", .usage)
    }
    if estimator == .vine, !hasTrustRegion, method != .naturalGradient {
      throw RunFailure(
        "--estimator vine is for --method trust-region and natural-gradient, not \(method.rawValue); use "
          + "--estimator singlePath", .usage)
    }
  }
}
