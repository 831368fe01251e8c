internal import MonotoneLinearAlgebra
internal import NeuralTRPO

/// The natural gradient F⁺∇η of a policy, and what other directions are worth beside it.
///
/// At the same quadratic KL a step y gains, to first order,
///
///     efficiency(y) = gᵀy / √(gᵀF⁺g · yᵀFy)
///
/// of what the natural gradient gains: the cosine between the two in the Fisher metric. Unlike an angle between
/// parameters it does not see directions that change no probability.
///
/// Source: Kakade 2002; Amari 1998, Theorem 1.
struct ExactDirection {
  /// F⁺g.
  let vector: [Double]
  private let gradient: [Double]
  private let batch: PolicyBatch<Double>
  private let fisherRows: Int
  /// gᵀF⁺g.
  private let gain: Double

  /// No system needs more iterations for the digits that are asked for here, but few.
  private static let iterations = 500

  /// - Returns: nil where the gradient is zero.
  init?(theory: Twin, at policy: NetworkPolicy) {
    let batch = theory.scaled(toWeight: 1).batch(at: policy)
    let gradient = batch.gradient()
    guard Vectors.norm(gradient) > 0 else { return nil }
    let rows = theory.fisherRows
    vector =
      ConjugateGradient.solve(
        gradient,
        .init(iterations: min(Self.iterations, 2 * gradient.count), tolerance: 1e-10)
      ) { vector, product in batch.fisherProduct(vector, rows: rows, into: &product) }.vector
    self.batch = batch
    self.gradient = gradient
    fisherRows = rows
    gain = Vectors.dot(gradient, vector)
    guard gain > 0 else { return nil }
  }

  /// The share of the possible gain that a step makes; nil for a step that changes nothing.
  func efficiency(of step: [Double]) -> Double? {
    var product = [Double](repeating: 0, count: step.count)
    batch.fisherProduct(step, rows: fisherRows, into: &product)
    let curvature = Vectors.dot(step, product)
    guard curvature > 0 else { return nil }
    return Vectors.dot(gradient, step) / (gain * curvature).squareRoot()
  }

  /// Σ d KL(π ‖ π_θ) under the theory's weights.
  func meanDivergence(_ parameters: [Double]) -> Double { batch.values(parameters).meanDivergence }
}
