/// One update by the natural gradient, with a step of a size that was given.
///
///     g = ∇L(θ_old)     (F + λI) x ≈ g by conjugate gradients     θ = θ_old + α x
///
/// The step of ``TrustRegionUpdate`` without its trust region: nothing limits the divergence, and no line search
/// asks whether the surrogate gains.
///
/// Sources: Kakade, "A natural policy gradient", 2001; Peters & Schaal, "Natural actor-critic", 2008;
/// Schulman et al. 2015, §7, where the two are compared.
public enum NaturalGradientUpdate {
  /// Updates parameters on a batch that was loaded with them.
  ///
  /// - Parameters:
  ///   - parameters: θ_old; θ afterwards.
  ///   - batch: The batch, with θ_old as the policy that made it.
  ///   - stepSize: α.
  ///   - configuration: Conjugate gradients, damping and the Fisher matrix; the rest is not used.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public static func perform<Number: NetworkNumber>(
    on parameters: inout [Number], _ batch: PolicyBatch<Number>, stepSize: Double,
    _ configuration: UpdateConfiguration
  ) -> UpdateRecord {
    let gradient = batch.gradient()
    var record = UpdateRecord(along: gradient)
    guard record.outcome == .rejected else { return record }
    let direction = NaturalDirection(gradient, batch, configuration)
    record.take(direction)
    record.stepLength = stepSize
    guard direction.norm != 0 else {
      record.outcome = .flat
      return record
    }
    let moved = direction.moved(parameters, by: stepSize)
    guard direction.isFinite, moved.allSatisfy(\.isFinite) else {
      record.outcome = .notFinite
      return record
    }
    let values = batch.values(moved)
    record.take(stepSize, direction, values, gain: values.surrogate - batch.oldSurrogate)
    parameters = moved
    return record
  }
}
