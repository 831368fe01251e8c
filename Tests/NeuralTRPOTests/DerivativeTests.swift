import Foundation
import Testing

@testable import NeuralTRPO

/// Derivatives against differences of the functions that they are derivatives of, in double
/// precision.
@Suite("Derivatives of a policy on a batch")
struct DerivativeTests {
  /// The five-point differences below are wrong by h⁴/30 times a fifth derivative and by rounding of
  /// 1e-15/h: both below 1e-8 for the functions here, whose derivatives along directions of length
  /// 1 stay below 1e5.
  private static let step = 1e-3
  private static let tolerance = 1e-7

  @Test("The gradient of the surrogate, along random directions", arguments: TestBatch.all.indices)
  func gradient(index: Int) {
    let test = TestBatch.all[index]
    let batch = test.loaded()
    let gradient = batch.gradient()
    for seed in 0..<4 {
      let direction = test.direction(seed: UInt64(seed))
      let slope = test.slope(along: direction) { batch.values($0).surrogate }
      let expected = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(slope - expected) <= Self.tolerance * max(1, abs(expected)))
    }
  }

  /// F is the Hessian of the mean divergence at θ_old, where value and gradient are 0. So
  /// S(h) = D(θ_old + hv) + D(θ_old − hv) = h² vᵀFv + c h⁴ + …, and 16 S(h) − S(2h) is free of c.
  @Test(
    "Fisher products are the curvature of the mean divergence", arguments: TestBatch.all.indices)
  func curvature(index: Int) {
    let test = TestBatch.all[index]
    let batch = test.loaded()
    for seed in 0..<4 {
      let direction = test.direction(seed: UInt64(seed))
      var product = [Double](repeating: 0, count: direction.count)
      batch.fisherProduct(direction, into: &product)
      let quadratic = zip(direction, product).reduce(0) { $0 + $1.0 * $1.1 }
      func both(_ h: Double) -> Double {
        batch.values(test.moved(by: h, direction)).meanDivergence
          + batch.values(test.moved(by: -h, direction)).meanDivergence
      }
      let h = Self.step
      let difference = (16 * both(h) - both(2 * h)) / (12 * h * h)
      #expect(abs(difference - quadratic) <= Self.tolerance * max(1, quadratic))
    }
  }

  /// J v against differences of the outputs; then Jᵀ u by uᵀ(J v) = (Jᵀu)ᵀv.
  @Test("Jacobian products of the network, both ways", arguments: TestBatch.all.indices)
  func jacobian(index: Int) {
    let test = TestBatch.all[index]
    let (rows, width, count) = (test.rows, test.shape.outputs, test.shape.parameterCount)
    let network = MultilayerPerceptron<Double>(test.shape, capacity: rows)
    network.inputs.set(test.observations)
    func outputs(_ parameters: [Double]) -> [Double] {
      parameters.withUnsafeBufferPointer {
        network.forward(UnsafeBufferPointer(rebasing: $0[..<count]), rows: rows)
      }
      return (0..<(rows * width)).map { network.outputs.start[$0] }
    }
    let direction = test.direction(seed: 1)
    let moved = [-2.0, -1, 1, 2].map { outputs(test.moved(by: $0 * Self.step, direction)) }
    _ = outputs(test.parameters)
    var tangents = [Double](repeating: 0, count: rows * width)
    let cotangents = (0..<(rows * width)).map { test.advantages[$0 / width] - Double($0 % width) }
    var transposed = [Double](repeating: 0, count: count)
    test.parameters.withUnsafeBufferPointer { parameters in
      let theta = UnsafeBufferPointer(rebasing: parameters[..<count])
      for block in test.shape.blocks(of: rows) {
        let start = block.lowerBound * width
        direction.withUnsafeBufferPointer { v in
          tangents.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            network.pushForward(
              UnsafeBufferPointer(rebasing: v[..<count]), through: theta, block: block,
              into: target + start)
          }
        }
        cotangents.withUnsafeBufferPointer { u in
          transposed.withUnsafeMutableBufferPointer { gradient in
            guard let u = u.baseAddress else { return }
            network.pullBack(u + start, through: theta, block: block, addingTo: gradient)
          }
        }
      }
    }
    for index in tangents.indices {
      let slope =
        (8 * (moved[2][index] - moved[1][index]) - (moved[3][index] - moved[0][index]))
        / (12 * Self.step)
      #expect(abs(slope - tangents[index]) <= Self.tolerance * max(1, abs(slope)))
    }
    let forth = zip(cotangents, tangents).reduce(0) { $0 + $1.0 * $1.1 }
    let back = zip(transposed, direction).reduce(0) { $0 + $1.0 * $1.1 }
    // Sums of 2,400 terms of order 1, each right to a few 1e-16.
    #expect(abs(forth - back) <= 1e-11)
  }

  /// Both are sums of the same terms, in another order: a few hundred roundings of terms of order 1.
  @Test("Products from the slopes of the outputs are those of the layers", arguments: 1...2)
  func slopes(outputs: Int) {
    let test = TestBatch(
      head: DiagonalGaussian(dimensions: outputs, fixedLogDeviation: 0), hidden: [20, 9, 17],
      seed: 7)
    let rows = test.rows
    let network = MultilayerPerceptron<Double>(test.shape, capacity: rows)
    network.inputs.set(test.observations)
    let slopes = OutputSlopes(network)
    let direction = test.direction(seed: 1)
    let cotangents = (0..<(rows * outputs)).map { test.advantages[$0 / outputs] + Double($0 % 3) }
    func products(
      _ forth: (UnsafeBufferPointer<Double>, Range<Int>, UnsafeMutablePointer<Double>) -> Void,
      _ back: (UnsafePointer<Double>, Range<Int>, UnsafeMutableBufferPointer<Double>) -> Void
    ) -> [Double] {
      var tangents = [Double](repeating: 0, count: rows * outputs)
      var gradient = [Double](repeating: 0, count: direction.count)
      for block in test.shape.blocks(of: rows) {
        direction.withUnsafeBufferPointer { v in
          tangents.withUnsafeMutableBufferPointer { target in
            guard let target = target.baseAddress else { return }
            forth(v, block, target + block.lowerBound * outputs)
          }
        }
        cotangents.withUnsafeBufferPointer { u in
          guard let u = u.baseAddress else { return }
          gradient.withUnsafeMutableBufferPointer {
            back(u + block.lowerBound * outputs, block, $0)
          }
        }
      }
      return tangents + gradient
    }
    test.parameters.withUnsafeBufferPointer { theta in
      network.forward(theta, rows: rows)
      slopes.take(theta, rows: rows)
      let expected = products(
        { network.pushForward($0, through: theta, block: $1, into: $2) },
        { network.pullBack($0, through: theta, block: $1, addingTo: $2) })
      let values = products(
        { slopes.pushForward($0, block: $1, into: $2) },
        { slopes.pullBack($0, block: $1, addingTo: $2) })
      for (x, y) in zip(values, expected) { #expect(abs(x - y) <= 1e-12 * max(1, abs(y))) }
    }
  }

  /// Column by column F is a matrix; it must be symmetric, positive semi-definite, and equal to the
  /// mean over rows of E_a ∇ln π(a) ∇ln π(a)ᵀ, which needs no metric and no chain rule. The
  /// expectation is a finite sum for every head, because Gaussian scores are polynomials.
  @Test(
    "Fisher products are the matrix of scores, for every head",
    arguments: [
      TestBatch(head: FactoredCategorical(choices: [3]), hidden: [4], inputs: 2, rows: 40, seed: 9),
      TestBatch(
        head: FactoredCategorical(choices: [3, 2]), hidden: [3], inputs: 2, rows: 40, seed: 10),
      TestBatch(
        head: DiagonalGaussian(dimensions: 2), hidden: [3], inputs: 2, rows: 40, seed: 11),
      TestBatch(
        head: DiagonalGaussian(dimensions: 2, fixedLogDeviation: -0.5), hidden: [3, 2], inputs: 2,
        rows: 40, seed: 12),
    ])
  func scores(test: TestBatch) {
    let batch = test.loaded()
    let count = test.parameters.count
    let columns = (0..<count).map { column in
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      var product = unit
      batch.fisherProduct(unit, into: &product)
      return product
    }
    var expected = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    let one = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: 1)
    for row in 0..<test.rows {
      for (action, probability) in test.plain.quadrature(test.observation(row)) {
        // The surrogate of one row with advantage 1 has the score for its gradient.
        one.load(
          observations: Array(test.observation(row)), actions: action, advantages: [1],
          parameters: test.parameters)
        let score = one.gradient()
        for i in 0..<count {
          for j in 0..<count {
            expected[i][j] += probability * score[i] * score[j] / Double(test.rows)
          }
        }
      }
    }
    for i in 0..<count {
      for j in 0..<count {
        #expect(abs(columns[i][j] - expected[i][j]) < 1e-12)
      }
    }
  }

  @Test("The share of rows that products are taken over is the first of them")
  func share() {
    let test = TestBatch.all[0]
    let whole = test.loaded()
    let rows = 300
    let part = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: rows)
    part.load(
      observations: Array(test.observations[..<(rows * test.shape.inputs)]),
      actions: Array(test.actions[..<rows]), advantages: Array(test.advantages[..<rows]),
      parameters: test.parameters)
    let direction = test.direction(seed: 1)
    var (a, b) = (direction, direction)
    whole.fisherProduct(direction, rows: rows, into: &a)
    part.fisherProduct(direction, into: &b)
    for (x, y) in zip(a, b) { #expect(abs(x - y) < 1e-13) }
  }

  @Test("Float agrees with Double to its precision", arguments: TestBatch.all.indices)
  func float(index: Int) {
    let test = TestBatch.all[index]
    let double = test.loaded().gradient()
    let batch = PolicyBatch<Float>(
      shape: test.shape, head: test.head, capacity: TestBatch.rows)
    let parameters = test.parameters.map { Float($0) }
    batch.load(
      observations: test.observations.map { Float($0) }, actions: test.actions.map { Float($0) },
      advantages: test.advantages.map { Float($0) }, parameters: parameters)
    let largest = double.reduce(0) { max($0, abs($1)) }
    // 600 rows, sums of a few roundings of 6e-8 each.
    for (x, y) in zip(double, batch.gradient()) {
      #expect(abs(x - Double(y)) < 2e-5 * largest)
    }
  }
}
