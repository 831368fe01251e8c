internal import MonotoneProbability
internal import MDPSolvers
internal import NeuralTRPO
internal import TrainingRuns

extension SettingSweeps {
  /// Sweeps the settings of an update at a policy.
  ///
  /// - Parameters:
  ///   - judge: Knows the policy.
  ///   - theory: The theory twin there.
  ///   - estimator: Of the run; λ is swept.
  ///   - update: The run's settings.
  ///   - trajectories: Of a batch.
  /// - Throws: ``SweepFailure``.
  static func sample(
    _ judge: StepJudge, theory: Twin, _ estimator: SweepEstimator, _ update: UpdateConfiguration,
    horizon: Int, trajectories: Int, repeats: Int, seed: UInt64,
    progress: (_ done: Int, _ all: Int) throws(SweepFailure) -> Void
  ) throws(SweepFailure) -> SettingSweeps {
    var trials = SettingSweep.Setting.allCases.map { setting in
      setting.values.map { value in
        let choice = setting.applied(value, to: estimator, update)
        return SettingTrial(
          choice,
          SweepTarget(
            judge.policy, theory, choice.estimator, horizon: horizon))
      }
    }
    let sampler = TrajectorySampler(judge.policy, horizon: horizon)
    precondition(
      trajectories <= sampler.largestChunk, "\(trajectories) trajectories in one batch")
    for turn in 0..<repeats {
      var stream = RandomStream(seed: seed, stream: UInt64(turn))
      let chunk = sampler.chunk(trajectories, seed: stream.next())
      for sweep in trials.indices {
        for place in trials[sweep].indices {
          do throws(EvaluationFailure) {
            try trials[sweep][place].add(chunk, sampler, stream, judge)
          } catch {
            throw .evaluation(error)
          }
        }
      }
      try progress(turn + 1, repeats)
    }
    var sweeps: [SettingSweep] = []
    for (setting, trials) in zip(SettingSweep.Setting.allCases, trials) {
      var points: [SettingSweep.Point] = []
      for (value, trial) in zip(setting.values, trials) {
        do throws(EvaluationFailure) { points.append(try trial.point(value, judge)) } catch {
          throw .evaluation(error)
        }
      }
      sweeps.append(
        SettingSweep(
          setting: setting, chosen: setting.value(of: estimator, update), points: points))
    }
    return SettingSweeps(
      horizon: horizon, trajectories: trajectories, repeats: repeats, sweeps: sweeps)
  }
}

extension SettingSweep.Setting {
  /// The run's choices with another value of this one.
  func applied(
    _ value: Double, to estimator: SweepEstimator, _ update: UpdateConfiguration
  ) -> TrialSettings {
    var choice = TrialSettings(estimator: estimator, update: update)
    switch self {
    case .damping: choice.update.damping = value
    case .conjugateGradientIterations:
      choice.update.conjugateGradient.iterations = Int(clamping: value)
    case .fisherShare: choice.update.fisherShare = value
    case .lambda: choice.estimator.returns.lambda = value
    }
    return choice
  }

  /// The run's own value.
  func value(of estimator: SweepEstimator, _ update: UpdateConfiguration) -> Double {
    switch self {
    case .damping: update.damping
    case .conjugateGradientIterations: Double(update.conjugateGradient.iterations)
    case .fisherShare: update.fisherShare
    case .lambda: estimator.returns.lambda
    }
  }
}
