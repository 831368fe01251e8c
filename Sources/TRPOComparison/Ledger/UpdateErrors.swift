internal import NeuralTRPO

/// The errors of one sampled update, split into noise and bias, with standard errors.
///
/// The gradient is estimated at θ, which does not depend on the batch: its noise has mean zero (to first
/// order, where it is a ratio) and on the average the length that ``GradientSplit/expectedNoise`` says.
///
/// **The step has seen the samples.** It was chosen by the very batch that then judges it, so at the new θ the
/// other numbers are off by selection too, the *winner's curse*: the direction follows the gradient's
/// noise, hence predicted and sampled gain promise more than their expectation, and more than their
/// standard errors, made for a θ given beforehand, allow for. The line search accepts what looks good
/// and small in this batch: it favours steps whose KL it underestimates. Their noise is therefore no noise of
/// mean zero; nor does it show a fault of the estimators.
public struct UpdateErrors: Sendable, Equatable, Codable {
  /// The gradient; nil where the theory's is zero.
  public var gradient: GradientSplit?
  /// The errors of the estimates about the step; nil where none was taken.
  public var step: Step?
  /// Why there are no standard errors; nil where there are.
  public var standardErrorsNotApplicable: String?

  /// Numbers of the step taken.
  public struct Step: Sendable, Equatable, Codable {
    /// The mean KL.
    public var meanKL: ErrorSplit
    /// ΔθᵀFΔθ, twice the mean KL to second order.
    public var curvature: ErrorSplit
    /// gᵀΔθ, as a gain of return.
    public var predictedGain: ErrorSplit
    /// The gain of the surrogate, as a gain of return.
    public var surrogateGain: ErrorSplit
  }
}

extension UpdateErrors {
  /// The errors of an update.
  ///
  /// - Parameters:
  ///   - practice: What its estimates expect.
  ///   - theory: What the theory says, in the same units.
  ///   - gains: What makes a gain of return of a gain in those units.
  init(
    _ observation: UpdateObservation, practice: TwinComparison, _ theory: TwinComparison,
    gradients: Gradients, gains: Double
  ) {
    var errors: UpdateSpread?
    switch observation.spread {
    case .errors(let found): errors = found
    case .tooFewTrajectories(let count):
      standardErrorsNotApplicable =
        "\(count) trajectories in the batch: fewer than \(UpdateSpread.leastClusters) tell too little of "
        + "their spread"
    }
    let size = Vectors.norm(gradients.theory)
    if size > 0 {
      gradient = GradientSplit(
        noise: Vectors.distance(observation.gradient, gradients.practice) / size,
        expectedNoise: errors.map { $0.gradient / size },
        bias: Vectors.distance(gradients.practice, gradients.theory) / size)
    }
    let taken = zip(observation.after, observation.before).map { $0 - $1 }
    guard observation.before != observation.after else { return }
    step = Step(
      meanKL: ErrorSplit(
        sampled: observation.update.meanDivergence, practice: practice.meanKL,
        theory: theory.meanKL, standardError: errors?.meanDivergence),
      curvature: ErrorSplit(
        sampled: Vectors.dot(taken, observation.fisherStep), practice: practice.curvature,
        theory: theory.curvature, standardError: errors?.curvature),
      predictedGain: ErrorSplit(
        sampled: observation.update.predictedGain, practice: practice.predictedGain,
        theory: theory.predictedGain, standardError: errors?.predictedGain
      ).times(gains),
      surrogateGain: ErrorSplit(
        sampled: observation.update.surrogateGain, practice: practice.surrogateGain,
        theory: theory.surrogateGain, standardError: errors?.surrogateGain
      ).times(gains))
  }

  /// The exact gradients at θ.
  struct Gradients {
    var practice: [Double]
    var theory: [Double]
  }
}
