internal import MonotoneArithmetic
package import MDPSolvers
package import NeuralTRPO

/// Everything that is swept at one policy whose gradient is not zero.
public struct PolicySweeps: Sendable, Equatable, Codable {
  /// Gradients against the number of samples.
  public var errors: ErrorSweep
  /// Biases of ratios against the number of what they are ratios of.
  package var ratioBiases: [RatioBias]
  /// Fisher products against the number of samples.
  package var fisher: FisherSweep
  /// Settings of the update.
  package var settings: SettingSweeps
}

extension PolicySweeps {
  /// The policy that is swept, with its model, critic and settings.
  package struct Subject {
    /// Knows the model.
    package var evaluator: PolicyEvaluator
    /// The policy.
    package var policy: NetworkPolicy
    /// V by state.
    package var critic: [Double]
    /// The run's settings.
    package var training: TrainingConfiguration

    package init(
      _ evaluator: PolicyEvaluator, _ policy: NetworkPolicy, critic: [Double],
      _ training: TrainingConfiguration
    ) {
      self.evaluator = evaluator
      self.policy = policy
      self.critic = critic
      self.training = training
    }

    /// The policy and the critic that an update began with.
    package init(
      _ evaluator: PolicyEvaluator, _ environment: SampledMDP, _ observation: UpdateObservation,
      _ training: TrainingConfiguration
    ) {
      let policy = NetworkPolicy(observation: observation, in: environment)
      self.init(
        evaluator, policy, critic: observation.criticValues(of: policy.states), training)
    }
  }

  /// A part of the work: which, and how much of it is done.
  package struct Progress: Sendable {
    /// The name of the part.
    package var part: String
    package var done: Int
    package var all: Int
  }

  /// Sweeps everything.
  ///
  /// - Parameter progress: May throw to end the sweeps.
  /// - Returns: nil where the gradient is zero: errors are relative to its size.
  /// - Throws: ``SweepFailure``.
  package init?(
    _ subject: Subject, _ configuration: ErrorSweep.Configuration,
    progress: (Progress) throws(SweepFailure) -> Void = { _ in }
  ) throws(SweepFailure) {
    let (policy, horizon, seed) = (subject.policy, configuration.horizon, configuration.seed)
    let evaluation = try subject.evaluation()
    let theory = Twin(theory: evaluation)
    guard let direction = ExactDirection(theory: theory, at: policy) else { return nil }
    func report(_ part: String, _ done: Int, _ all: Int) throws(SweepFailure) {
      try progress(Progress(part: part, done: done, all: all))
    }
    let estimators = SweepEstimator.standard(subject, horizon: horizon)
    errors = try ErrorSweep(policy, theory: theory, estimators, configuration) {
      done, all throws(SweepFailure) in try report("gradients", done, all)
    }
    let most = (configuration.sizes.max() ?? 1) * configuration.repeats
    func check() throws(SweepFailure) { try report("biases of ratios", 0, 1) }
    try check()
    ratioBiases = []
    let path = estimators.first { $0.branches == nil && $0.weighting == .undiscounted }
    if let path,
      let subject = RatioBiasSubject(policy, path, theory: theory, horizon: horizon, seed: seed),
      let bias = try subject.perRow(trajectories: most, check: check)
    {
      ratioBiases.append(bias)
    }
    let relative = SweepEstimator.relativeDraws(
      subject, values: evaluation.stateValues.map(\.value))
    if let subject = RatioBiasSubject(
      policy, relative, theory: theory, horizon: horizon, seed: seed)
    {
      ratioBiases.append(
        try subject.selfNormalised(trajectories: max(1, most / 80), check: check))
    }
    fisher = try FisherSweep(policy, direction: direction.vector, configuration) {
      done, all throws(SweepFailure) in try report("Fisher products", done, all)
    }
    settings = try SettingSweeps.sample(
      subject.judge(direction), theory: theory, .practice(subject),
      subject.training.update, horizon: horizon,
      trajectories: subject.batchTrajectories(horizon: horizon), repeats: configuration.repeats,
      seed: seed
    ) { done, all throws(SweepFailure) in try report("settings", done, all) }
  }
}

extension ErrorSweep {
  /// Sweeps the estimators that are compared at every policy.
  ///
  /// - Parameter progress: May throw to end the sweep.
  /// - Returns: nil where the gradient is zero: errors are relative to its size.
  /// - Throws: ``SweepFailure``.
  package init?(
    _ subject: PolicySweeps.Subject, _ configuration: Configuration,
    progress: (_ done: Int, _ all: Int) throws(SweepFailure) -> Void = { _, _ in }
  ) throws(SweepFailure) {
    let theory = Twin(theory: try subject.evaluation())
    guard ExactDirection(theory: theory, at: subject.policy) != nil else { return nil }
    try self.init(
      subject.policy, theory: theory,
      SweepEstimator.standard(subject, horizon: configuration.horizon), configuration,
      progress: progress)
  }
}

extension PolicySweeps.Subject {
  fileprivate func evaluation() throws(SweepFailure) -> PolicyEvaluation<TrackedDouble> {
    do throws(EvaluationFailure) { return try evaluator.evaluate(policy.exact) } catch {
      throw .evaluation(error)
    }
  }

  fileprivate func judge(_ direction: ExactDirection) throws(SweepFailure) -> StepJudge {
    do throws(EvaluationFailure) { return try StepJudge(evaluator, policy, direction) } catch {
      throw .evaluation(error)
    }
  }

  /// How many trajectories have about as many rows as a batch of the run, as far as memory allows.
  fileprivate func batchTrajectories(horizon: Int) -> Int {
    let plan = SamplingPlan(
      extent: .trajectories(horizon: horizon), returns: ReturnEstimator(discount: 0),
      weighting: .undiscounted)
    let rows = PracticeTwin(
      policy.states.environment, policy: policy.probabilities, critic: critic, plan: plan
    ).sums.rows
    return min(
      TrajectorySampler(policy, horizon: horizon).largestChunk,
      Int(clamping: (Double(training.batch) / rows).rounded(.up)))
  }
}
