public import MonotoneArithmetic
internal import MonotoneLinearAlgebra
public import MDPCore

/// Evaluates the policies of one model, at any of the rigours.
///
/// Holds the model in the arithmetics that were asked for, the workspace of the elimination, and the
/// evaluations of the latest policies (``EvaluationCache``): asked for again, they cost nothing.
public final class PolicyEvaluator {
  /// The model as its file states it.
  public let document: MDPDocument
  private var solver: PolicySolver
  private let work: SharedWork
  private var cache = EvaluationCache()
  /// The policy whose system the solver holds, where that is known.
  private var solved: EvaluationCache.Entry?
  private var models: ConvertedModels
  /// How long the model's numbers are.
  private(set) lazy var digits = ModelDigits(document)

  /// Whether the model is so large that certified numbers are float balls, of two machine words, rather than
  /// balls of 128 bits, each with memory of its own.
  public let isLarge: Bool

  /// An evaluator for the model of a document.
  ///
  /// - Parameter threads: How many threads share the rows of large models; results are the same for any number.
  public convenience init(_ document: MDPDocument, threads: Int = 1) {
    // Some 10 MB of balls.
    self.init(document, mostBallTransitions: 1 << 17, threads: threads)
  }

  /// An evaluator that counts a model of more stored transitions as large.
  package init(_ document: MDPDocument, mostBallTransitions: Int, threads: Int = 1) {
    self.document = document
    work = SharedWork(upTo: threads)
    solver = PolicySolver(work)
    isLarge = document.transitions.nextState.count > mostBallTransitions
    models = ConvertedModels(document, isLarge: isLarge, work)
  }

  /// Told when the model in float64 and the chain of a policy are there, before systems of a large model are solved.
  public var didAssemble: (() -> Void)? {
    get { solver.didAssemble }
    set { solver.didAssemble = newValue }
  }

  /// States, actions and available pairs.
  public var space: StateActionSpace { document.space }

  /// V, Q, A, ρ and η of a policy in float64, each with its error bound.
  ///
  /// - Throws: ``EvaluationFailure/range(_:)`` where a number leaves the range of float64.
  public func evaluate(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<TrackedDouble> {
    let float = try floatEvaluation(policy)
    if let failure = float.failure { throw failure }
    // V may be the last number that float64 holds, and Q beyond it.
    guard float.evaluation.advantages.allSatisfy({ $0.value.isFinite }) else {
      throw .solver(.overflow)
    }
    return float.evaluation
  }

  private typealias FloatEvaluation = EvaluationCache.FloatEvaluation

  private func floatEvaluation(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> FloatEvaluation {
    let entry = cache.entry(of: policy)
    if let known = entry.float { return known }
    try requireEnding(policy)
    let floats = try Self.convert(policy, to: TrackedDouble.self)
    let mdp = try models.inTrackedNumbers()
    let centre = try approximateSolution(floats.map { $0.value })
    solved = centre.failure == nil ? entry : nil
    let evaluation = PolicyEvaluation(
      enclosing: centre.solution, transitions: try models.enclosedTransitions(), mdp: mdp,
      policy: floats,
      expectedSteps: try Self.attempt { () throws(SolverFailure) in
        try centre.solution.enclosedSteps(mdp, floats)
      })
    let float = FloatEvaluation(
      solution: centre.solution, failure: centre.failure, evaluation: evaluation)
    entry.float = float
    return float
  }

  private struct ApproximateSolution {
    var solution: PolicySolution
    var failure: EvaluationFailure?
  }

  /// The float64 solution of both systems, or zeros and why there is none.
  private func approximateSolution(
    _ policy: TabularPolicy<Double>, keepsChain: Bool = false
  ) throws(EvaluationFailure) -> ApproximateSolution {
    do throws(EvaluationFailure) {
      try solve(policy, keepsChain: keepsChain)
      return ApproximateSolution(solution: solver.solution)
    } catch {
      switch error {
      case .solver(.singular) where !document.isUndiscounted,
        .solver(.overflow) where !document.isUndiscounted:
        let zeros = [Double](repeating: 0, count: space.stateCount)
        return ApproximateSolution(
          solution: PolicySolution(
            stateValues: zeros, stateVisitation: zeros, order: space.liveStates.count),
          failure: error)
      default: throw error
      }
    }
  }

  /// V, ρ and what follows from them in balls with rigorous radii: the float64 solution enclosed once.
  ///
  /// Where float64 cannot bound its error, in balls from the residual on.
  public func certify(_ policy: ExactPolicy) throws(EvaluationFailure) -> PolicyEvaluation<Ball> {
    let entry = cache.entry(of: policy)
    if let known = entry.balls[Ball.workingPrecision] { return known }
    let float = try floatEvaluation(policy)
    let (mdp, balls) = (try models.inBalls(), try Self.convert(policy, to: Ball.self))
    let evaluation =
      if float.evaluation.valueAccuracy.errorBound.isFinite,
        float.evaluation.visitationAccuracy.errorBound.isFinite
      {
        PolicyEvaluation(float.evaluation, mdp: mdp, policy: balls)
      } else {
        try Self.attempt { () throws(SolverFailure) in
          PolicyEvaluation(
            enclosing: float.solution, mdp: mdp, policy: balls,
            expectedSteps: try float.solution.enclosedSteps(mdp, balls))
        }
      }
    entry.balls[Ball.workingPrecision] = evaluation
    return evaluation
  }

  /// V, ρ and what follows from them in float balls: rigorous, wider than balls, a hundredth of the cost.
  public func enclose(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<FloatBall> {
    let entry = cache.entry(of: policy)
    if let known = entry.floatBalls { return known }
    let evaluation: PolicyEvaluation<FloatBall>
    if let rounded = try round(policy) {
      evaluation = PolicyEvaluation(
        rounded, mdp: try models.inFloatBalls(),
        policy: try Self.convert(policy, to: FloatBall.self))
    } else {
      let float = try floatEvaluation(policy).evaluation
      evaluation = PolicyEvaluation(
        float, mdp: try models.inFloatBalls(), policy: float.policy.map { FloatBall($0) })
    }
    entry.floatBalls = evaluation
    return evaluation
  }

  /// V, ρ and what follows from them in float64 with few bounds that all share: rigorous, and takes no model in any
  /// other numbers but float64.
  ///
  /// - Returns: nil for small, undiscounted and full models, and where float64 holds a probability or γ only roughly, or
  ///   as 0: a state that is reached with it would look unvisited.
  public func round(_ policy: ExactPolicy) throws(EvaluationFailure) -> RoundedEvaluation? {
    guard models.isRoundedEnough else { return nil }
    let entry = cache.entry(of: policy)
    if let known = entry.rounded { return known }
    let model = try models.rounded()
    let rounded: RoundedPolicy
    do throws(NumberOutOfRange) { rounded = try RoundedPolicy(policy) } catch {
      throw .range(error)
    }
    guard model.keepsSupport,
      max(model.probabilityError, rounded.relativeError) < RoundedEvaluation.shareLimit
    else { return nil }
    let solution: PolicySolution
    var transposed: SparseRows<Double>?
    if let float = entry.float {
      solution = float.solution
    } else {
      solution = try approximateSolution(rounded.policy, keepsChain: true).solution
      transposed = solver.takeTransposedChain()
    }
    let columns =
      transposed.take()
      ?? SparseChain(model.mdp, rounded.policy, work).transition.transposed(work)
    let evaluation = RoundedEvaluation(
      enclosing: solution, consume columns, model, rounded, work)
    entry.rounded = evaluation
    return evaluation
  }

  /// V, ρ and what follows from them in balls after iterative refinement, as sharp as the working
  /// precision allows.
  public func refine(_ policy: ExactPolicy) throws(EvaluationFailure) -> PolicyEvaluation<Ball> {
    let entry = cache.entry(of: policy)
    if let known = entry.refined[Ball.workingPrecision] { return known }
    try requireEnding(policy)
    // Solved again: the corrections take the factors of this policy's system.
    let floats = try Self.convert(policy, to: TrackedDouble.self).map { $0.value }
    let centre = try approximateSolution(floats).solution
    let (mdp, balls) = (try models.inBalls(), try Self.convert(policy, to: Ball.self))
    let evaluation = try Self.attempt { () throws(SolverFailure) in
      try RefinedSolver.evaluate(centre, solver, mdp: mdp, policy: balls)
    }
    entry.refined[Ball.workingPrecision] = evaluation
    return evaluation
  }

  /// Whether ``refine(_:)`` is worth its memory: of a large model that is solved by iteration there are no
  /// factors to refine with, and balls would only repeat what float balls say.
  func isRefinable() throws(EvaluationFailure) -> Bool {
    guard isLarge else { return true }
    return PolicySolver.mayEliminate(try models.inFloat64())
  }

  /// V, ρ and what follows from them in rationals.
  public func solveExactly(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<Rational> {
    let entry = cache.entry(of: policy)
    if let known = entry.exact { return known }
    try requireEnding(policy)
    let mdp = try models.inRationals()
    let evaluation = try Self.attempt { () throws(SolverFailure) in
      try PolicyEvaluation(exactly: mdp, policy: policy)
    }
    entry.exact = evaluation
    return evaluation
  }

  private static func attempt<Result>(
    _ work: () throws(SolverFailure) -> Result
  ) throws(EvaluationFailure) -> Result {
    do throws(SolverFailure) { return try work() } catch { throw .solver(error) }
  }

  /// An estimate of the reciprocal condition of I − γP_π in the ∞-norm; nil for sparse systems.
  public func reciprocalCondition(_ policy: ExactPolicy) throws(EvaluationFailure) -> Double? {
    let entry = cache.entry(of: policy)
    if solved !== entry {
      guard PolicySolver.mayEliminate(try models.inFloat64()) else { return nil }
      try requireEnding(policy)
      try solve(try Self.convert(policy, to: TrackedDouble.self).map { $0.value })
      solved = entry
    }
    return solver.reciprocalCondition
  }

  private func solve(
    _ policy: TabularPolicy<Double>, keepsChain: Bool = false
  ) throws(EvaluationFailure) {
    let model = try models.inFloat64()
    solved = nil
    do throws(SolverFailure) {
      try solver.solve(model, policy, keepsChain: keepsChain)
    } catch {
      throw .solver(error)
    }
    guard solver.stateValues.allSatisfy(\.isFinite), solver.stateVisitation.allSatisfy(\.isFinite)
    else {
      throw .solver(.overflow)
    }
  }

  /// A policy in other numbers.
  package static func convert<Number: Scalar>(
    _ policy: ExactPolicy, to type: Number.Type
  ) throws(EvaluationFailure) -> TabularPolicy<Number> {
    do throws(NumberOutOfRange) {
      return try policy.converted(to: type)
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

  /// The problem and its remedy, as a sentence for the user.
  public var message: String {
    switch self {
    case .range(let failure): failure.message
    case .solver(let failure): failure.message
    case .endless(let failure): failure.message
    }
  }
}
