internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MonotoneLinearAlgebra
internal import MDPCore
package import MDPSolvers
package import NeuralTRPO

/// Holds each update of a training run against its exact twins.
///
/// Complexity of a row: two policy evaluations and a screening of all claims; for each twin a gradient over
/// pairs, and a Fisher product over states for every iteration of conjugate gradients.
package final class LedgerKeeper {
  private let evaluator: PolicyEvaluator
  private let environment: SampledMDP
  private let training: TrainingConfiguration
  private let auditor: UpdateAuditor
  /// θ that the auditor stands at.
  private var latest: [Double]?

  /// Up to so many states what enclosures leave open is decided exactly; beyond, that takes seconds.
  private static let exactStates = 64

  /// - Parameters:
  ///   - evaluator: Of the model that the environment samples.
  ///   - environment: The environment.
  ///   - training: The run's configuration.
  package init(
    _ evaluator: PolicyEvaluator, _ environment: SampledMDP, _ training: TrainingConfiguration
  ) {
    self.evaluator = evaluator
    self.environment = environment
    self.training = training
    var configuration = UpdateAuditor.Configuration()
    configuration.budget = training.budget
    configuration.isScreening = evaluator.space.liveStates.count > Self.exactStates
    auditor = UpdateAuditor(evaluator, configuration)
  }

  /// The row of an update.
  ///
  /// - Parameters:
  ///   - iteration: Its number, from 1.
  ///   - steps: Environment steps made before its batch.
  /// - Throws: ``EvaluationFailure``.
  package func row(
    _ observation: UpdateObservation, iteration: Int, steps: Int
  ) throws(EvaluationFailure) -> UpdateComparison {
    let states = ObservedStates(environment, scaling: observation.scaling)
    let before = NetworkPolicy(states, shape: observation.shape, parameters: observation.before)
    let after = NetworkPolicy(states, shape: observation.shape, parameters: observation.after)
    // A scaling that moved makes another policy of the same parameters.
    if latest != observation.before || observation.scaling != nil {
      try auditor.begin(with: NamedPolicy(name: "\(iteration - 1)", policy: before.exact))
    }
    let theory = Twin(theory: try evaluator.enclose(before.exact))
    let audit = try auditor.next(
      NamedPolicy(name: "\(iteration)", policy: after.exact), index: iteration,
      loggedDivergence: LoggedDivergence(
        text: "\(observation.update.meanDivergence)", number: observation.update.meanDivergence))
    latest = observation.after

    // Weights of a batch sum to 1 where they are not discounted, else to what one episode's do; those of the
    // theory to that too, but for episodes that are over before they begin, which nobody plays.
    let weight =
      training.stateWeighting == .discounted ? theory.totalWeight / environment.liveStart : 1
    let hasScale = !training.normalizesAdvantages && !training.normalizesRewards
    let scaled = theory.scaled(toWeight: weight)
    let gains = hasScale ? theory.totalWeight / weight : nil
    let exact = scaled.batch(at: before)
    let gradient = exact.gradient()
    var row = UpdateComparison(
      iteration: iteration, steps: steps, rows: observation.rows,
      outcome: observation.update.outcome.rawValue, audit: audit,
      sampledKL: observation.update.meanDivergence, stepLength: observation.update.stepLength,
      predictedGain: gains.map { $0 * observation.update.predictedGain },
      sampledGain: gains.map { $0 * observation.update.surrogateGain },
      theory: TwinComparison(
        scaled, observation, exact, gradient: gradient, hasScale: hasScale, training.update))
    addPractice(to: &row, observation, before, gradient, gains: theory.totalWeight / weight)
    return row
  }

  private func addPractice(
    to row: inout UpdateComparison, _ observation: UpdateObservation, _ policy: NetworkPolicy,
    _ theory: [Double], gains: Double
  ) {
    switch training.samplingPlan(
      from: observation.places, timeLimit: environment.timeLimit)
    {
    case .notApplicable(let reason): row.practiceNotApplicable = reason
    case .plan(let plan):
      let practice = PracticeTwin(
        environment, policy: policy.probabilities,
        critic: observation.criticValues(of: policy.states), plan: plan)
      row.practiceIsRatio = practice.isRatio
      let batch = practice.twin.batch(at: policy)
      let gradient = batch.gradient()
      let comparison = TwinComparison(
        practice.twin, observation, batch, gradient: gradient, hasScale: true, training.update)
      row.practice = comparison
      row.errors = UpdateErrors(
        observation, practice: comparison, row.theory,
        gradients: .init(practice: gradient, theory: theory), gains: gains)
    }
  }
}

extension UpdateObservation {
  /// V by state, 0 at terminal states and where there is no critic.
  package func criticValues(of states: ObservedStates) -> [Double] {
    var values = [Double](repeating: 0, count: states.space.stateCount)
    guard let criticShape else { return values }
    let critic = Critic<Double>(
      shape: criticShape, parameters: criticParameters,
      adam: Adam(parameterCount: criticShape.parameterCount))
    for (state, value) in zip(states.space.liveStates, critic.values(states.observations)) {
      values[state] = value
    }
    return values
  }
}
