internal import MonotoneArithmetic

/// Solves M x = b for a large sparse M of which only products are known: BiCGSTAB, from x = 0.
///
/// Meant for M = I − γP, where it needs tens of products instead of the 1/(1−γ) of value iteration.
/// The method may stagnate; it then says so through the residual that it leaves, which is always
/// computed from b − M x, never from the recurrence.
///
/// Where a rough product is given, it carries the recurrence for as long as that pays, a few digits a cycle, and the
/// exact one only tells what is left.
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
  ///   - rough: Writes M x into its second argument as float32 gives it, in less time; nil where there is no such way.
  ///   - apply: Writes M x into its second argument.
  package static func solve(
    _ right: [Double], _ configuration: Configuration, rough: Product? = nil, apply: Product
  ) -> Solution {
    right.withUnsafeBufferPointer { Iteration($0, configuration).solve(apply, rough) }
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

  /// Iterations with rough products in all. Chains that take more gain little by them: what they lose of the
  /// directions found before costs iterations.
  private static let roughLimit = 50

  /// How much smaller rough products make a residual before it is computed anew: half of float32's digits are left
  /// for what their roundings amount to.
  private static let roughReduction = 0x1p-12

  /// By how much a residual may exceed that of the recurrence there: beyond, rough products have reached what they can.
  private static let mostDrift = 8.0

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
    _ apply: StabilizedBiconjugateGradient.Product,
    _ rough: StabilizedBiconjugateGradient.Product?
  ) -> StabilizedBiconjugateGradient.Solution {
    var rough = rough
    var iterations = 0
    // The recurrence drifts from the true residual; restarting from it costs one product and wins
    // back the digits that were lost.
    while true {
      let error = residual(isFirst: iterations == 0, vectors[2], apply)
      if error <= configuration.tolerance || iterations >= configuration.iterationLimit {
        return .init(vector: Array(x), backwardError: error, iterations: iterations)
      }
      if !error.isFinite, rough != nil {
        // Beyond what float32 holds.
        rough = nil
        x.update(repeating: 0)
        continue
      }
      if iterations >= Self.roughLimit { rough = nil }
      let limit = min(
        configuration.iterationLimit - iterations,
        rough == nil ? Self.restartLength : Self.roughLimit)
      let cycle = cycle(limit: limit, from: error, apply, rough)
      if cycle.hasDrifted { rough = nil }
      iterations += cycle.iterations
    }
  }

  /// Computes r = b − M x.
  ///
  /// - Parameters:
  ///   - isFirst: Whether x = 0.
  ///   - product: Where M x goes.
  /// - Returns: The backward error.
  private func residual(
    isFirst: Bool, _ product: Vector, _ apply: StabilizedBiconjugateGradient.Product
  ) -> Double {
    if isFirst { product.update(repeating: 0) } else { apply(UnsafeBufferPointer(x), product) }
    return backwardError(
      share { range in
        for index in range { r[index] = right[index] - product[index] }
        return sizes(range)
      })
  }

  /// How a cycle ended.
  private struct Cycle {
    var iterations: Int
    /// Whether rough products do not lead further.
    var hasDrifted = false
  }

  /// Iterates from the residual at hand. With rough products it is computed anew every few digits, while the directions
  /// go on: van der Vorst and Ye, SIAM J. Sci. Comput. 22 (2000).
  private func cycle(
    limit: Int, from start: Double, _ apply: StabilizedBiconjugateGradient.Product,
    _ rough: StabilizedBiconjugateGradient.Product?
  ) -> Cycle {
    let (x, r, p, v) = (x, r, vectors[2], vectors[3])
    let (t, shadow) = (vectors[4], vectors[5])
    func multiply(_ vector: Vector, into product: Vector) {
      if let rough {
        rough(UnsafeBufferPointer(vector), product)
      } else {
        apply(UnsafeBufferPointer(vector), product)
      }
    }
    var goal = rough == nil ? 0 : Self.roughReduction * start
    var rho = share { range in
      for index in range {
        shadow[index] = r[index]
        p[index] = r[index]
      }
      return Sums(r.dot(r, range))
    }.total.first
    for iteration in 1...limit {
      multiply(p, into: v)
      let projection = share { Sums(shadow.dot(v, $0)) }.total.first
      // A breakdown: the caller restarts from the true residual.
      guard projection != 0, rho != 0 else { return Cycle(iterations: iteration) }
      let alpha = rho / projection
      configuration.work.forEachBlock(of: count) { r.add(-alpha, v, $0) }
      multiply(r, into: t)
      let sizes = share { Sums(t.dot(t, $0), t.dot(r, $0)) }.total
      let omega = sizes.first > 0 ? sizes.second / sizes.first : 0
      let parts = share { range in
        x.add(alpha, p, omega, r, range)
        r.add(-omega, t, range)
        var sums = self.sizes(range)
        sums.third = shadow.dot(r, range)
        return sums
      }
      let error = backwardError(parts)
      guard error > configuration.tolerance / 2, omega != 0 else {
        return Cycle(iterations: iteration)
      }
      var next = parts.reduce(0) { $0 + $1.third }
      if error <= goal {
        let found = residual(isFirst: false, t, apply)
        guard found <= Self.mostDrift * error else {
          return Cycle(iterations: iteration, hasDrifted: true)
        }
        goal = Self.roughReduction * found
        next = share { Sums(shadow.dot(r, $0)) }.total.first
      }
      let beta = next / rho * (alpha / omega)
      configuration.work.forEachBlock(of: count) { p.turn(beta, omega, v, r, $0) }
      rho = next
    }
    return Cycle(iterations: limit)
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
