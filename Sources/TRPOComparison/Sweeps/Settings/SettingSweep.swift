/// The effect of a setting of the update: identical batches, updated with each value of it.
///
/// Beside each stands the update with infinitely many samples, by the practice twin: what that lacks is
/// bias, the rest is noise.
package struct SettingSweep: Sendable, Equatable, Codable {
  /// Which setting.
  package var setting: Setting
  /// The run's own value.
  package var chosen: Double
  /// By value.
  package var points: [Point]

  /// A setting.
  package enum Setting: String, Sendable, Codable, CaseIterable {
    /// λ in F + λI.
    case damping
    /// Iterations of conjugate gradients.
    case conjugateGradientIterations
    /// The share of rows that Fisher products are taken over.
    case fisherShare
    /// λ of generalised advantages.
    case lambda

    /// The values that are tried.
    package var values: [Double] {
      switch self {
      case .damping: [0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1]
      case .conjugateGradientIterations: [1, 2, 3, 5, 10, 20, 50]
      case .fisherShare: [1, 0.5, 0.2, 0.1, 0.05, 0.02]
      case .lambda: [0, 0.5, 0.8, 0.9, 0.95, 0.98, 1]
      }
    }
  }

  /// The results with one value.
  package struct Point: Sendable, Equatable, Codable {
    /// The value.
    package var value: Double
    /// Of the first-order gain that a step of the same quadratic KL could make, the share that this
    /// one does, with infinitely many samples; nil where there is no step.
    package var exactEfficiency: Double?
    /// The true gain of return of that step.
    package var exactGain: Double
    /// The efficiency of sampled steps; nil where fewer than two were made.
    package var efficiency: SampleMean?
    /// The true gain of return of sampled updates; 0 where no step was made.
    package var gain: SampleMean
    /// The exact mean KL of sampled updates under d_π.
    package var meanKL: SampleMean
    /// Updates that made a step.
    package var accepted: Int
    /// √mean ‖ĝ − g_practice‖² / ‖g_theory‖.
    package var noise: SampleMean
    /// ‖g_practice − g_theory‖ / ‖g_theory‖.
    package var bias: Double
  }
}

/// All settings, from the same batches.
package struct SettingSweeps: Sendable, Equatable, Codable {
  /// Steps after which trajectories are cut.
  package var horizon: Int
  /// Trajectories of a batch.
  package var trajectories: Int
  /// Batches.
  package var repeats: Int
  /// One a setting.
  package var sweeps: [SettingSweep]
}
