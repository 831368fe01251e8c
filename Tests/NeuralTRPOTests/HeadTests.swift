import Distributions
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
    let total = logits.reduce(0) { $0 + exp($1) }
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
    let statistic = zip(counts, logits).reduce(0.0) { sum, entry in
      let expected = Double(draws) * exp(entry.1) / total
      return sum + (Double(entry.0) - expected) * (Double(entry.0) - expected) / expected
    }
    #expect(statistic < 30)
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
    let expected = Double(draws) / 20
    let statistic = counts.reduce(0.0) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    #expect(statistic < 62)
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
}
