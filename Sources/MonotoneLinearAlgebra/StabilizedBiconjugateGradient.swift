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
    /// The threads that share vectors; results are the same for any number.
    package var work: SharedWork

    package init(
      tolerance: Double, iterationLimit: Int, norm: VectorNorm, matrixNorm: Double,
      work: SharedWork = SharedWork()
    ) {
      self.tolerance = tolerance
      self.iterationLimit = iterationLimit
      self.norm = norm
      self.matrixNorm = matrixNorm
      self.work = work
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
    _ right: [Double], _ configuration: Configuration, apply: Product
  ) -> Solution {
    right.withUnsafeBufferPointer { Iteration($0, configuration).solve(apply) }
  }

  /// Writes M x into its second argument.
  package typealias Product = (
    _ x: UnsafeBufferPointer<Double>, _ product: UnsafeMutableBufferPointer<Double>
  ) -> Void
}

/// The vectors of one solve. Each is read and written block by block, so that a block is in the cache for all that
/// is done with it.
private struct Iteration {
  typealias Vector = KrylovVectors.Vector

  private let right: UnsafeBufferPointer<Double>
  private let rightNorm: Double
  private let configuration: StabilizedBiconjugateGradient.Configuration
  private let vectors: KrylovVectors
  private var count: Int { right.count }
  private var x: Vector { vectors[0] }
  private var r: Vector { vectors[1] }

  /// Iterations between two fresh residuals.
  private static let restartLength = 200

  init(
    _ right: UnsafeBufferPointer<Double>,
    _ configuration: StabilizedBiconjugateGradient.Configuration
  ) {
    self.right = right
    self.configuration = configuration
    rightNorm = configuration.norm(right)
    vectors = KrylovVectors(6, count: right.count)
  }

  func solve(
    _ apply: StabilizedBiconjugateGradient.Product
  ) -> StabilizedBiconjugateGradient.Solution {
    let (x, r, product) = (x, r, vectors[2])
    var iterations = 0
    // The recurrence drifts from the true residual; restarting from it costs one product and wins
    // back the digits that were lost.
    while true {
      // M 0 is there already.
      if iterations > 0 { apply(UnsafeBufferPointer(x), product) }
      let error = backwardError(
        share { range in
          for index in range { r[index] = right[index] - product[index] }
          return sizes(range)
        })
      if error <= configuration.tolerance || iterations >= configuration.iterationLimit {
        return .init(vector: Array(x), backwardError: error, iterations: iterations)
      }
      let made = cycle(
        limit: min(configuration.iterationLimit - iterations, Self.restartLength), apply)
      iterations += max(made, 1)
    }
  }

  private func cycle(limit: Int, _ apply: StabilizedBiconjugateGradient.Product) -> Int {
    let (x, r, p, v) = (x, r, vectors[2], vectors[3])
    let (t, shadow) = (vectors[4], vectors[5])
    var rho = share { range in
      for index in range {
        shadow[index] = r[index]
        p[index] = r[index]
      }
      return Sums(r.dot(r, range))
    }.total.first
    for iteration in 1...limit {
      apply(UnsafeBufferPointer(p), v)
      let projection = share { Sums(shadow.dot(v, $0)) }.total.first
      // A breakdown: the caller restarts from the true residual.
      guard projection != 0, rho != 0 else { return iteration }
      let alpha = rho / projection
      configuration.work.forEachBlock(of: count) { range in
        for index in range { r[index] -= alpha * v[index] }
      }
      apply(UnsafeBufferPointer(r), t)
      let sizes = share { Sums(t.dot(t, $0), t.dot(r, $0)) }.total
      let omega = sizes.first > 0 ? sizes.second / sizes.first : 0
      let parts = share { range in
        for index in range {
          x[index] += alpha * p[index] + omega * r[index]
          r[index] -= omega * t[index]
        }
        var sums = self.sizes(range)
        sums.third = shadow.dot(r, range)
        return sums
      }
      let error = backwardError(parts)
      guard error > configuration.tolerance / 2, omega != 0 else { return iteration }
      let next = parts.reduce(0) { $0 + $1.third }
      let beta = next / rho * (alpha / omega)
      configuration.work.forEachBlock(of: count) { range in
        for index in range { p[index] = r[index] + beta * (p[index] - omega * v[index]) }
      }
      rho = next
    }
    return limit
  }

  /// The sums of a block.
  fileprivate struct Sums {
    var first: Double
    var second = 0.0
    var third = 0.0

    init(_ first: Double, _ second: Double = 0) {
      self.first = first
      self.second = second
    }
  }

  private func share(_ work: (Range<Int>) -> Sums) -> [Sums] {
    configuration.work.map(count, Sums(0), work)
  }

  /// The norms of the residual and of x over a block.
  private func sizes(_ range: Range<Int>) -> Sums {
    let norm = configuration.norm
    return Sums(
      norm(UnsafeBufferPointer(rebasing: r[range])), norm(UnsafeBufferPointer(rebasing: x[range])))
  }

  private func backwardError(_ parts: [Sums]) -> Double {
    let norm = configuration.norm
    let size = norm.joined(parts.lazy.map(\.first))
    return size == 0
      ? 0
      : size / (configuration.matrixNorm * norm.joined(parts.lazy.map(\.second)) + rightNorm)
  }
}

extension [Iteration.Sums] {
  fileprivate var total: Iteration.Sums {
    reduce(into: Iteration.Sums(0)) {
      $0.first += $1.first
      $0.second += $1.second
      $0.third += $1.third
    }
  }
}
