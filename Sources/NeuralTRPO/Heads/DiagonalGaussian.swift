public import MonotoneProbability
internal import RealModule

/// A Gaussian with independent coordinates: means from the network, standard deviations σ = e^ψ that
/// do not depend on the state, learned or fixed.
///
///     ln π(a) = Σ_i [ −½ ((a_i − μ_i)/σ_i)² − ψ_i − ½ ln 2π ]
///     KL(old‖new) = Σ_i [ ψ'_i − ψ_i + (σ_i² + (μ_i − μ'_i)²)/(2σ'_i²) − ½ ]
///
/// The metric is 1/σ² on the means and 2 on each learned ψ.
public struct DiagonalGaussian: PolicyHead {
  /// The number of coordinates.
  public let dimensions: Int
  /// ln σ where it is fixed; nil where it is learned.
  public let fixedLogDeviation: Double?

  /// σ where it is fixed, as it was stated.
  private let fixedDeviation: Double?

  /// A distribution over actions of so many coordinates.
  ///
  /// - Parameter fixedDeviation: σ of every coordinate; nil where it is learned.
  public init(dimensions: Int, fixedDeviation: Double?) {
    self.init(dimensions, fixedDeviation, fixedDeviation.map { Double.log($0) })
  }

  /// A distribution over actions of so many coordinates.
  ///
  /// - Parameter fixedLogDeviation: ln σ of every coordinate; nil where it is learned.
  public init(dimensions: Int, fixedLogDeviation: Double? = nil) {
    self.init(dimensions, fixedLogDeviation.map { Double.exp($0) }, fixedLogDeviation)
  }

  private init(_ dimensions: Int, _ deviation: Double?, _ logDeviation: Double?) {
    precondition(dimensions > 0, "a Gaussian of \(dimensions) dimensions")
    self.dimensions = dimensions
    fixedDeviation = deviation
    fixedLogDeviation = logDeviation
  }

  public var outputs: Int { dimensions }
  public var actionWidth: Int { dimensions }
  public var parameterCount: Int { fixedLogDeviation == nil ? dimensions : 0 }

  public var parameterName: String { "logDeviation" }
  public var meaning: String {
    "gaussian: the outputs are means; deviations are exp(policy.logDeviation), or the configuration's"
  }
  public var choices: [Int]? { nil }

  public func meanDeviation(_ parameters: [Double]) -> Double? {
    fixedDeviation
      ?? parameters.map { Double.exp($0) }.reduce(0, +) / Double(parameters.count)
  }

  /// ψ by coordinate.
  private func logDeviations<Number: NetworkNumber>(_ block: HeadBlock<Number>) -> [Double] {
    (0..<dimensions).map { fixedLogDeviation ?? Double(block.parameters[$0]) }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func sample<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, from streams: inout [RandomStream],
    into actions: UnsafeMutablePointer<Number>
  ) {
    let deviations = logDeviations(block).map { Double.exp($0) }
    for row in 0..<block.rows {
      for index in 0..<dimensions {
        let place = row * dimensions + index
        actions[place] =
          block.outputs[place] + Number(deviations[index] * streams[row].normal())
      }
    }
  }

  public func modes<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into actions: UnsafeMutablePointer<Number>
  ) {
    actions.update(from: block.outputs, count: block.rows * dimensions)
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func logProbabilities<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    into results: UnsafeMutablePointer<Number>
  ) {
    let logDeviations = logDeviations(block)
    let inverse = logDeviations.map { Number(Double.exp(-$0)) }
    let constant = Number(logDeviations.reduce(0) { $0 + $1 + Self.halfLogTwoPi })
    for row in 0..<block.rows {
      var sum = Number.zero
      for index in 0..<dimensions {
        let place = row * dimensions + index
        let distance = (actions[place] - block.outputs[place]) * inverse[index]
        sum += distance * distance
      }
      results[row] = -sum / 2 - constant
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func scores<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, weights: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    into cotangents: UnsafeMutablePointer<Number>,
    addingTo gradient: UnsafeMutablePointer<Number>
  ) {
    let precision = logDeviations(block).map { Number(Double.exp(-2 * $0)) }
    let isLearned = parameterCount > 0
    for row in 0..<block.rows {
      for index in 0..<dimensions {
        let place = row * dimensions + index
        let difference = actions[place] - block.outputs[place]
        cotangents[place] = weights[row] * difference * precision[index]
        if isLearned {
          gradient[index] += weights[row] * (difference * difference * precision[index] - 1)
        }
      }
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func divergences<Number: NetworkNumber>(
    from old: HeadBlock<Number>, to new: HeadBlock<Number>,
    into results: UnsafeMutablePointer<Number>
  ) {
    let (before, after) = (logDeviations(old), logDeviations(new))
    let precision = after.map { Number(Double.exp(-2 * $0)) }
    // ψ' − ψ + ½(σ²/σ'² − 1) = ½ (eᵘ − 1 − u) with u = 2(ψ − ψ').
    let constant = zip(before, after).reduce(0) {
      $0 + HeadMath.exponentialExcess(2 * ($1.0 - $1.1)) / 2
    }
    for row in 0..<old.rows {
      var sum = Number.zero
      for index in 0..<dimensions {
        let place = row * dimensions + index
        let difference = old.outputs[place] - new.outputs[place]
        sum += difference * difference * precision[index]
      }
      results[row] = sum / 2 + Number(constant)
    }
  }

  public func entropies<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into results: UnsafeMutablePointer<Number>
  ) {
    let entropy = logDeviations(block).reduce(0) { $0 + $1 + Self.halfLogTwoPi + 0.5 }
    for row in 0..<block.rows { results[row] = Number(entropy) }
  }

  /// The deviations are the same in every row: there is nothing to take.
  public var metricWidth: Int { 0 }

  public func takeMetric<Number: NetworkNumber>(
    _ block: HeadBlock<Number>, into metric: UnsafeMutablePointer<Number>
  ) {}

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func applyMetric<Number: NetworkNumber>(
    _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>, weights: UnsafePointer<Number>,
    tangents: UnsafeMutablePointer<Number>, headTangent: UnsafePointer<Number>,
    addingTo result: UnsafeMutablePointer<Number>
  ) {
    let precision = logDeviations(block).map { Number(Double.exp(-2 * $0)) }
    var total = Number.zero
    for row in 0..<block.rows {
      total += weights[row]
      for index in 0..<dimensions {
        tangents[row * dimensions + index] *= weights[row] * precision[index]
      }
    }
    guard parameterCount > 0 else { return }
    for index in 0..<dimensions { result[index] += 2 * total * headTangent[index] }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func applyScores<Number: NetworkNumber>(
    of actions: UnsafePointer<Number>, _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>,
    weights: UnsafePointer<Number>, tangents: UnsafeMutablePointer<Number>,
    headTangent: UnsafePointer<Number>, addingTo result: UnsafeMutablePointer<Number>
  ) {
    let precision = logDeviations(block).map { Number(Double.exp(-2 * $0)) }
    let isLearned = parameterCount > 0
    for row in 0..<block.rows {
      let first = row * dimensions
      var product = Number.zero
      for index in 0..<dimensions {
        let difference = actions[first + index] - block.outputs[first + index]
        let score = difference * precision[index]
        product += score * tangents[first + index]
        if isLearned { product += (difference * score - 1) * headTangent[index] }
      }
      product *= weights[row]
      for index in 0..<dimensions {
        let difference = actions[first + index] - block.outputs[first + index]
        let score = difference * precision[index]
        tangents[first + index] = product * score
        if isLearned { result[index] += product * (difference * score - 1) }
      }
    }
  }

  @_specialize(where Number == Float)
  @_specialize(where Number == Double)
  public func curvatures<Number: NetworkNumber>(
    _ metric: UnsafePointer<Number>, _ block: HeadBlock<Number>, tangents: UnsafePointer<Number>,
    headTangent: UnsafePointer<Number>, into results: UnsafeMutablePointer<Number>
  ) {
    let precision = logDeviations(block).map { Number(Double.exp(-2 * $0)) }
    var constant = Number.zero
    for index in 0..<parameterCount { constant += 2 * headTangent[index] * headTangent[index] }
    for row in 0..<block.rows {
      var sum = constant
      for index in 0..<dimensions {
        let tangent = tangents[row * dimensions + index]
        sum += tangent * tangent * precision[index]
      }
      results[row] = sum
    }
  }

  private static let halfLogTwoPi = 0.918_938_533_204_672_74
}
