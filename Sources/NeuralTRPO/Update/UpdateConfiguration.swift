public import MonotoneLinearAlgebra

/// The settings of an update of a policy on a batch.
public struct UpdateConfiguration: Sendable {
  /// δ: the most that KL(old‖new) may become, in nats, as ``constraint`` takes it over the batch.
  public var budget: Double
  /// Whether δ bounds the mean of the states' divergences or the largest.
  public var constraint: DivergenceConstraint
  /// How the Fisher matrix is estimated.
  public var fisher: FisherMatrix
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
    budget: Double = 0.01, constraint: DivergenceConstraint = .meanKL,
    fisher: FisherMatrix = .analytic, conjugateGradient: ConjugateGradient.Configuration = .init(),
    damping: Double = 0, fisherShare: Double = 0.1, dampsStepLength: Bool = false,
    trials: Int = 10, backtrack: Double = 0.5, acceptRatio: Double = 0
  ) {
    precondition(
      budget > 0 && damping >= 0 && fisherShare > 0 && fisherShare <= 1 && trials > 0
        && backtrack > 0 && backtrack < 1 && acceptRatio >= 0 && acceptRatio < 1,
      "no update has a budget of \(budget), damping \(damping), \(trials) trials of \(backtrack)")
    precondition(
      constraint == .meanKL || fisher == .analytic,
      "one action of a state does not tell how far all of its distribution moves")
    self.budget = budget
    self.constraint = constraint
    self.fisher = fisher
    self.conjugateGradient = conjugateGradient
    self.damping = damping
    self.fisherShare = fisherShare
    self.dampsStepLength = dampsStepLength
    self.trials = trials
    self.backtrack = backtrack
    self.acceptRatio = acceptRatio
  }

  /// How many rows of a batch Fisher products are taken over.
  package func fisherRows(of rows: Int) -> Int {
    max(1, Int(clamping: (Double(rows) * fisherShare).rounded(.up)))
  }
}
