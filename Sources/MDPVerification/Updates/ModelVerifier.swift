package import MonotoneArithmetic
public import MonotoneFiles
public import MDPGuarantees
public import MDPCore
package import MDPSolvers

/// Checks updates of one model that are given as policy arguments.
public struct ModelVerifier {
  /// Turns arguments into policies.
  public let resolver: PolicyResolver
  private let model: LoadedModel
  private let verifier: UpdateVerifier
  private let rigour: Rigour

  /// A verifier for one model.
  public init(
    _ model: LoadedModel, _ rigour: Rigour = Rigour(), monitor: RunMonitor = .init()
  ) {
    self.model = model
    self.rigour = rigour
    resolver = PolicyResolver(model, rigour, monitor: monitor)
    verifier = UpdateVerifier(
      model.evaluator, arithmetic: rigour.kind, configuration: rigour.configuration)
  }

  /// Checks claims on one update.
  public func check(
    current: String, candidate: String, claims: [any Claim] = ClaimCatalogue.all
  ) throws(RunFailure) -> UpdateCheck {
    try check(
      from: try resolver.policy(current), to: try resolver.policy(candidate), claims: claims)
  }

  /// Checks claims on the update from one policy to another.
  public func check(
    from before: NamedPolicy, to after: NamedPolicy, claims: [any Claim] = ClaimCatalogue.all
  ) throws(RunFailure) -> UpdateCheck {
    // What `auto` does not find affordable it leaves undecided.
    try requireAffordable(before.policy, after.policy)
    do throws(EvaluationFailure) {
      return try verifier.check(from: before, to: after, claims: claims)
    } catch {
      throw RunFailure(error, file: model.file)
    }
  }

  /// Why some of these policies have no values, where the model does not discount; nil if all have.
  package func endlessness(of policies: [String]) throws(RunFailure) -> String? {
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
  public func certificate(current: String, candidate: String) throws(RunFailure) -> Certificate {
    try certificate(
      from: try resolver.policy(current).policy, to: try resolver.policy(candidate).policy)
  }

  /// The certificate of the update from one policy to another, from exact solves of both.
  public func certificate(
    from before: ExactPolicy, to after: ExactPolicy
  ) throws(RunFailure) -> Certificate {
    let update = try exactUpdate(from: before, to: after)
    do throws(CertificateFailure) { return try Certificate(update) } catch {
      throw RunFailure(error.message, .internalError)
    }
  }

  /// The certificate of one update, and what it says as theorems for Coq.
  public func coqProof(current: String, candidate: String) throws(RunFailure) -> CoqProof {
    let update = try exactUpdate(
      from: try resolver.policy(current).policy, to: try resolver.policy(candidate).policy)
    do throws(CertificateFailure) { return try CoqProof(update) } catch {
      throw RunFailure(error.message, .internalError)
    }
  }

  private func exactUpdate(
    from before: ExactPolicy, to after: ExactPolicy
  ) throws(RunFailure) -> PolicyUpdate<Rational> {
    try requireAffordable(before, after, certifying: true)
    do throws(EvaluationFailure) {
      return PolicyUpdate(
        current: try model.evaluator.solveExactly(before),
        candidate: try model.evaluator.solveExactly(after))
    } catch {
      throw RunFailure(error, file: model.file)
    }
  }

  private func requireAffordable(
    _ current: ExactPolicy, _ candidate: ExactPolicy, certifying: Bool = false
  ) throws(RunFailure) {
    guard rigour.kind == .exact || certifying else { return }
    try rigour.requireAffordable(
      model, seconds: model.evaluator.exactSeconds(checking: current, to: candidate),
      exactly: certifying, announcing: certifying)
  }

  /// η of the uniform policy, to show beside the optimum.
  ///
  /// Float64, or an exact solve of a model whose numbers float64 cannot hold. The ladder of proof does not
  /// serve here: it climbs until a claim about an update is decided, and there is none.
  package func uniformReturn() throws(RunFailure) -> Quantity {
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
      throw RunFailure(error, file: model.file)
    }
  }
}

extension RunFailure {
  /// A model that reads well but cannot be computed with.
  package init(_ failure: EvaluationFailure, file: String) {
    self.init("\(file): \(failure.message)", .badData)
  }
}
