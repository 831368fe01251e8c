import MDPVerification
import MonotoneArithmetic
import PolicyImprovement

/// The exact return of the policy where policy iteration ends, every step checked.
public func improve(_ file: String) throws -> Rational {
  let model = try LoadedModel(file)
  let start = try PolicyResolver(model).policy("uniform")
  let run = ImprovementRun(PolicyIterationRule(), from: start, evaluator: model.evaluator)
  while !run.hasConverged { try run.advance() }
  return try model.evaluator.solveExactly(run.policy).expectedReturn
}
