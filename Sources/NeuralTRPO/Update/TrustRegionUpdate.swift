internal import MonotoneLinearAlgebra

/// One update of trust region policy optimization on a batch.
///
///     g = ∇L(θ_old)           (F + λI) x ≈ g by conjugate gradients
///     β = √(2δ / xᵀFx)        θ = θ_old + ρᵏ β x, the first k = 0, 1, … that passes
///
/// A trial passes if its surrogate and divergence are finite, its mean KL(old‖new) on the batch is at
/// most δ, and the surrogate gains more than `acceptRatio` of what the gradient predicts *for that
/// trial*, ρᵏ β gᵀx. If none passes the parameters stay and the record says so: a step that the line
/// search did not accept is never kept, nor reported.
///
/// **Curvature for free.** Conjugate gradients leave r = g − (F + λI)x, so xᵀFx = xᵀ(g − r) − λ‖x‖².
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
    let gradientNorm = dot(gradient, gradient).squareRoot()
    guard gradientNorm.isFinite else {
      return UpdateRecord(outcome: .notFinite, gradientNorm: gradientNorm)
    }
    guard gradientNorm > 0 else {
      return UpdateRecord(outcome: .stationary, gradientNorm: 0)
    }
    var record = UpdateRecord(outcome: .rejected, gradientNorm: gradientNorm)
    let direction = self.direction(gradient, batch, configuration, &record)
    guard record.directionNorm.isFinite, record.curvature.isFinite else {
      record.outcome = .notFinite
      return record
    }
    guard record.stepLength > 0 else {
      record.outcome = .flat
      return record
    }
    search(along: direction, gradient, &parameters, batch, configuration, &record)
    return record
  }

  /// Below this share of xᵀ(F + λI)x, what is left of it for F has lost digits that Float lacks.
  private static var leastCurvatureShare: Double { 0.01 }

  private static func direction<Number: NetworkNumber>(
    _ gradient: [Number], _ batch: PolicyBatch<Number>,
    _ configuration: UpdateConfiguration, _ record: inout UpdateRecord
  ) -> [Number] {
    let rows = max(1, Int(clamping: (Double(batch.rows) * configuration.fisherShare).rounded(.up)))
    let damping = Number(configuration.damping)
    let solution = ConjugateGradient.solve(gradient, configuration.conjugateGradient) {
      vector, product in
      batch.fisherProduct(vector, rows: rows, into: &product)
      if damping > 0 {
        for index in product.indices { product[index] += damping * vector[index] }
      }
    }
    let x = solution.vector
    let square = dot(x, x)
    let damped = zip(x, zip(gradient, solution.residual)).reduce(0.0) {
      $0 + Double($1.0) * (Double($1.1.0) - Double($1.1.1))
    }
    record.residualNorms = solution.residualNorms
    record.directionNorm = square.squareRoot()
    record.curvature = damped - configuration.damping * square
    if record.curvature < leastCurvatureShare * damped {
      // The difference of two nearly equal numbers: one more product tells it better.
      var product = [Number](repeating: 0, count: x.count)
      batch.fisherProduct(x, rows: rows, into: &product)
      record.curvature = dot(x, product)
    }
    let used = configuration.dampsStepLength ? damped : record.curvature
    record.stepLength = used > 0 ? (2 * configuration.budget / used).squareRoot() : 0
    return x
  }

  private static func search<Number: NetworkNumber>(
    along direction: [Number], _ gradient: [Number], _ parameters: inout [Number],
    _ batch: PolicyBatch<Number>, _ configuration: UpdateConfiguration,
    _ record: inout UpdateRecord
  ) {
    let before = batch.oldSurrogate
    let slope = dot(gradient, direction)
    var share = 1.0
    for _ in 0..<configuration.trials {
      let step = share * record.stepLength
      let trial = zip(parameters, direction).map { $0 + Number(step) * $1 }
      let values = batch.values(trial)
      record.trials += 1
      let gain = values.surrogate - before
      let predicted = step * slope
      if values.areFinite, values.meanDivergence <= configuration.budget,
        gain > configuration.acceptRatio * predicted, gain > 0
      {
        parameters = trial
        record.outcome = .accepted
        record.stepShare = share
        record.meanDivergence = values.meanDivergence
        record.predictedDivergence = step * step * record.curvature / 2
        record.predictedGain = predicted
        record.surrogateGain = gain
        return
      }
      share *= configuration.backtrack
    }
  }

  private static func dot<Number: NetworkNumber>(_ x: [Number], _ y: [Number]) -> Double {
    var sum = 0.0
    for index in x.indices { sum += Double(x[index]) * Double(y[index]) }
    return sum
  }
}
