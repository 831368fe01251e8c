import MDPVerification
import MonotoneArithmetic

/// The exact return of a policy: solves (I − γP)V = r in rational arithmetic.
public func exactReturn(of policy: String, in file: String) throws -> Rational {
  let model = try LoadedModel(file)
  let policy = try PolicyResolver(model).policy(policy).policy
  let evaluation = try model.evaluator.solveExactly(policy)
  return evaluation.expectedReturn
}
