import Arithmetic
import Guarantees
import MDPSolvers

/// Checks updates of one model that are given as policy arguments.
struct ModelVerifier {
  /// Turns arguments into policies.
  let resolver: PolicyResolver
  private let model: LoadedModel
  private let verifier: UpdateVerifier

  init(_ model: LoadedModel, _ option: ArithmeticOption) {
    self.model = model
    resolver = PolicyResolver(model)
    verifier = UpdateVerifier(
      model.evaluator, arithmetic: option.arithmetic, configuration: option.configuration)
  }

  /// Checks claims on one update.
  func check(
    current: String, candidate: String, claims: [any Claim] = ClaimCatalog.all
  ) throws -> UpdateCheck {
    let (before, after) = (try resolver.policy(current), try resolver.policy(candidate))
    do throws(EvaluationFailure) {
      return try verifier.check(from: before, to: after, claims: claims)
    } catch {
      throw CommandFailure(error, file: model.file)
    }
  }

  /// η of the uniform policy.
  func uniformReturn() throws -> Quantity {
    let uniform = try resolver.policy("uniform").policy
    do throws(EvaluationFailure) {
      return try model.evaluator.evaluate(uniform).expectedReturn.quantity
    } catch {
      throw CommandFailure(error, file: model.file)
    }
  }
}
