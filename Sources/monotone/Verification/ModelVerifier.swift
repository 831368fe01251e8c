import Arithmetic
import Guarantees
import MDPConformance
import MDPCore
import MDPSolvers

/// Checks updates of one model that are given as policy arguments.
struct ModelVerifier {
  /// Turns arguments into policies.
  let resolver: PolicyResolver
  private let model: LoadedModel
  private let verifier: UpdateVerifier
  private let rigour: Rigour

  init(_ model: LoadedModel, _ rigour: Rigour) {
    self.model = model
    self.rigour = rigour
    resolver = PolicyResolver(model, rigour)
    verifier = UpdateVerifier(
      model.evaluator, arithmetic: rigour.kind, configuration: rigour.configuration)
  }

  /// Checks claims on one update.
  func check(
    current: String, candidate: String, claims: [any Claim] = ClaimCatalog.all
  ) throws -> UpdateCheck {
    let (before, after) = (try resolver.policy(current), try resolver.policy(candidate))
    // What `auto` does not find affordable it leaves undecided.
    try requireAffordable(before.policy, after.policy)
    do throws(EvaluationFailure) {
      return try verifier.check(from: before, to: after, claims: claims)
    } catch {
      throw CommandFailure(error, file: model.file)
    }
  }

  /// Checks one claim on an update, and whether the update improves as the theory promises.
  ///
  /// The claim, which may be false, has no part in the latter.
  func check(current: String, candidate: String, alone claim: any Claim) throws -> UpdateCheck {
    var check = try check(
      current: current, candidate: candidate,
      claims: ClaimCatalog.all.filter { $0.kind == .aPriori })
    let single = try self.check(current: current, candidate: candidate, claims: [claim])
    check.claims = single.claims
    let isSharp = check.arithmetic == .auto || check.arithmetic == .exact
    if isSharp, single.claims.contains(where: { $0.assumption == StatedClaim.noValue }) {
      throw CommandFailure("--claim: \(StatedClaim.noValue): \(claim.statement)", .badData)
    }
    return check
  }

  /// Why some of these policies have no values, where the model does not discount; nil if all have.
  func endlessness(of policies: [String]) throws -> String? {
    for argument in policies {
      let policy = try resolver.policy(argument)
      do throws(EvaluationFailure) {
        try model.evaluator.requireEnding(policy.policy, named: policy.name)
      } catch {
        return error.message
      }
    }
    return nil
  }

  /// The certificate of one update, from exact solves of both policies.
  func certificate(current: String, candidate: String) throws -> Certificate {
    let policies = try [current, candidate].map { try resolver.policy($0).policy }
    try requireAffordable(policies[0], policies[1], certifying: true)
    do {
      let evaluations = try policies.map { try model.evaluator.solveExactly($0) }
      return try Certificate(PolicyUpdate(current: evaluations[0], candidate: evaluations[1]))
    } catch let failure as EvaluationFailure {
      throw CommandFailure(failure, file: model.file)
    } catch let failure as CertificateFailure {
      throw CommandFailure(failure.message, .internalError)
    }
  }

  private func requireAffordable(
    _ current: ExactPolicy, _ candidate: ExactPolicy, certifying: Bool = false
  ) throws {
    guard rigour.kind == .exact || certifying else { return }
    try rigour.requireAffordable(
      model, seconds: model.evaluator.exactSeconds(checking: current, to: candidate),
      exactly: certifying, announcing: certifying)
  }

  /// η of the uniform policy.
  func uniformReturn() throws -> Quantity {
    let uniform = try resolver.policy("uniform").policy
    do throws(EvaluationFailure) {
      do throws(EvaluationFailure) {
        return try model.evaluator.evaluate(uniform).expectedReturn.quantity
      } catch {
        // What float64 cannot hold may still be solved exactly.
        guard rigour.canSolveExactly(model) else { throw error }
        return try model.evaluator.solveExactly(uniform).expectedReturn.quantity
      }
    } catch {
      throw CommandFailure(error, file: model.file)
    }
  }
}
