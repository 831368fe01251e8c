internal import RealModule

/// Adam: gradient descent with a step of its own for every parameter.
///
///     m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   k ← k + 1
///     θ ← θ − α m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵏ),   v̂ = v / (1 − β₂ᵏ)
///
/// The moments and the count of steps are all there is to save.
///
/// Source: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1.
package struct Adam<Number: NetworkNumber>: Sendable, Equatable {
  /// m: the mean gradient.
  package private(set) var firstMoment: [Number]
  /// v: the mean squared gradient.
  package private(set) var secondMoment: [Number]
  /// k: steps made.
  package private(set) var steps: Int

  /// No steps yet.
  package init(parameterCount: Int) {
    firstMoment = [Number](repeating: 0, count: parameterCount)
    secondMoment = firstMoment
    steps = 0
  }

  /// A state that was saved.
  package init(firstMoment: [Number], secondMoment: [Number], steps: Int) {
    precondition(
      firstMoment.count == secondMoment.count && steps >= 0,
      "\(firstMoment.count) first moments, \(secondMoment.count) second, \(steps) steps")
    self.firstMoment = firstMoment
    self.secondMoment = secondMoment
    self.steps = steps
  }

  /// Moves parameters along a gradient, downwards. Does not allocate.
  package mutating func step(
    _ parameters: UnsafeMutableBufferPointer<Number>, gradient: UnsafeBufferPointer<Number>,
    _ configuration: AdamConfiguration
  ) {
    let count = firstMoment.count
    precondition(
      parameters.count == count && gradient.count == count,
      "\(gradient.count) numbers of a gradient of \(parameters.count) parameters for \(count)")
    steps += 1
    let step = AdamStep<Number>(configuration, number: steps)
    firstMoment.withUnsafeMutableBufferPointer { first in
      secondMoment.withUnsafeMutableBufferPointer { second in
        guard let first = first.baseAddress, let second = second.baseAddress,
          let theta = parameters.baseAddress, let gradient = gradient.baseAddress
        else { return }
        Number.applyAdam(
          step, gradient: gradient, first: first, second: second, parameters: theta, count: count)
      }
    }
  }
}

/// The settings of ``Adam``.
package struct AdamConfiguration: Sendable, Equatable, Codable {
  /// α: about how far a parameter moves in a step.
  package var learningRate: Double
  /// β₁: what remains of the mean gradient after a step.
  package var firstDecay: Double
  /// β₂: what remains of the mean squared gradient after a step.
  package var secondDecay: Double
  /// ε: keeps parameters without gradients still.
  package var epsilon: Double

  package init(
    learningRate: Double = 1e-3, firstDecay: Double = 0.9, secondDecay: Double = 0.999,
    epsilon: Double = 1e-8
  ) {
    precondition(
      learningRate > 0 && (0..<1).contains(firstDecay) && (0..<1).contains(secondDecay)
        && epsilon >= 0,
      "no Adam has rate \(learningRate), decays \(firstDecay) and \(secondDecay), ε \(epsilon)")
    self.learningRate = learningRate
    self.firstDecay = firstDecay
    self.secondDecay = secondDecay
    self.epsilon = epsilon
  }
}

/// The factors of one step of ``Adam`` that all parameters share.
public struct AdamStep<Number: NetworkNumber>: Sendable {
  /// 1 − β₁.
  let firstShare: Number
  /// β₂.
  let secondDecay: Number
  /// 1 − β₂.
  let secondShare: Number
  /// α √(1 − β₂ᵏ) / (1 − β₁ᵏ).
  let rate: Number
  /// ε √(1 − β₂ᵏ).
  let epsilon: Number

  init(_ configuration: AdamConfiguration, number: Int) {
    let (beta1, beta2) = (configuration.firstDecay, configuration.secondDecay)
    firstShare = Number(1 - beta1)
    secondDecay = Number(beta2)
    secondShare = Number(1 - beta2)
    // Both corrections and ε once a step: one division a parameter, not two.
    let correction = (1 - Double.pow(beta2, number)).squareRoot()
    rate = Number(configuration.learningRate * correction / (1 - Double.pow(beta1, number)))
    epsilon = Number(configuration.epsilon * correction)
  }

  /// The step on one parameter and its moments.
  @inline(__always)
  fileprivate func apply(
    _ g: UnsafePointer<Number>, _ m: UnsafeMutablePointer<Number>,
    _ v: UnsafeMutablePointer<Number>, _ theta: UnsafeMutablePointer<Number>, count: Int
  ) {
    for index in 0..<count {
      let gradient = g[index]
      let first = m[index] + firstShare * (gradient - m[index])
      let second = secondDecay * v[index] + secondShare * (gradient * gradient)
      m[index] = first
      v[index] = second
      theta[index] -= rate * first / (second.squareRoot() + epsilon)
    }
  }
}

extension Float {
  public static func applyAdam(
    _ step: AdamStep<Float>, gradient: UnsafePointer<Float>, first: UnsafeMutablePointer<Float>,
    second: UnsafeMutablePointer<Float>, parameters: UnsafeMutablePointer<Float>, count: Int
  ) {
    step.apply(gradient, first, second, parameters, count: count)
  }
}

extension Double {
  public static func applyAdam(
    _ step: AdamStep<Double>, gradient: UnsafePointer<Double>,
    first: UnsafeMutablePointer<Double>, second: UnsafeMutablePointer<Double>,
    parameters: UnsafeMutablePointer<Double>, count: Int
  ) {
    step.apply(gradient, first, second, parameters, count: count)
  }
}
