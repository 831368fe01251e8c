internal import MonotoneArithmetic
internal import MonotoneProbability
internal import MDPCore
internal import MDPSolvers

/// A run of a policy, as advantage estimators see it.
public struct AdvantageRun: Sendable, Equatable {
  /// r by step.
  public var rewards: [Double]
  /// V(s_t) by step, and V of the state after the last one; exact, 0 at a terminal state.
  public var values: [Double]
  /// Whether the run ended in a terminal state rather than by its limit.
  public var isTerminated: Bool
  /// γ.
  public var discount: Double
}

/// Checks that an estimator of advantages is right on average.
///
/// Runs of random policies start with each state and action in turn. With the exact values given, the
/// mean of the estimates of the first step's advantage must be A(s,a): any estimator of the family of
/// generalised advantage estimation is unbiased then, for every λ. Means are held to six standard
/// errors, a false alarm in 10⁸ comparisons where the normal distribution fits.
///
/// - Parameters:
///   - name: What the estimator is called.
///   - models: What the models are like.
///   - count: How many models.
///   - runs: How many runs from each state and action.
///   - length: How many steps a run has at most.
///   - configuration: Seed, replay, folder of regressions.
///   - estimator: The estimates of a run, one a step.
/// - Throws: ``PropertyFailure`` with the model at which the estimator fails, shrunk.
public func checkAdvantageEstimator(
  _ name: String, models: ModelConfiguration? = nil, count: Int = 30, runs: Int = 400,
  length: Int = 6, configuration: PropertyConfiguration = .init(fixedSeed: 1),
  _ estimator: (AdvantageRun) throws -> [Double]
) throws(PropertyFailure) {
  var small = ModelConfiguration()
  small.states = 1...4
  small.actions = 1...3
  try propertyCheck(
    name, count: count, input: Gen.policy(models ?? small), configuration: configuration
  ) { input in
    let evaluation = try PolicyEvaluator(input.mdp).evaluate(input.policy)
    let sampler = RunSampler(
      model: try TabularModel(input.mdp), policy: input.policy.table,
      values: evaluation.stateValues.map(\.value), length: length)
    for state in input.mdp.space.liveStates {
      for (action, pair) in input.mdp.space.pairs(of: state).enumerated() {
        var stream = RandomStream(seed: UInt64(pair), stream: 7)
        var (sum, squares) = (0.0, 0.0)
        for _ in 0..<runs {
          let run = sampler.run(from: state, action, &stream)
          let estimates = try estimator(run)
          guard estimates.count == run.rewards.count else {
            throw Broken(
              description: "\(estimates.count) estimates for \(run.rewards.count) steps")
          }
          sum += estimates[0]
          squares += estimates[0] * estimates[0]
        }
        let mean = sum / Double(runs)
        let variance = max(0, squares / Double(runs) - mean * mean)
        let error = (variance / Double(runs)).squareRoot()
        let expected = evaluation.advantages[pair]
        // What float64 loses of the values it was given.
        let rounding = 1e-9 * (1 + evaluation.stateValues.reduce(0) { max($0, abs($1.value)) })
        guard abs(mean - expected.value) <= 6 * error + expected.error + rounding else {
          throw Broken(
            description: """
              state \(state), action \(action): the mean of \(runs) estimates is \(mean), the \
              advantage \(expected.value), the standard error \(error)
              """)
        }
      }
    }
  }
}

/// Runs of a policy from chosen first steps.
private struct RunSampler {
  let model: TabularModel
  let policy: [[Double]]
  let values: [Double]
  let length: Int

  func run(from state: Int, _ action: Int, _ stream: inout RandomStream) -> AdvantageRun {
    var run = AdvantageRun(
      rewards: [], values: [], isTerminated: false, discount: model.discount)
    var (state, action) = (state, action)
    while run.rewards.count < length {
      run.rewards.append(model.rewards[state][action])
      run.values.append(values[state])
      state = Self.choose(model.transitions[state][action], &stream)
      if model.isTerminal(state) {
        run.isTerminated = true
        break
      }
      action = Self.choose(policy[state], &stream)
    }
    run.values.append(values[state])
    return run
  }

  private static func choose(_ row: [Double], _ stream: inout RandomStream) -> Int {
    var rest = stream.uniform()
    var last = 0
    for (outcome, probability) in row.enumerated() where probability > 0 {
      last = outcome
      rest -= probability
      if rest < 0 { break }
    }
    return last
  }
}
