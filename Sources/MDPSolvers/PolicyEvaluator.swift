public import Arithmetic
internal import LinearAlgebra
public import MDPCore

/// Evaluates the policies of one model: float64 elimination, then an enclosure of its error.
///
/// Holds the model in the arithmetics that takes, and the workspace of the elimination.
public final class PolicyEvaluator {
  /// The model as its file states it.
  public let document: MDPDocument
  private let model: FiniteMDP<Double>
  private let tracked: FiniteMDP<TrackedDouble>
  private var solver = PolicySolver()

  /// An evaluator for the model of a document.
  ///
  /// - Throws: ``EvaluationFailure/range(_:)`` where a number leaves the range of float64.
  public init(_ document: MDPDocument) throws(EvaluationFailure) {
    self.document = document
    do throws(NumberOutOfRange) {
      model = try FiniteMDP<Double>(document)
      tracked = try FiniteMDP<TrackedDouble>(document)
    } catch {
      throw .range(error)
    }
  }

  /// States, actions and available pairs.
  public var space: StateActionSpace { document.space }

  /// V, Q, A, ρ and η of a policy, each with its error bound.
  public func evaluate(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> PolicyEvaluation<TrackedDouble> {
    let policy = try Self.tracked(policy)
    try solve(policy)
    return PolicyEvaluation(enclosing: solver.solution, mdp: tracked, policy: policy)
  }

  /// An estimate of the reciprocal condition of I − γP_π in the ∞-norm; nil for sparse systems.
  public func reciprocalCondition(_ policy: ExactPolicy) throws(EvaluationFailure) -> Double? {
    try solve(try Self.tracked(policy))
    return solver.reciprocalCondition
  }

  private func solve(_ policy: TabularPolicy<TrackedDouble>) throws(EvaluationFailure) {
    do throws(SolverFailure) {
      try solver.solve(model, policy.map { $0.value })
    } catch {
      throw .solver(error)
    }
  }

  private static func tracked(
    _ policy: ExactPolicy
  ) throws(EvaluationFailure) -> TabularPolicy<TrackedDouble> {
    do throws(NumberOutOfRange) {
      return try policy.map { (number: Rational) throws(NumberOutOfRange) in
        try TrackedDouble(ExactNumber(number))
      }
    } catch {
      throw .range(error)
    }
  }
}

/// Why a policy could not be evaluated.
public enum EvaluationFailure: Error, Sendable, Equatable {
  /// A number leaves the range of the arithmetic.
  case range(NumberOutOfRange)
  /// The linear system could not be solved.
  case solver(SolverFailure)

  /// What is wrong and what to do about it.
  public var message: String {
    switch self {
    case .range(let failure): failure.message
    case .solver(let failure): failure.message
    }
  }
}
