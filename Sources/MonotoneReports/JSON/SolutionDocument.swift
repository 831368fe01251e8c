public import MonotoneArithmetic
public import MDPGuarantees
public import MDPSolvers

/// The document of `solve --json`: what evaluating one policy gives, by name.
///
/// Keeps the model's order of states and actions for tables; the JSON has maps by name.
public struct SolutionDocument: Sendable, Equatable {
  /// The schema name that documents carry.
  public static let schema = "monotone/solution/v1"

  /// Name, sizes and discount.
  public var model: ModelSummary
  /// The policy, as it was named.
  public var policy: String
  /// The arithmetic of every number.
  public var arithmetic: ArithmeticKind
  /// η.
  public var expectedReturn: Quantity
  /// Every state in the model's order, terminal states included.
  package var states: StateSolutions
  /// For γ = 1 Σρ, the expected number of steps; else nil.
  public var expectedSteps: Quantity?
  /// How well the linear systems were solved.
  package var accuracy: SolutionAccuracy
  /// The JSON paths of rows that were divided by their sum.
  public var normalised: [String]
  /// The properties of the policy that were not proved: that it is optimal, that it is greedy.
  public var remarks: [String] = []

  /// The document of an evaluation.
  ///
  /// - Parameters:
  ///   - policy: What the policy was called.
  ///   - reciprocalCondition: An estimate for I − γP_π, where one was made.
  ///   - normalised: The JSON paths of rows that were divided by their sum.
  public init<Number: Scalar>(
    _ evaluation: PolicyEvaluation<Number>, policy: String, reciprocalCondition: Double?,
    normalised: [String] = []
  ) {
    model = ModelSummary(evaluation.mdp)
    self.policy = policy
    arithmetic = Number.arithmetic
    expectedReturn = evaluation.expectedReturn.quantity
    states = StateSolutions(evaluation)
    expectedSteps = evaluation.expectedSteps.map { _ in evaluation.expectedVisits.quantity }
    let (values, visits) = (evaluation.valueAccuracy, evaluation.visitationAccuracy)
    accuracy = SolutionAccuracy(
      reciprocalCondition: reciprocalCondition,
      value: SystemAccuracy(
        values.backwardError, limit: values.backwardErrorLimit, errorBound: values.errorBound,
        solutionNorm: values.solutionNorm, dataNorm: values.dataNorm),
      visitation: SystemAccuracy(
        visits.backwardError, limit: visits.backwardErrorLimit, errorBound: visits.errorBound,
        solutionNorm: visits.solutionNorm, dataNorm: visits.dataNorm))
    self.normalised = normalised
  }

  /// The document of an evaluation of a large model.
  ///
  /// - Parameters:
  ///   - model: Name, sizes and discount.
  ///   - policy: What the policy was called.
  ///   - normalised: The JSON paths of rows that were divided by their sum.
  public init(
    _ evaluation: RoundedEvaluation, of model: ModelSummary, policy: String,
    normalised: [String] = []
  ) {
    self.model = model
    self.model.discount = FloatBall(evaluation.discount).quantity
    self.policy = policy
    arithmetic = .certified
    expectedReturn = FloatBall(evaluation.expectedReturn).quantity
    states = StateSolutions(evaluation)
    let (values, visits) = (evaluation.valueAccuracy, evaluation.visitationAccuracy)
    accuracy = SolutionAccuracy(
      value: SystemAccuracy(
        values.backwardError, limit: values.backwardErrorLimit, errorBound: values.errorBound,
        solutionNorm: values.solutionNorm, dataNorm: values.dataNorm),
      visitation: SystemAccuracy(
        visits.backwardError, limit: visits.backwardErrorLimit, errorBound: visits.errorBound,
        solutionNorm: visits.solutionNorm, dataNorm: visits.dataNorm))
    self.normalised = normalised
  }
}

/// How well a policy's two linear systems were solved.
package struct SolutionAccuracy: Sendable, Equatable {
  /// An estimate of 1/(‖M‖∞ ‖M⁻¹‖∞) for M = I − γP_π; nil where none was made.
  package var reciprocalCondition: Double?
  /// Of V, in the ∞-norm.
  package var value: SystemAccuracy
  /// Of ρ, in the 1-norm.
  package var visitation: SystemAccuracy
}

/// How well one linear system was solved: the `Accuracy` of the solver, as documents show it.
package struct SystemAccuracy: Sendable, Equatable, Encodable {
  /// The relative change of the data for which the solution is exact.
  package var backwardError: Quantity
  /// The largest backward error of a stable elimination.
  package var backwardErrorLimit: Quantity
  /// A bound on the solution's error, in the system's norm.
  package var errorBound: Quantity
  /// The solution's norm, to judge the error by.
  package var solutionNorm: Quantity
  /// The size of the data, to judge the error by where the solution is near zero.
  package var dataNorm: Quantity

  init(
    _ backwardError: Double, limit: Double, errorBound: Double, solutionNorm: Double,
    dataNorm: Double
  ) {
    self.backwardError = Self.known(backwardError)
    backwardErrorLimit = Self.known(limit)
    self.errorBound = Self.known(errorBound)
    self.solutionNorm = Self.known(solutionNorm)
    self.dataNorm = Self.known(dataNorm)
  }

  /// A size in float64, unknown where it is beyond that.
  private static func known(_ value: Double) -> Quantity {
    value.isFinite ? .number(value) : .unknown
  }
}
