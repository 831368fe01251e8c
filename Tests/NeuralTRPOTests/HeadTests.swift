import MonotoneProbability
import Foundation
import RealModule
import Testing

@testable import NeuralTRPO

@Suite("Distributions over actions")
struct HeadTests {
  private func gaussian(
    _ head: DiagonalGaussian, means: [Double], logDeviations: [Double],
    _ body: (HeadBlock<Double>) -> Void
  ) {
    means.withUnsafeBufferPointer { outputs in
      logDeviations.withUnsafeBufferPointer { parameters in
        guard let y = outputs.baseAddress, let psi = parameters.baseAddress else { return }
        body(HeadBlock(outputs: y, parameters: psi, rows: means.count / head.dimensions))
      }
    }
  }

  /// The divergence of the joint distribution of six coordinates, each a nat apart in half its
  /// square: 6 · ½, not their mean ½.
  @Test("A Gaussian's divergence is summed over action dimensions")
  func divergenceIsSummed() {
    let head = DiagonalGaussian(dimensions: 6)
    let zeros = [Double](repeating: 0, count: 6)
    gaussian(head, means: zeros, logDeviations: zeros) { old in
      gaussian(head, means: zeros.map { $0 + 1 }, logDeviations: zeros) { new in
        var result = 0.0
        head.divergences(from: old, to: new, into: &result)
        #expect(abs(result - 3) < 1e-14)
      }
    }
  }

  @Test("A log-probability is summed over action dimensions")
  func logProbabilityIsSummed() {
    let head = DiagonalGaussian(dimensions: 2)
    gaussian(head, means: [0, 0], logDeviations: [0, Double.log(2)]) { block in
      var result = 0.0
      head.logProbabilities(of: [1, 2], block, into: &result)
      #expect(abs(result - (-0.5 - 0.5 - Double.log(2) - Double.log(2 * Double.pi))) < 1e-14)
    }
  }

  /// KL of two deviations: ψ' − ψ + (σ²/σ'² − 1)/2, small enough to cancel in that form.
  @Test("Divergences keep their digits when they are tiny")
  func tiny() {
    let head = DiagonalGaussian(dimensions: 1)
    gaussian(head, means: [0], logDeviations: [0]) { old in
      gaussian(head, means: [0], logDeviations: [1e-7]) { new in
        var result = 0.0
        head.divergences(from: old, to: new, into: &result)
        // u = −2e-7: ½(u²/2 + u³/6) to 1e-22.
        #expect(abs(result - (1e-14 - 2e-21 / 3)) < 1e-27)
      }
    }
  }

  /// Pearson's statistic with 3 degrees of freedom exceeds 30 with probability 1.4e-6.
  @Test("Categorical samples have the probabilities of the softmax")
  func categoricalSamples() {
    let head = FactoredCategorical(choices: [4])
    let logits = [0.3, -1.0, 1.2, 0.0]
    var counts = [0, 0, 0, 0]
    var streams = [RandomStream(seed: 11)]
    let draws = 40_000
    logits.withUnsafeBufferPointer { buffer in
      guard let y = buffer.baseAddress else { return }
      for _ in 0..<draws {
        var action = 0.0
        head.sample(HeadBlock(outputs: y, parameters: y, rows: 1), from: &streams, into: &action)
        counts[Int(action)] += 1
      }
    }
    let expected = softmax(logits).map { Double(draws) * $0 }
    #expect(pearson(counts, expected) < 30)
  }

  /// 20 cells of equal probability: 19 degrees of freedom, above 62 with probability 2e-6.
  @Test("Gaussian samples fill the quantiles of the normal distribution evenly")
  func gaussianSamples() {
    let head = DiagonalGaussian(dimensions: 1)
    var counts = [Int](repeating: 0, count: 20)
    var streams = [RandomStream(seed: 12)]
    let draws = 40_000
    gaussian(head, means: [1.5], logDeviations: [Double.log(0.5)]) { block in
      for _ in 0..<draws {
        var action = 0.0
        head.sample(block, from: &streams, into: &action)
        let quantile = 0.5 * Foundation.erfc(-(action - 1.5) / 0.5 / 2.0.squareRoot())
        counts[min(19, Int(quantile * 20))] += 1
      }
    }
    #expect(pearson(counts, [Double](repeating: Double(draws) / 20, count: 20)) < 62)
  }

  /// Six cells: 5 degrees of freedom, above 36 with probability 1e-6. The cells are those of joint
  /// choices, so that factors that hang together would show. Two rows with streams of their own.
  @Test("Factored samples have the probabilities of independent softmaxes")
  func factoredSamples() {
    let head = FactoredCategorical(choices: [2, 3])
    let logits = [[0.5, -0.5, 0, 1, -1], [2, 0.3, 0.1, 0, -2]]
    var streams = [RandomStream(seed: 13, stream: 0), RandomStream(seed: 13, stream: 1)]
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 6), count: 2)
    let draws = 20_000
    logits.flatMap { $0 }.withUnsafeBufferPointer { buffer in
      guard let y = buffer.baseAddress else { return }
      for _ in 0..<draws {
        var actions = [9.0, 9, 9, 9]
        head.sample(HeadBlock(outputs: y, parameters: y, rows: 2), from: &streams, into: &actions)
        for row in 0..<2 { counts[row][3 * Int(actions[2 * row]) + Int(actions[2 * row + 1])] += 1 }
      }
    }
    for (row, y) in logits.enumerated() {
      let (first, second) = (softmax(Array(y[..<2])), softmax(Array(y[2...])))
      let expected = first.flatMap { a in second.map { b in Double(draws) * a * b } }
      #expect(pearson(counts[row], expected) < 36)
    }
  }

  /// 25 cells of equal probability, the products of five quantiles of two coordinates: 24 degrees of
  /// freedom, above 73 with probability 1e-6.
  @Test("The coordinates of a Gaussian sample are independent, each with its own deviation")
  func jointGaussianSamples() {
    let head = DiagonalGaussian(dimensions: 2)
    let (means, deviations) = ([1.5, -20.0], [0.5, 3.0])
    var counts = [Int](repeating: 0, count: 25)
    var streams = [RandomStream(seed: 14)]
    let draws = 20_000
    gaussian(head, means: means, logDeviations: deviations.map { Double.log($0) }) { block in
      for _ in 0..<draws {
        var action = [0.0, 0.0]
        head.sample(block, from: &streams, into: &action)
        let cells = (0..<2).map { index in
          let distance = (action[index] - means[index]) / deviations[index]
          return min(4, Int(clamping: 5 * 0.5 * Foundation.erfc(-distance / 2.0.squareRoot())))
        }
        counts[5 * cells[0] + cells[1]] += 1
      }
    }
    #expect(pearson(counts, [Double](repeating: Double(draws) / 25, count: 25)) < 73)
  }

  private func softmax(_ logits: [Double]) -> [Double] {
    let terms = logits.map { exp($0) }
    let total = terms.reduce(0, +)
    return terms.map { $0 / total }
  }

  @Test("A row draws from its own stream alone", arguments: 0..<2)
  func streams(index: Int) {
    let heads: [any PolicyHead] = [
      FactoredCategorical(choices: [50, 50]), DiagonalGaussian(dimensions: 2),
    ]
    let head = heads[index]
    let numbers = [Double](repeating: 0, count: 2 * 100)
    let fresh = (0..<2).map { RandomStream(seed: 15, stream: UInt64($0)) }
    numbers.withUnsafeBufferPointer { buffer in
      guard let y = buffer.baseAddress else { return }
      var both = fresh
      var together = [Double](repeating: -1, count: 4)
      head.sample(HeadBlock(outputs: y, parameters: y, rows: 2), from: &both, into: &together)
      for row in 0..<2 {
        var one = [fresh[row]]
        var alone = [-1.0, -1]
        head.sample(HeadBlock(outputs: y, parameters: y, rows: 1), from: &one, into: &alone)
        #expect(alone == Array(together[(2 * row)..<(2 * row + 2)]))
      }
      #expect(together[..<2] != together[2...])
    }
  }

  /// Pearson's statistic: Σ (count − expected)²/expected.
  private func pearson(_ counts: [Int], _ expected: [Double]) -> Double {
    zip(counts, expected).reduce(0) { sum, cell in
      let difference = Double(cell.0) - cell.1
      return sum + difference * difference / cell.1
    }
  }

  /// Two factors, of two and three choices: everything is the sum over the factors.
  @Test("Factored categorical distributions: entropy, divergence, mode, in closed form")
  func factored() {
    let head = FactoredCategorical(choices: [2, 3])
    let (uniform, tilted) = ([0.0, 0, 0, 0, 0], [0, Double.log(3), Double.log(2), 0, 0])
    uniform.withUnsafeBufferPointer { a in
      tilted.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        let old = HeadBlock(outputs: a, parameters: a, rows: 1)
        let new = HeadBlock(outputs: b, parameters: b, rows: 1)
        var (entropy, divergence) = (0.0, 0.0)
        head.entropies(old, into: &entropy)
        head.divergences(from: old, to: new, into: &divergence)
        #expect(abs(entropy - Double.log(2) - Double.log(3)) < 1e-15)
        // q = (1/4, 3/4) and (1/2, 1/4, 1/4).
        let first = 0.5 * (Double.log(2) + Double.log(2.0 / 3))
        let second = (Double.log(2.0 / 3) + 2 * Double.log(4.0 / 3)) / 3
        #expect(abs(divergence - first - second) < 1e-15)
        var modes = [9.0, 9.0]
        head.modes(new, into: &modes)
        #expect(modes == [1, 0])
      }
    }
  }

  @Test("The reported deviation is the mean over coordinates, the stated one where it is fixed")
  func deviations() throws {
    let learned = DiagonalGaussian(dimensions: 2)
    let mean = try #require(learned.meanDeviation([0, 1]))
    // (1 + e)/2, each exponential rounded once.
    #expect(abs(mean - (1 + 2.718281828459045) / 2) < 1e-15)
    #expect(DiagonalGaussian(dimensions: 3, fixedDeviation: 0.3).meanDeviation([]) == 0.3)
    #expect(FactoredCategorical(choices: [3, 2]).meanDeviation([]) == nil)
  }

  @Test("Actions are choices or coordinates, and their space has a distribution of its kind")
  func actionSpaces() {
    let (discrete, box) = (
      ActionSpace.discrete(choices: [3, 2]), ActionSpace.box(low: [-1, -1], high: [1, 1])
    )
    #expect(discrete.head(fixedDeviation: 0.3).choices == [3, 2] && discrete.choiceCount == 5)
    #expect(box.head(fixedDeviation: nil).choices == nil && box.choiceCount == 0)
    #expect(box.head(fixedDeviation: nil).parameterCount == 2)
    #expect(box.head(fixedDeviation: 0.3).parameterCount == 0)
  }
}
