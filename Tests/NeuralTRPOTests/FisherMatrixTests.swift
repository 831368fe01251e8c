import Testing

@testable import NeuralTRPO

/// The empirical Fisher matrix against the sum of outer products that defines it.
@Suite("The empirical Fisher matrix")
struct FisherMatrixTests {
  static let batches = [
    TestBatch(head: FactoredCategorical(choices: [3]), hidden: [4], inputs: 2, rows: 40, seed: 9),
    TestBatch(
      head: FactoredCategorical(choices: [3, 2]), hidden: [3], inputs: 2, rows: 40, seed: 10),
    TestBatch(head: DiagonalGaussian(dimensions: 2), hidden: [3], inputs: 2, rows: 40, seed: 11),
    TestBatch(
      head: DiagonalGaussian(dimensions: 2, fixedLogDeviation: -0.5), hidden: [3, 2],
      hasHiddenBiases: false, inputs: 2, rows: 40, seed: 12),
  ]

  /// ∇ ln π(a|s) of a row, by five-point differences of the policy written out a row at a time: wrong by about
  /// 1e-10.
  static func score(_ test: TestBatch, _ row: Int) -> [Double] {
    test.parameters.indices.map { index in
      let unit = test.parameters.indices.map { $0 == index ? 1.0 : 0 }
      return test.slope(along: unit) {
        PlainPolicy(shape: test.shape, head: test.head, parameters: $0)
          .logProbability(of: test.action(row), test.observation(row))
      }
    }
  }

  /// F column by column.
  static func matrix(
    _ batch: PolicyBatch<Double>, _ count: Int, _ kind: FisherMatrix, rows: Int? = nil
  ) -> [[Double]] {
    (0..<count).map { column in
      let unit = (0..<count).map { $0 == column ? 1.0 : 0 }
      var product = unit
      batch.fisherProduct(unit, rows: rows, kind, into: &product)
      return product
    }
  }

  static func expect(
    _ matrix: [[Double]], _ test: TestBatch, weights: [Double], within tolerance: Double = 1e-7
  ) {
    let scores = (0..<test.rows).map { score(test, $0) }
    for i in matrix.indices {
      for j in matrix.indices {
        let sum = zip(weights, scores).reduce(0) { $0 + $1.0 * $1.1[i] * $1.1[j] }
        #expect(abs(matrix[i][j] - sum) <= tolerance, "\(i), \(j)")
        // Two sums of the same 40 terms, in another order.
        #expect(abs(matrix[i][j] - matrix[j][i]) <= 1e-11, "\(i), \(j)")
      }
    }
  }

  @Test("It is the weighted sum of outer products of scores", arguments: batches)
  func outerProducts(test: TestBatch) {
    let weights = (0..<test.rows).map { Double(1 + $0 % 3) }
    let batch = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: test.rows)
    let ratios = (0..<test.rows).map { 0.5 + Double($0 % 4) }
    batch.load(
      observations: test.observations, actions: test.actions, advantages: test.advantages,
      weights: weights, importance: ratios, parameters: test.parameters)
    let total = weights.reduce(0, +)
    let shares = zip(weights, ratios).map { $0 * $1 / total }
    let matrix = Self.matrix(batch, test.parameters.count, .empirical)
    Self.expect(matrix, test, weights: shares)
    for seed in 0..<8 {
      let v = test.direction(seed: UInt64(seed))
      let square = zip(v, matrix).reduce(0.0) { sum, row in
        sum + row.0 * zip(row.1, v).reduce(0) { $0 + $1.0 * $1.1 }
      }
      #expect(square >= 0)
    }
  }

  @Test("Branches of a state count by their self-normalised ratios", arguments: batches)
  func groups(test: TestBatch) {
    let size = 4
    let grouped = TestBatch(test, repeatingObservations: size)
    let weights = (0..<test.rows).map { Double(1 + $0 / size % 3) }
    let ratios = (0..<test.rows).map { 0.5 + Double($0 % 5) }
    let batch = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: test.rows)
    batch.load(
      observations: grouped.observations, actions: grouped.actions,
      advantages: grouped.advantages, weights: weights, importance: ratios, groupSize: size,
      parameters: grouped.parameters)
    let total = weights.reduce(0, +)
    let shares = (0..<test.rows).map { row in
      let group = (row / size * size)..<(row / size * size + size)
      let ratio = ratios[row] / ratios[group].reduce(0, +)
      return Double(size) * weights[row] * ratio / total
    }
    Self.expect(
      Self.matrix(batch, test.parameters.count, .empirical), grouped, weights: shares)
  }

  /// Every action of a state, or every node of its quadrature, weighted by its probability: the sum is the
  /// expectation, for scores of degree at most 2 in a Gaussian's action, whose products have degree 4.
  @Test("Over all actions by their probabilities it is the analytic one", arguments: batches)
  func enumerated(test: TestBatch) {
    var (observations, actions, ratios): ([Double], [Double], [Double]) = ([], [], [])
    var count = 0
    for row in 0..<test.rows {
      let nodes = test.plain.quadrature(test.observation(row))
      count = nodes.count
      for (action, probability) in nodes {
        observations += test.observation(row)
        actions += action
        ratios.append(probability * Double(count))
      }
    }
    let batch = PolicyBatch<Double>(
      shape: test.shape, head: test.head, capacity: ratios.count)
    batch.load(
      observations: observations, actions: actions,
      advantages: ratios.map { _ in 1 }, importance: ratios, parameters: test.parameters)
    let empirical = Self.matrix(batch, test.parameters.count, .empirical)
    let analytic = Self.matrix(test.loaded(), test.parameters.count, .analytic)
    for (x, y) in zip(empirical.joined(), analytic.joined()) {
      #expect(abs(x - y) <= 1e-12 * max(1, abs(y)))
    }
  }

  @Test("Its share of rows is the first of them, and a float batch agrees")
  func shareAndFloat() {
    let test = Self.batches[0]
    let count = test.parameters.count
    let weights = (0..<test.rows).map { $0 < 10 ? 0.1 : 0 }
    Self.expect(
      Self.matrix(test.loaded(), count, .empirical, rows: 10), test, weights: weights)
    let batch = PolicyBatch<Float>(shape: test.shape, head: test.head, capacity: test.rows)
    batch.load(
      observations: test.observations.map { Float($0) }, actions: test.actions.map { Float($0) },
      advantages: test.advantages.map { Float($0) }, parameters: test.parameters.map { Float($0) })
    let direction = test.direction(seed: 1)
    var (exact, product) = (direction, direction.map { Float($0) })
    test.loaded().fisherProduct(direction, .empirical, into: &exact)
    batch.fisherProduct(product, .empirical, into: &product)
    for (x, y) in zip(product, exact) { #expect(abs(Double(x) - y) < 1e-5) }
  }

  /// The divergence of a state along a direction: S(h) = KL(h) + KL(−h) = h² vᵀF_s v + c h⁴ + …
  @Test("Curvatures of the states are those of their divergences", arguments: batches)
  func curvatures(test: TestBatch) {
    let direction = test.direction(seed: 3)
    let curvatures = test.loaded().stateCurvatures(direction, of: 0..<test.rows)
    for row in 0..<test.rows {
      func both(_ h: Double) -> Double {
        [h, -h].reduce(0) { sum, h in
          var moved = test.plain
          moved.parameters = test.moved(by: h, direction)
          return sum + test.plain.divergence(to: moved, test.observation(row))
        }
      }
      let h = 2e-3
      let difference = (16 * both(h) - both(2 * h)) / (12 * h * h)
      // Divergences cancel to 1e-16, over h².
      #expect(abs(difference - curvatures[row]) <= 1e-8)
    }
  }
}
