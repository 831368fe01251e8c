import RealModule

@testable import NeuralTRPO

/// A policy written out a row at a time, for the tests to hold the batched one to.
struct PlainPolicy {
  var shape: NetworkShape
  var head: any PolicyHead
  var parameters: [Double]

  /// y of an observation.
  func outputs(_ observation: ArraySlice<Double>) -> [Double] {
    var values = Array(observation)
    for layer in 0..<shape.layerCount {
      let columns = shape.widths[layer + 1]
      values = (0..<columns).map { column in
        let isLast = layer == shape.layerCount - 1
        let bias =
          isLast || shape.hasHiddenBiases ? parameters[shape.biasStart[layer] + column] : 0
        return values.indices.reduce(bias) {
          $0 + values[$1] * parameters[shape.weightStart[layer] + $1 * columns + column]
        }
      }
      if layer < shape.layerCount - 1 { values = values.map { Double.tanh($0) } }
    }
    return values
  }

  /// The standard deviations of a Gaussian.
  var deviations: [Double] {
    guard let gaussian = head as? DiagonalGaussian else { return [] }
    return (0..<gaussian.dimensions).map {
      Double.exp(gaussian.fixedLogDeviation ?? parameters[shape.parameterCount + $0])
    }
  }

  /// The probabilities of each factor's choices.
  func factors(_ outputs: [Double]) -> [[Double]] {
    var rest = outputs[...]
    return (head.choices ?? []).map { count in
      let logits = rest.prefix(count)
      rest = rest.dropFirst(count)
      let largest = logits.max() ?? 0
      let terms = logits.map { Double.exp($0 - largest) }
      return terms.map { $0 / terms.reduce(0, +) }
    }
  }

  /// ln π(a|s).
  func logProbability(of action: ArraySlice<Double>, _ observation: ArraySlice<Double>) -> Double {
    let (action, outputs) = (Array(action), outputs(observation))
    var sum = 0.0
    for (index, probabilities) in factors(outputs).enumerated() {
      sum += Double.log(probabilities[Int(action[index])])
    }
    for (index, deviation) in deviations.enumerated() {
      let distance = (action[index] - outputs[index]) / deviation
      sum -= distance * distance / 2 + Double.log(deviation * (2 * Double.pi).squareRoot())
    }
    return sum
  }

  /// KL(self‖other) in the state of an observation.
  func divergence(to other: PlainPolicy, _ observation: ArraySlice<Double>) -> Double {
    let (before, after) = (outputs(observation), other.outputs(observation))
    var sum = 0.0
    for (p, q) in zip(factors(before).joined(), other.factors(after).joined()) where p > 0 {
      sum += p * Double.log(p / q)
    }
    for (index, (old, new)) in zip(deviations, other.deviations).enumerated() {
      let distance = before[index] - after[index]
      sum += Double.log(new / old) + (old * old + distance * distance) / (2 * new * new) - 0.5
    }
    return sum
  }

  /// Actions with weights, so that the weighted sum of a polynomial of degree at most 5 in each
  /// coordinate is its expectation: all actions of a categorical head, the nodes of Gauss and Hermite
  /// for a Gaussian one.
  func quadrature(_ observation: ArraySlice<Double>) -> [(action: [Double], weight: Double)] {
    let outputs = outputs(observation)
    var parts: [[(value: Double, weight: Double)]] = factors(outputs).map { factor in
      factor.enumerated().map { (Double($0.offset), $0.element) }
    }
    let node = 3.0.squareRoot()
    for (mean, deviation) in zip(outputs, deviations) {
      parts.append([
        (mean - deviation * node, 1.0 / 6), (mean, 2.0 / 3), (mean + deviation * node, 1.0 / 6),
      ])
    }
    var all: [(action: [Double], weight: Double)] = [([], 1)]
    for part in parts {
      all = all.flatMap { entry in
        part.map { (entry.action + [$0.value], entry.weight * $0.weight) }
      }
    }
    return all
  }
}
