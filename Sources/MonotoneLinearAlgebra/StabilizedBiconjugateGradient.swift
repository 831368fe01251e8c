internal import MonotoneArithmetic

/// Solves M x = b for a large sparse M of which only products are known: BiCGSTAB, from x = 0.
///
/// Meant for M = I − γP, where it needs tens of products instead of the 1/(1−γ) of value iteration.
/// The method may stagnate; it then says so through the residual that it leaves, which is always
/// computed from b − M x, never from the recurrence.
///
/// Source: van der Vorst 1992; Saad 2003, Algorithm 7.7. Complexity: two products and O(n) an
/// iteration.
package struct StabilizedBiconjugateGradient: Sendable {
  /// When to stop.
  package struct Configuration: Sendable {
    /// Stop when ‖b − M x‖ ≤ tolerance · (‖M‖ ‖x‖ + ‖b‖).
    package var tolerance: Double
    /// Stop after this many iterations.
    package var iterationLimit: Int
    /// The norm of vectors in which to stop.
    package var norm: VectorNorm
    /// ‖M‖ in the operator norm that belongs to it.
    package var matrixNorm: Double

    package init(tolerance: Double, iterationLimit: Int, norm: VectorNorm, matrixNorm: Double) {
      self.tolerance = tolerance
      self.iterationLimit = iterationLimit
      self.norm = norm
      self.matrixNorm = matrixNorm
    }
  }

  /// x, and how well it solves the system.
  package struct Solution: Sendable {
    /// x.
    package var vector: [Double]
    /// ‖b − M x‖ / (‖M‖ ‖x‖ + ‖b‖), from a fresh product.
    package var backwardError: Double
    /// Iterations made.
    package var iterations: Int
  }

  /// Solves M x = b.
  ///
  /// - Parameters:
  ///   - right: b.
  ///   - configuration: When to stop.
  ///   - apply: Writes M x into its second argument.
  package static func solve(
    _ right: [Double], _ configuration: Configuration,
    apply: (_ x: [Double], _ product: inout [Double]) -> Void
  ) -> Solution {
    let count = right.count
    var x = [Double](repeating: 0, count: count)
    var product = [Double](repeating: 0, count: count)
    var iterations = 0
    // The recurrence drifts from the true residual; restarting from it costs one product and wins
    // back the digits that were lost.
    while true {
      apply(x, &product)
      var residual = zip(right, product).map { $0 - $1 }
      let error = backwardError(residual, x: x, right: right, configuration)
      if error <= configuration.tolerance || iterations >= configuration.iterationLimit {
        return Solution(vector: x, backwardError: error, iterations: iterations)
      }
      let made = cycle(
        &x, &residual, configuration, right: right,
        limit: min(configuration.iterationLimit - iterations, restartLength), apply: apply)
      iterations += max(made, 1)
    }
  }

  /// Iterations between two fresh residuals.
  private static let restartLength = 200

  private static func cycle(
    _ x: inout [Double], _ r: inout [Double], _ configuration: Configuration, right: [Double],
    limit: Int, apply: ([Double], inout [Double]) -> Void
  ) -> Int {
    let count = r.count
    let shadow = r
    var p = r
    var v = [Double](repeating: 0, count: count)
    var t = v
    var rho = DenseKernels.dot(shadow, r)
    for iteration in 1...limit {
      apply(p, &v)
      let projection = DenseKernels.dot(shadow, v)
      // A breakdown: the caller restarts from the true residual.
      guard projection != 0, rho != 0 else { return iteration }
      let alpha = rho / projection
      for index in 0..<count { r[index] -= alpha * v[index] }
      apply(r, &t)
      let size = DenseKernels.dot(t, t)
      let omega = size > 0 ? DenseKernels.dot(t, r) / size : 0
      for index in 0..<count {
        x[index] += alpha * p[index] + omega * r[index]
        r[index] -= omega * t[index]
      }
      let error = backwardError(r, x: x, right: right, configuration)
      guard error > configuration.tolerance / 2, omega != 0 else { return iteration }
      let next = DenseKernels.dot(shadow, r)
      let beta = next / rho * (alpha / omega)
      for index in 0..<count { p[index] = r[index] + beta * (p[index] - omega * v[index]) }
      rho = next
    }
    return limit
  }

  private static func backwardError(
    _ residual: [Double], x: [Double], right: [Double], _ configuration: Configuration
  ) -> Double {
    let norm = configuration.norm
    let size = norm(residual)
    return size == 0 ? 0 : size / (configuration.matrixNorm * norm(x) + norm(right))
  }
}

/// A norm of vectors; NaN for a vector that holds one.
package enum VectorNorm: Sendable {
  /// max |x_i|, for values.
  case maximum
  /// Σ |x_i|, for visitations.
  case sum

  /// The norm of a vector.
  package func callAsFunction(_ vector: [Double]) -> Double {
    switch self {
    case .maximum: vector.greatestMagnitude
    case .sum: vector.reduce(0) { $0 + abs($1) }
    }
  }
}
