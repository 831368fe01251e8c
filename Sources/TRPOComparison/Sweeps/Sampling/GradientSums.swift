internal import NeuralTRPO

/// A gradient before its division: Σ w Â ∇ln π over rows, with w = 1 or γᵗ; and what was sampled for it.
struct GradientSums {
  var gradient: [Double]
  /// Rows of the trajectories.
  var rows = 0.0
  /// Trajectories.
  var trajectories = 0.0
  /// Simulator steps, those of branches too.
  var steps = 0.0
  /// Σ w π/q, where branches are weighed by that.
  var ratios = 0.0

  init(parameters: Int) { gradient = [Double](repeating: 0, count: parameters) }

  /// The estimate.
  func estimate(_ weighting: StateWeighting) -> [Double] {
    let divisor = weighting == .discounted ? trajectories : rows
    return gradient.map { $0 / divisor }
  }

  /// The random denominator of the estimate; nil where the denominator is certain.
  func denominator(_ estimator: SweepEstimator) -> Double? {
    estimator.hasRatios ? ratios : estimator.weighting == .undiscounted ? rows : nil
  }

  mutating func add(_ part: [Double], times factor: Double = 1) {
    for index in gradient.indices { gradient[index] += factor * part[index] }
  }
}
