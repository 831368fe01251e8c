internal import MonotoneLinearAlgebra

/// The direction of steepest ascent of a batch's surrogate, in the metric of a Fisher matrix.
///
///     (F + λI) x ≈ g     by conjugate gradients
///
/// **Curvature for free.** Conjugate gradients leave r = g − (F + λI)x, so xᵀFx = xᵀ(g − r) − λ‖x‖².
///
/// Source: Schulman et al. 2015, App. C; Kakade, "A natural policy gradient", 2001.
struct NaturalDirection<Number: NetworkNumber> {
  /// x.
  let vector: [Number]
  /// ‖g − (F + λI)x‖₂ before the first iteration of conjugate gradients and after each.
  let residualNorms: [Double]
  /// ‖x‖₂.
  let norm: Double
  /// gᵀx.
  let slope: Double
  /// xᵀFx.
  private(set) var curvature: Double
  /// xᵀ(F + λI)x.
  let dampedCurvature: Double

  /// Below this share of xᵀ(F + λI)x, what is left of it for F has lost digits that Float lacks.
  private static var leastCurvatureShare: Double { 0.01 }

  /// The direction of a gradient.
  ///
  /// - Parameters:
  ///   - batch: The batch, at the policy of the gradient.
  ///   - weights: Of the states, as far as products are taken over their rows, with the sum 1; nil for the
  ///     batch's own.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  init(
    _ gradient: [Number], _ batch: PolicyBatch<Number>, _ configuration: UpdateConfiguration,
    weights: UnsafePointer<Number>? = nil
  ) {
    let rows = configuration.fisherRows(of: batch.rows)
    func multiply(_ vector: [Number], _ product: inout [Number]) {
      if let weights {
        batch.setWeightedFisherProduct(
          vector, of: 0..<rows, configuration.fisher, weights: weights, into: &product)
      } else {
        batch.fisherProduct(vector, rows: rows, configuration.fisher, into: &product)
      }
    }
    let damping = Number(configuration.damping)
    let solution = ConjugateGradient.solve(gradient, configuration.conjugateGradient) {
      vector, product in
      multiply(vector, &product)
      if damping > 0 {
        for index in product.indices { product[index] += damping * vector[index] }
      }
    }
    let x = solution.vector
    let square = Number.dot(x, x)
    dampedCurvature = zip(x, zip(gradient, solution.residual)).reduce(0.0) {
      $0 + Double($1.0) * (Double($1.1.0) - Double($1.1.1))
    }
    vector = x
    residualNorms = solution.residualNorms
    norm = square.squareRoot()
    slope = Number.dot(gradient, x)
    curvature = dampedCurvature - configuration.damping * square
    if curvature < Self.leastCurvatureShare * dampedCurvature {
      // The difference of two nearly equal numbers: one more product tells it better.
      var product = [Number](repeating: 0, count: x.count)
      multiply(x, &product)
      curvature = Number.dot(x, product)
    }
  }

  /// Whether its numbers are finite.
  var isFinite: Bool { norm.isFinite && curvature.isFinite }

  /// θ + step · x.
  func moved(_ parameters: [Number], by step: Double) -> [Number] {
    zip(parameters, vector).map { $0 + Number(step) * $1 }
  }
}

extension NetworkNumber {
  /// xᵀy, summed in double precision.
  @_specialize(where Self == Float)
  @_specialize(where Self == Double)
  static func dot(_ x: [Self], _ y: [Self]) -> Double {
    var sum = 0.0
    for index in x.indices { sum += Double(x[index]) * Double(y[index]) }
    return sum
  }
}
