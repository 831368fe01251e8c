internal import LinearAlgebra
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
  /// What the exact surrogate gains by the step.
  public var surrogateGain: Double
}

extension TwinComparison {
  /// Compares an update with a twin.
  ///
  /// - Parameters:
  ///   - gradient: ĝ in the twin's units; nil where it has none.
  ///   - observation: The update.
  ///   - policy: The policy before it.
  init(
    _ twin: Twin, _ observation: UpdateObservation, at policy: NetworkPolicy,
    hasScale: Bool, _ configuration: UpdateConfiguration
  ) {
    let batch = twin.batch(at: policy)
    let exact = batch.gradient()
    let values = batch.values(observation.after)
    meanKL = values.meanDivergence
    surrogateGain = values.surrogate - batch.oldSurrogate
    gradientCosine = Vectors.cosine(observation.gradient, exact)
    gradientError = hasScale ? Vectors.relativeError(observation.gradient, exact) : nil
    guard Vectors.norm(exact) > 0 else { return }
    let direction = ConjugateGradient.solve(exact, configuration.conjugateGradient) {
      vector, product in
      batch.fisherProduct(vector, rows: twin.fisherRows, into: &product)
      for index in product.indices { product[index] += configuration.damping * vector[index] }
    }
    let x = direction.vector
    let damped = Vectors.dot(x, zip(exact, direction.residual).map { $0 - $1 })
    let curvature =
      configuration.dampsStepLength ? damped : damped - configuration.damping * Vectors.dot(x, x)
    stepLength = curvature > 0 ? (2 * configuration.budget / curvature).squareRoot() : nil
    let step = zip(observation.after, observation.before).map { $0 - $1 }
    guard Vectors.norm(step) > 0 else { return }
    directionAngle = Vectors.angle(step, x)
    var product = [Double](repeating: 0, count: step.count)
    batch.fisherProduct(step, rows: twin.fisherRows, into: &product)
    fisherError = Vectors.relativeError(observation.fisherStep, product)
  }
}
