public import MDPSolvers
public import NeuralTRPO

/// Everything that is swept at one policy whose gradient is not zero.
public struct PolicySweeps: Sendable, Equatable, Codable {
  /// Gradients against the number of samples.
  public var errors: ErrorSweep
  /// Biases of ratios against the number of what they are ratios of.
  public var ratioBiases: [RatioBias]
  /// Fisher products against the number of samples.
  public var fisher: FisherSweep
  /// Settings of the update.
  public var settings: SettingSweeps
}

extension PolicySweeps {
  /// What is swept, and where.
  public struct Subject {
    /// Knows the model.
    public var evaluator: PolicyEvaluator
    /// The policy.
    public var policy: NetworkPolicy
    /// V by state.
    public var critic: [Double]
    /// The run's settings.
    public var training: TrainingConfiguration

    public init(
      _ evaluator: PolicyEvaluator, _ policy: NetworkPolicy, critic: [Double],
      _ training: TrainingConfiguration
    ) {
      self.evaluator = evaluator
      self.policy = policy
      self.critic = critic
      self.training = training
    }

    /// What an update began with.
    public init(
      _ evaluator: PolicyEvaluator, _ environment: SampledMDP, _ observation: UpdateObservation,
      _ training: TrainingConfiguration
    ) {
      let policy = NetworkPolicy(observation: observation, in: environment)
      self.init(
        evaluator, policy, critic: observation.criticValues(of: policy.states), training)
    }
  }

  /// A part of the work: which, and how much of it is done.
  public struct Progress: Sendable {
    /// What is being swept.
    public var part: String
    public var done: Int
    public var all: Int
  }

  /// Sweeps everything.
  ///
  /// - Returns: nil where the gradient is zero: errors are relative to its size.
  /// - Throws: ``EvaluationFailure``.
  public init?(
    _ subject: Subject, _ configuration: ErrorSweep.Configuration,
    progress: (Progress) -> Void = { _ in }
  ) throws(EvaluationFailure) {
    let (policy, horizon, seed) = (subject.policy, configuration.horizon, configuration.seed)
    let evaluation = try subject.evaluator.evaluate(policy.exact)
    let theory = Twin(theory: evaluation)
    guard let direction = ExactDirection(theory: theory, at: policy) else { return nil }
    let estimators = SweepEstimator.standard(subject, horizon: horizon)
    errors = ErrorSweep(policy, theory: theory, estimators, configuration) {
      progress(Progress(part: "gradients", done: $0, all: $1))
    }
    progress(Progress(part: "biases of ratios", done: 0, all: 1))
    let most = (configuration.sizes.max() ?? 1) * configuration.repeats
    ratioBiases = [
      estimators.first { $0.branches == nil && $0.weighting == .undiscounted }.flatMap {
        RatioBiasSubject(policy, $0, theory: theory, horizon: horizon, seed: seed)?
          .perRow(trajectories: most)
      },
      RatioBiasSubject(
        policy, .relativeDraws(subject, values: evaluation.stateValues.map(\.value)),
        theory: theory, horizon: horizon, seed: seed)?
        .selfNormalised(trajectories: max(1, most / 80)),
    ].compactMap { $0 }
    fisher = FisherSweep(policy, direction: direction.vector, configuration) {
      progress(Progress(part: "Fisher products", done: $0, all: $1))
    }
    settings = try SettingSweeps.sample(
      StepJudge(subject.evaluator, policy, direction), theory: theory, .practice(subject),
      subject.training.update, horizon: horizon,
      trajectories: subject.batchTrajectories(horizon: horizon), repeats: configuration.repeats,
      seed: seed
    ) { progress(Progress(part: "settings", done: $0, all: $1)) }
  }
}

extension ErrorSweep {
  /// Sweeps the estimators that are compared at every policy.
  ///
  /// - Returns: nil where the gradient is zero: errors are relative to its size.
  /// - Throws: ``EvaluationFailure``.
  public init?(
    _ subject: PolicySweeps.Subject, _ configuration: Configuration
  ) throws(EvaluationFailure) {
    let theory = Twin(theory: try subject.evaluator.evaluate(subject.policy.exact))
    guard ExactDirection(theory: theory, at: subject.policy) != nil else { return nil }
    self.init(
      subject.policy, theory: theory,
      SweepEstimator.standard(subject, horizon: configuration.horizon), configuration)
  }
}

extension PolicySweeps.Subject {
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
      Int((Double(training.batch) / rows).rounded(.up)))
  }
}
