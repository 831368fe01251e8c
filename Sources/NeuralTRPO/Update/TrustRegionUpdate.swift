/// One update of trust region policy optimization on a batch.
///
///     g = ∇L(θ_old)           (F + λI) x ≈ g by conjugate gradients
///     β = √(2δ / xᵀFx)        θ = θ_old + ρᵏ β x, the first k = 0, 1, … that passes
///
/// A trial passes if its surrogate and divergence are finite, its KL(old‖new) on the batch is at most δ, and the surrogate gains more than `acceptRatio` of what the gradient predicts *for that
/// trial*, ρᵏ β gᵀx. If none passes the parameters stay and the record says so: a step that the line
/// search did not accept is never kept, nor reported.
///
/// δ bounds the mean KL, or the largest of a state: then β = √(2δ / max_s xᵀF_s x), and x is that of
/// ``MaximumDivergenceDirection``.
///
/// Source: Schulman et al. 2015, App. C.
public enum TrustRegionUpdate {
  /// Updates parameters on a batch that was loaded with them.
  ///
  /// - Parameters:
  ///   - parameters: θ_old; θ afterwards.
  ///   - batch: The batch, with θ_old as the policy that made it.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public static func perform<Number: NetworkNumber>(
    on parameters: inout [Number], _ batch: PolicyBatch<Number>,
    _ configuration: UpdateConfiguration
  ) -> UpdateRecord {
    precondition(
      batch.oldParameters == parameters || parameters.contains { $0.isNaN },
      "the batch was loaded with another policy")
    let gradient = batch.gradient()
    var record = UpdateRecord(along: gradient)
    guard record.outcome == .rejected else { return record }
    let direction = direction(gradient, batch, configuration, &record)
    guard direction.isFinite, record.curvature.isFinite else {
      record.outcome = .notFinite
      return record
    }
    guard record.stepLength > 0 else {
      record.outcome = .flat
      return record
    }
    search(along: direction, &parameters, batch, configuration, &record)
    return record
  }

  /// The direction, and how far the model allows to go along it.
  private static func direction<Number: NetworkNumber>(
    _ gradient: [Number], _ batch: PolicyBatch<Number>,
    _ configuration: UpdateConfiguration, _ record: inout UpdateRecord
  ) -> NaturalDirection<Number> {
    let direction: NaturalDirection<Number>
    var bounded: Double
    switch configuration.constraint {
    case .meanKL:
      direction = NaturalDirection(gradient, batch, configuration)
      record.take(direction)
      bounded = configuration.dampsStepLength ? direction.dampedCurvature : direction.curvature
    case .maxKL:
      let best = MaximumDivergenceDirection(gradient, batch, configuration)
      direction = best.direction
      record.take(direction)
      record.dualityGap = best.gap.isFinite ? best.gap : nil
      let curvatures = batch.stateCurvatures(direction.vector, of: 0..<batch.rows)
      record.curvature = batch.estimator.mean(of: curvatures)
      bounded = curvatures.reduce(0) { max($0, $1) }
      if configuration.dampsStepLength {
        bounded += configuration.damping * direction.norm * direction.norm
      }
    }
    record.stepLength = bounded > 0 ? (2 * configuration.budget / bounded).squareRoot() : 0
    return direction
  }

  private static func search<Number: NetworkNumber>(
    along direction: NaturalDirection<Number>, _ parameters: inout [Number],
    _ batch: PolicyBatch<Number>, _ configuration: UpdateConfiguration,
    _ record: inout UpdateRecord
  ) {
    let before = batch.oldSurrogate
    var share = 1.0
    for _ in 0..<configuration.trials {
      let step = share * record.stepLength
      let trial = direction.moved(parameters, by: step)
      let values = batch.values(trial)
      record.trials += 1
      let gain = values.surrogate - before
      let predicted = step * direction.slope
      if values.areFinite, values.divergence(configuration.constraint) <= configuration.budget,
        gain > configuration.acceptRatio * predicted, gain > 0
      {
        parameters = trial
        record.take(step, direction, values, gain: gain)
        record.stepShare = share
        return
      }
      share *= configuration.backtrack
    }
  }
}
