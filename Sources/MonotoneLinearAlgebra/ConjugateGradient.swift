/// Solves M x = b for a symmetric positive semi-definite M of which only products are known:
/// conjugate gradients, from x = 0.
///
/// For a singular M with b in its range, as a Fisher matrix with its gradient, the iterates stay in
/// that range and approach the solution of least norm.
///
/// Source: Hestenes & Stiefel 1952; Golub & Van Loan, §11.3. Complexity: one product and O(n) an
/// iteration.
public struct ConjugateGradient: Sendable {
  /// When to stop.
  public struct Configuration: Sendable {
    /// The most iterations.
    public var iterations: Int
    /// Stop when ‖b − M x‖₂ ≤ tolerance · ‖b‖₂. Relative, so that a small gradient is solved for
    /// as well as a large one.
    public var tolerance: Double

    /// A limit on iterations and on the relative residual.
    public init(iterations: Int = 10, tolerance: Double = 1e-10) {
      self.iterations = iterations
      self.tolerance = tolerance
    }
  }

  /// x, and how the iteration went.
  package struct Solution<Number: BinaryFloatingPoint & Sendable>: Sendable {
    /// x.
    package var vector: [Number]
    /// b − M x, by the recurrence.
    package var residual: [Number]
    /// ‖b − M x‖₂ before the first iteration and after each.
    package var residualNorms: [Double]
    /// Whether the iteration stopped at a direction in which M is not positive: at the end of what
    /// its arithmetic can tell, or because M is not what it should be.
    package var metNonPositiveCurvature: Bool

    /// Iterations made.
    package var iterations: Int { residualNorms.count - 1 }
  }

  /// Solves M x = b.
  ///
  /// - Parameters:
  ///   - right: b.
  ///   - configuration: When to stop.
  ///   - apply: Writes M p into its second argument.
  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  package static func solve<Number: BinaryFloatingPoint & Sendable>(
    _ right: [Number], _ configuration: Configuration,
    apply: (_ direction: [Number], _ product: inout [Number]) -> Void
  ) -> Solution<Number> {
    var solution = Solution(
      vector: [Number](repeating: 0, count: right.count), residual: right,
      residualNorms: [dot(right, right).squareRoot()], metNonPositiveCurvature: false)
    // A copy of its own: a direction that shares the residual's storage would be changed with it.
    var direction = right
    var product = [Number](repeating: 0, count: right.count)
    var square = dot(right, right)
    let target = configuration.tolerance * square.squareRoot()
    for _ in 0..<configuration.iterations {
      guard square.squareRoot() > target else { break }
      apply(direction, &product)
      let curvature = dot(direction, product)
      guard curvature > 0 else {
        solution.metNonPositiveCurvature = true
        break
      }
      let step = Number(square / curvature)
      for index in right.indices {
        solution.vector[index] += step * direction[index]
        solution.residual[index] -= step * product[index]
      }
      let next = dot(solution.residual, solution.residual)
      solution.residualNorms.append(next.squareRoot())
      let ratio = Number(next / square)
      for index in right.indices {
        direction[index] = solution.residual[index] + ratio * direction[index]
      }
      square = next
    }
    return solution
  }

  /// Σ x y, summed in double precision whatever the numbers.
  private static func dot<Number: BinaryFloatingPoint>(_ x: [Number], _ y: [Number]) -> Double {
    var sum = 0.0
    for index in x.indices { sum += Double(x[index]) * Double(y[index]) }
    return sum
  }
}
