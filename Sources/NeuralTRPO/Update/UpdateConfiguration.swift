public import MonotoneLinearAlgebra

/// The settings of a trust-region update.
public struct UpdateConfiguration: Sendable {
  /// δ: the most that the mean KL(old‖new) of the batch may become, in nats.
  public var budget: Double
  /// Conjugate-gradient iterations and tolerance.
  public var conjugateGradient: ConjugateGradient.Configuration
  /// λ in (F + λI) x = g.
  public var damping: Double
  /// The share of the batch's rows that Fisher products are taken over, from the first; the paper
  /// takes a tenth. Gradient and line search always see the whole batch.
  public var fisherShare: Double
  /// Whether β is chosen by the damped curvature xᵀ(F + λI)x, as some implementations do. That makes
  /// the step shorter than δ allows.
  public var dampsStepLength: Bool
  /// The most trials of the line search.
  public var trials: Int
  /// The factor of the step length after a trial that fails.
  public var backtrack: Double
  /// The least share of the improvement that the gradient predicts for the very step tried.
  public var acceptRatio: Double

  /// The settings of an update; the defaults are those of the paper, without damping.
  public init(
    budget: Double = 0.01, conjugateGradient: ConjugateGradient.Configuration = .init(),
    damping: Double = 0, fisherShare: Double = 0.1, dampsStepLength: Bool = false,
    trials: Int = 10, backtrack: Double = 0.5, acceptRatio: Double = 0
  ) {
    precondition(
      budget > 0 && damping >= 0 && fisherShare > 0 && fisherShare <= 1 && trials > 0
        && backtrack > 0 && backtrack < 1 && acceptRatio >= 0 && acceptRatio < 1,
      "no update has a budget of \(budget), damping \(damping), \(trials) trials of \(backtrack)")
    self.budget = budget
    self.conjugateGradient = conjugateGradient
    self.damping = damping
    self.fisherShare = fisherShare
    self.dampsStepLength = dampsStepLength
    self.trials = trials
    self.backtrack = backtrack
    self.acceptRatio = acceptRatio
  }
}
