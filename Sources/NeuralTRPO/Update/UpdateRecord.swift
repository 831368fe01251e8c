/// Everything that happened in one update.
public struct UpdateRecord: Sendable, Equatable {
  /// How the update ended.
  public enum Outcome: String, Sendable, Equatable {
    /// A step was taken.
    case accepted
    /// No trial of the line search passed; the parameters are as before.
    case rejected
    /// The gradient is zero; there is nothing to do.
    case stationary
    /// Along the direction the policy does not change as far as its numbers can tell: xᵀFx is not
    /// positive. The parameters are as before.
    case flat
    /// A gradient, product or length was not a finite number; the parameters are as before.
    case notFinite
  }

  /// How the update ended.
  public var outcome: Outcome
  /// ‖g‖₂.
  public var gradientNorm: Double
  /// ‖g − (F + λI)x‖₂ before the first iteration of conjugate gradients and after each.
  public var residualNorms: [Double] = []
  /// ‖x‖₂.
  public var directionNorm = 0.0
  /// xᵀFx, undamped.
  public var curvature = 0.0
  /// β: the longest step that the quadratic model allows along x, or a step size that was given.
  public var stepLength = 0.0
  /// Trials of the line search that were evaluated.
  public var trials = 0
  /// The factor of β that was accepted; 0 where no step was taken.
  public var stepShare = 0.0
  /// ½ ΔθᵀFΔθ: the mean divergence that the quadratic model predicts for the step taken.
  public var predictedDivergence = 0.0
  /// The batch's mean KL(old‖new) after the step taken.
  public var meanDivergence = 0.0
  /// The largest KL(old‖new) of a state of the batch after the step taken.
  public var maximumDivergence = 0.0
  /// By how much, as a share, the best direction under a bound on the largest divergence may gain more than
  /// this one; nil where the mean is bounded. See ``MaximumDivergenceDirection``.
  public var dualityGap: Double?
  /// gᵀΔθ of the step taken.
  public var predictedGain = 0.0
  /// L(θ) − L(θ_old) of the step taken, or the gain of the objective that a method has in its place.
  public var surrogateGain = 0.0

  init(outcome: Outcome, gradientNorm: Double) {
    self.outcome = outcome
    self.gradientNorm = gradientNorm
  }

  /// The record of an update along a gradient, rejected so far, unless there is nothing to try.
  init<Number: NetworkNumber>(along gradient: [Number]) {
    let norm = Number.dot(gradient, gradient).squareRoot()
    self.init(
      outcome: !norm.isFinite ? .notFinite : norm > 0 ? .rejected : .stationary,
      gradientNorm: norm)
  }

  /// Takes in the direction of the step to come.
  mutating func take<Number: NetworkNumber>(_ direction: NaturalDirection<Number>) {
    residualNorms = direction.residualNorms
    directionNorm = direction.norm
    curvature = direction.curvature
  }

  /// Takes in the step that was taken.
  mutating func take<Number: NetworkNumber>(
    _ step: Double, _ direction: NaturalDirection<Number>, _ values: PolicyBatch<Number>.Values,
    gain: Double
  ) {
    outcome = .accepted
    stepShare = 1
    meanDivergence = values.meanDivergence
    maximumDivergence = values.maximumDivergence
    predictedDivergence = step * step * curvature / 2
    predictedGain = step * direction.slope
    surrogateGain = gain
  }
}
