internal import MonotoneLinearAlgebra
internal import NeuralTRPO

/// A sampled update against one of its twins.
public struct TwinComparison: Sendable, Equatable, Codable {
  /// The cosine of the angle between the sampled and the exact gradient; nil where one is zero.
  public var gradientCosine: Double?
  /// ‖ĝ − g‖ / ‖g‖; nil where g is zero, or the scale of ĝ means nothing.
  public var gradientError: Double?
  /// ‖F̂Δθ − FΔθ‖ / ‖FΔθ‖ for the step taken; nil where none was.
  public var fisherError: Double?
  /// The angle between the step taken and the exact natural gradient, in degrees; nil where there is none.
  public var directionAngle: Double?
  /// β of the exact update.
  public var stepLength: Double?
  /// The mean KL of the step under the twin's weights.
  public var meanKL: Double
  /// The gain of the exact surrogate by the step.
  public var surrogateGain: Double
  /// gᵀΔθ.
  public var predictedGain = 0.0
  /// ΔθᵀFΔθ.
  public var curvature = 0.0
}

extension TwinComparison {
  /// Compares an update with a twin.
  ///
  /// - Parameters:
  ///   - observation: The update.
  ///   - batch: The twin at the policy before it.
  ///   - exact: g.
  ///   - hasScale: Whether lengths of ĝ mean anything.
  init(
    _ twin: Twin, _ observation: UpdateObservation, _ batch: PolicyBatch<Double>,
    gradient exact: [Double], hasScale: Bool, _ configuration: UpdateConfiguration
  ) {
    let values = batch.values(observation.after)
    meanKL = values.meanDivergence
    surrogateGain = values.surrogate - batch.oldSurrogate
    gradientCosine = Vectors.cosine(observation.gradient, exact)
    gradientError = hasScale ? Vectors.relativeError(observation.gradient, exact) : nil
    let step = zip(observation.after, observation.before).map { $0 - $1 }
    var product = [Double](repeating: 0, count: step.count)
    if Vectors.norm(step) > 0 {
      batch.fisherProduct(step, rows: twin.fisherRows, into: &product)
      fisherError = Vectors.relativeError(observation.fisherStep, product)
      predictedGain = Vectors.dot(exact, step)
      curvature = Vectors.dot(product, step)
    }
    guard Vectors.norm(exact) > 0 else { return }
    let direction = ConjugateGradient.solve(exact, configuration.conjugateGradient) {
      vector, product in
      batch.fisherProduct(vector, rows: twin.fisherRows, into: &product)
      for index in product.indices { product[index] += configuration.damping * vector[index] }
    }
    let x = direction.vector
    let damped = Vectors.dot(x, zip(exact, direction.residual).map { $0 - $1 })
    let used =
      configuration.dampsStepLength ? damped : damped - configuration.damping * Vectors.dot(x, x)
    stepLength = used > 0 ? (2 * configuration.budget / used).squareRoot() : nil
    if Vectors.norm(step) > 0 { directionAngle = Vectors.angle(step, x) }
  }
}
