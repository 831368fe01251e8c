public import Arithmetic
internal import LinearAlgebra
public import MDPCore

/// Evaluates the policies of one model, at any of the rigours.
///
/// Holds the model in the arithmetics that were asked for, and the workspace of the elimination.
public final class PolicyEvaluator {
  /// The model as its file states it.
  public let document: MDPDocument
  private var solver = PolicySolver()
  private var float: FiniteMDP<Double>?
  private var tracked: FiniteMDP<TrackedDouble>?
  /// The transitions of a full model for fast products; nil inside where the model is not full.
  private var enclosed: EnclosedMatrix??
  private var balls: [Int: FiniteMDP<Ball>] = [:]
  private var floatBalls: FiniteMDP<FloatBall>?
  private var rational: FiniteMDP<Rational>?
  /// The last exact evaluations: a step of a rule and its check ask for the same.
  private var lastExact: [PolicyEvaluation<Rational>] = []
  /// How long the model's numbers are.
  private(set) lazy var digits = ModelDigits(document)

  /// An evaluator for the model of a document.
  public init(_ document: MDPDocument) { self.document = document }

  /// States, actions and available pairs.
  public var space: StateActionSpace { document.space }

  /// V, Q, A, ρ and η of a policy in float64, each with its error bound.
  ///
  /// - Throws: ``EvaluationFailure/range(_:)`` where a number leaves the range of float64.
  public func evaluate(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<TrackedDouble> {
    try requireEnding(policy)
    let policy = try Self.convert(policy, to: TrackedDouble.self)
    try solve(policy)
    let evaluation = try enclose(solver.solution, policy)
    // V may be the last number that float64 holds, and Q beyond it.
    guard evaluation.advantages.allSatisfy({ $0.value.isFinite }) else { throw .solver(.overflow) }
    return evaluation
  }

  private func enclose(
    _ solution: PolicySolution, _ policy: TabularPolicy<TrackedDouble>
  ) throws(EvaluationFailure) -> PolicyEvaluation<TrackedDouble> {
    let mdp = try trackedModel()
    return PolicyEvaluation(
      enclosing: solution, transitions: try enclosedTransitions(), mdp: mdp, policy: policy,
      expectedSteps: try Self.attempt { () throws(SolverFailure) in
        try solution.enclosedSteps(mdp, policy)
      })
  }

  /// The float64 solution of both systems, or zeros where there is none: an enclosure holds around any
  /// numbers, and is as wide as those miss the equations.
  private func approximateSolution(
    _ policy: TabularPolicy<TrackedDouble>
  ) throws(EvaluationFailure) -> PolicySolution {
    do throws(EvaluationFailure) {
      try solve(policy)
      return solver.solution
    } catch {
      switch error {
      case .solver(.singular) where !document.isUndiscounted,
        .solver(.overflow) where !document.isUndiscounted:
        let zeros = [Double](repeating: 0, count: space.stateCount)
        return PolicySolution(
          stateValues: zeros, stateVisitation: zeros, order: space.liveStates.count)
      default: throw error
      }
    }
  }

  private func enclosedTransitions() throws(EvaluationFailure) -> EnclosedMatrix? {
    if let enclosed { return enclosed }
    let matrix = EnclosedMatrix(
      try trackedModel().transitions, midpoints: try floatModel().transitions)
    enclosed = .some(matrix)
    return matrix
  }

  /// The same in balls with rigorous radii: the float64 solution enclosed once.
  ///
  /// Where float64 cannot bound its error, in balls from the residual on.
  public func certify(_ policy: ExactPolicy) throws(EvaluationFailure) -> PolicyEvaluation<Ball> {
    try requireEnding(policy)
    let floats = try Self.convert(policy, to: TrackedDouble.self)
    let solution = try approximateSolution(floats)
    let tracked = try enclose(solution, floats)
    let (mdp, balls) = (try ballModel(), try Self.convert(policy, to: Ball.self))
    if tracked.valueAccuracy.errorBound.isFinite, tracked.visitationAccuracy.errorBound.isFinite {
      return PolicyEvaluation(tracked, mdp: mdp, policy: balls)
    }
    return try Self.attempt { () throws(SolverFailure) in
      PolicyEvaluation(
        enclosing: solution, mdp: mdp, policy: balls,
        expectedSteps: try solution.enclosedSteps(mdp, balls))
    }
  }

  /// The same in float balls: proofs of what is clear, at a hundredth of the cost.
  public func enclose(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<FloatBall> {
    try requireEnding(policy)
    let floats = try Self.convert(policy, to: TrackedDouble.self)
    let evaluation = try enclose(try approximateSolution(floats), floats)
    let model = floatBalls ?? FiniteMDP(evaluation.mdp) { FloatBall($0) }
    floatBalls = model
    return PolicyEvaluation(
      evaluation, mdp: model, policy: evaluation.policy.map { FloatBall($0) })
  }

  /// The same after iterative refinement, as sharp as balls of the working precision can be.
  public func refine(_ policy: ExactPolicy) throws(EvaluationFailure) -> PolicyEvaluation<Ball> {
    try requireEnding(policy)
    let centre = try approximateSolution(try Self.convert(policy, to: TrackedDouble.self))
    let (mdp, balls) = (try ballModel(), try Self.convert(policy, to: Ball.self))
    return try Self.attempt { () throws(SolverFailure) in
      try RefinedSolver.evaluate(centre, solver, mdp: mdp, policy: balls)
    }
  }

  /// The same exactly.
  public func solveExactly(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<Rational> {
    if let known = lastExact.first(where: { $0.policy == policy }) { return known }
    try requireEnding(policy)
    let mdp = try model(&rational)
    let evaluation = try Self.attempt { () throws(SolverFailure) in
      try PolicyEvaluation(exactly: mdp, policy: policy)
    }
    lastExact = lastExact.suffix(1) + [evaluation]
    return evaluation
  }

  private static func attempt<Result>(
    _ work: () throws(SolverFailure) -> Result
  ) throws(EvaluationFailure) -> Result {
    do throws(SolverFailure) { return try work() } catch { throw .solver(error) }
  }

  /// An estimate of the reciprocal condition of I − γP_π in the ∞-norm; nil for sparse systems.
  public func reciprocalCondition(_ policy: ExactPolicy) throws(EvaluationFailure) -> Double? {
    try requireEnding(policy)
    try solve(try Self.convert(policy, to: TrackedDouble.self))
    return solver.reciprocalCondition
  }

  private func solve(_ policy: TabularPolicy<TrackedDouble>) throws(EvaluationFailure) {
    let model = try floatModel()
    do throws(SolverFailure) {
      try solver.solve(model, policy.map { $0.value })
    } catch {
      throw .solver(error)
    }
    guard (solver.stateValues + solver.stateVisitation).allSatisfy(\.isFinite) else {
      throw .solver(.overflow)
    }
  }

  private func trackedModel() throws(EvaluationFailure) -> FiniteMDP<TrackedDouble> {
    if let tracked { return tracked }
    do throws(NumberOutOfRange) {
      let converted = try FiniteMDP.tracked(document)
      tracked = converted
      return converted
    } catch {
      throw .range(error)
    }
  }

  private func floatModel() throws(EvaluationFailure) -> FiniteMDP<Double> {
    if let float { return float }
    let converted = FiniteMDP(try trackedModel()) { $0.value }
    float = converted
    return converted
  }

  /// The model in an arithmetic, converted when it is first asked for.
  private func model<Number: Scalar>(
    _ kept: inout FiniteMDP<Number>?
  ) throws(EvaluationFailure) -> FiniteMDP<Number> {
    if let kept { return kept }
    do throws(NumberOutOfRange) {
      let converted = try FiniteMDP<Number>(document)
      kept = converted
      return converted
    } catch {
      throw .range(error)
    }
  }

  private func ballModel() throws(EvaluationFailure) -> FiniteMDP<Ball> {
    try model(&balls[Ball.workingPrecision])
  }

  private static func convert<Number: Scalar>(
    _ policy: ExactPolicy, to type: Number.Type
  ) throws(EvaluationFailure) -> TabularPolicy<Number> {
    do throws(NumberOutOfRange) {
      return try policy.map { (number: Rational) throws(NumberOutOfRange) in
        try Number(ExactNumber(number))
      }
    } catch {
      throw .range(error)
    }
  }
}

/// Why a policy could not be evaluated.
public enum EvaluationFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// A number leaves the range of the arithmetic.
  case range(NumberOutOfRange)
  /// The linear system could not be solved.
  case solver(SolverFailure)
  /// The model does not discount, and some path goes on for ever.
  case endless(EndlessPaths)

  public var description: String { message }

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .range(let failure): failure.message
    case .solver(let failure): failure.message
    case .endless(let failure): failure.message
    }
  }
}
