/// The results of one iteration of training.
public struct TrainingRecord: Sendable, Equatable {
  /// Iterations so far, this one included.
  public var iteration: Int
  /// Environment steps so far.
  public var steps: Int
  /// Episodes so far.
  public var episodes: Int
  /// The mean undiscounted return of recent episodes; nil before the first has ended.
  public var meanReturn: Double?
  /// The standard deviation of their returns; nil before two have ended.
  public var returnDeviation: Double?
  /// Their mean length.
  public var meanLength: Double?
  /// The mean entropy of the policy that made the batch; nil where no one policy did.
  public var entropy: Double?
  /// The mean standard deviation of continuous actions after the update; nil where there is none.
  public var deviation: Double?
  /// The policy's update on the batch; nil where the method makes none.
  public var update: UpdateRecord?
  /// The critic's fit; nil where there is no critic.
  public var critic: CriticRecord?
  /// The generation of the cross-entropy method; nil for other methods.
  public var generation: GenerationRecord?
}

/// One number of a record, as tables and TensorBoard name it.
package struct TrainingColumn: Sendable {
  /// The column of progress.csv.
  package let name: String
  /// The tag of the event file: Stable-Baselines3's where that has one for the same thing.
  package let tag: String
  /// The number; nil where there is none.
  package let value: @Sendable (TrainingRecord) -> Double?

  /// The numbers of a run's records, in the order of the columns; `steps` is the axis and stands before.
  ///
  /// Methods that were added later have columns that runs of the others lack, whose tables thus stay as they were.
  package static func columns(of configuration: TrainingConfiguration) -> [TrainingColumn] {
    switch (configuration.method, configuration.constraint) {
    case (.trustRegion, .maxKL): usual + maximum
    case (.crossEntropy, _): usual + generation
    default: usual
    }
  }

  private static let maximum: [TrainingColumn] = [
    .init(name: "maximumKL", tag: "kl/maximum") { $0.update?.maximumDivergence },
    .init(name: "dualityGap", tag: "kl/duality_gap") { $0.update?.dualityGap },
  ]

  private static let generation: [TrainingColumn] = [
    .init(name: "eliteReturn", tag: "cem/elite_return") { $0.generation?.eliteReturn },
    .init(name: "bestReturn", tag: "cem/best_return") { $0.generation?.bestReturn },
    .init(name: "parameterDeviation", tag: "cem/parameter_std") {
      $0.generation?.parameterDeviation
    },
  ]

  private static let usual: [TrainingColumn] = [
    .init(name: "iteration", tag: "time/iterations") { Double($0.iteration) },
    .init(name: "episodes", tag: "time/episodes") { Double($0.episodes) },
    .init(name: "meanReturn", tag: "rollout/ep_rew_mean") { $0.meanReturn },
    .init(name: "returnDeviation", tag: "rollout/ep_rew_std") { $0.returnDeviation },
    .init(name: "meanLength", tag: "rollout/ep_len_mean") { $0.meanLength },
    .init(name: "entropy", tag: "train/entropy") { $0.entropy },
    .init(name: "deviation", tag: "train/std") { $0.deviation },
    .init(name: "surrogateGain", tag: "train/policy_objective") { $0.update?.surrogateGain },
    .init(name: "predictedGain", tag: "ls/predicted_gain") { $0.update?.predictedGain },
    .init(name: "improveRatio", tag: "ls/improve_ratio") {
      $0.update.flatMap { $0.predictedGain > 0 ? $0.surrogateGain / $0.predictedGain : nil }
    },
    .init(name: "accepted", tag: "train/is_line_search_success") {
      $0.update.map { $0.outcome == .accepted ? 1 : 0 }
    },
    .init(name: "trials", tag: "ls/trials") { $0.update.map { Double($0.trials) } },
    .init(name: "backtracks", tag: "ls/backtracks") {
      $0.update.map { Double(max(0, $0.trials - 1)) }
    },
    .init(name: "kl", tag: "kl/realised") { $0.update?.meanDivergence },
    .init(name: "predictedKL", tag: "kl/predicted") { $0.update?.predictedDivergence },
    .init(name: "gradientNorm", tag: "train/gradient_norm") { $0.update?.gradientNorm },
    .init(name: "stepLength", tag: "train/step_length") { $0.update?.stepLength },
    .init(name: "residual", tag: "cg/residual") { $0.update?.residualNorms.last },
    .init(name: "valueLoss", tag: "train/value_loss") { $0.critic?.lossAfter },
    .init(name: "explainedVariance", tag: "train/explained_variance") {
      $0.critic?.explainedVarianceBefore
    },
  ]
}
