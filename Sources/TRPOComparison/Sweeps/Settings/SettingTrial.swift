internal import MonotoneProbability
internal import MDPSolvers
internal import NeuralTRPO
internal import TrainingRuns

/// The estimator and the settings of an update.
struct TrialSettings {
  var estimator: SweepEstimator
  var update: UpdateConfiguration
}

/// Updates of one policy with one choice, batch by batch.
struct SettingTrial {
  let choice: TrialSettings
  private let target: SweepTarget
  private var steps: [StepJudge.Verdict] = []
  private var squares: [Double] = []

  init(_ choice: TrialSettings, _ target: SweepTarget) {
    self.choice = choice
    self.target = target
  }

  /// Makes the update of a batch.
  ///
  /// - Parameter shuffling: The order in which rows stand, of which Fisher products may see the first.
  /// - Throws: ``EvaluationFailure``.
  mutating func add(
    _ chunk: TrajectorySampler.Chunk, _ sampler: TrajectorySampler, _ shuffling: RandomStream,
    _ judge: StepJudge
  ) throws(EvaluationFailure) {
    var rows = sampler.rows(of: chunk, choice.estimator)
    let divisor = Double(
      choice.estimator.weighting == .discounted ? chunk.trajectories : chunk.rollout.rows)
    for index in rows.weights.indices { rows.weights[index] /= divisor }
    var stream = shuffling
    rows.shuffle(&stream)
    let batch = sampler.load(rows)
    let distance = Vectors.distance(batch.gradient(), target.practice)
    squares.append(distance * distance)
    steps.append(try judge.verdict(batch, choice.update))
  }

  /// The result of the trial, beside the update with infinitely many samples.
  ///
  /// - Throws: ``EvaluationFailure``.
  func point(_ value: Double, _ judge: StepJudge) throws(EvaluationFailure) -> SettingSweep.Point {
    let twin = target.twin
    let exact = try judge.verdict(
      twin.batch(at: judge.policy), twin.exactConfiguration(choice.update))
    let made = steps.compactMap(\.efficiency)
    return SettingSweep.Point(
      value: value, exactEfficiency: exact.efficiency, exactGain: exact.gain,
      efficiency: made.count > 1 ? SampleMean(made) : nil, gain: SampleMean(steps.map(\.gain)),
      meanKL: SampleMean(steps.map(\.meanKL)), accepted: steps.count { $0.efficiency != nil },
      noise: SampleMean(rootOf: squares).scaled(1 / Vectors.norm(target.theory)),
      bias: target.bias)
  }
}
