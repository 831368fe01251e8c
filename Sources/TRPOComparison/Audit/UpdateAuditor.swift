internal import MonotoneArithmetic
package import MDPGuarantees
package import MDPCore
package import MDPSolvers

/// Audits a chain of policies, update by update.
///
/// Every claim but the identities is decided: in float balls where those suffice, and where they do not
/// on the higher rungs of the ladder of proof, by ``UpdateVerifier``. Identities say
/// of the tool that it solves its systems, nothing of an update; of those it is only asked that float balls do
/// not refute them. Numbers that float balls do not hold are found on higher rungs, too.
///
/// A policy of a chain is solved once. Complexity: an evaluation and a screening of all claims an
/// update.
package final class UpdateAuditor {
  /// The trust region that updates are compared with, and the rigour.
  package struct Configuration: Sendable {
    /// δ, in which the KL divergences of updates should stay; nil for nothing.
    package var budget: Double?
    /// Whether enclosures alone decide; false to climb to exact numbers where those leave something
    /// open.
    package var isScreening = false

    package init() {}
  }

  private let evaluator: PolicyEvaluator
  private let verifier: UpdateVerifier
  private let configuration: Configuration
  private let effort: UpdateVerifier.Configuration
  private let claims = ClaimCatalogue.all

  /// The policy that the next update begins with; nil before the first.
  package private(set) var latest: NamedPolicy?

  /// An auditor of policies of one model.
  ///
  /// - Parameter effort: What exact checks may cost.
  package init(
    _ evaluator: PolicyEvaluator, _ configuration: Configuration = .init(),
    effort: UpdateVerifier.Configuration = .init()
  ) {
    self.evaluator = evaluator
    self.configuration = configuration
    self.effort = effort
    verifier = UpdateVerifier(evaluator, arithmetic: .auto, configuration: effort)
  }

  /// Takes in the policy that the first update begins with.
  ///
  /// - Throws: ``EvaluationFailure/endless(_:)`` for a policy without values.
  package func begin(with policy: NamedPolicy) throws(EvaluationFailure) {
    try evaluator.requireEnding(policy.policy, named: policy.name)
    latest = policy
  }

  /// Lets go of the policy before, for want of the one after it: no update begins with a policy that is
  /// two steps old.
  package func skip() { latest = nil }

  /// Audits the update from the policy before to this one.
  ///
  /// - Precondition: ``begin(with:)`` came before.
  /// - Parameters:
  ///   - loggedDivergence: What the training program reports of the update.
  ///   - batch: The samples that it made the update from.
  /// - Throws: ``EvaluationFailure/endless(_:)`` for a policy without values.
  package func next(
    _ policy: NamedPolicy, index: Int, loggedDivergence: LoggedDivergence? = nil,
    batch: SampleBatch? = nil
  ) throws(EvaluationFailure) -> UpdateAudit {
    guard let before = latest else { preconditionFailure("an update needs a policy before it") }
    latest = nil
    try evaluator.requireEnding(policy.policy, named: policy.name)
    let ladder = ProofLadder(evaluator, from: before.policy, to: policy.policy)
    latest = policy
    var audit = UpdateAudit(index: index, before: before.name, after: policy.name)
    if let loggedDivergence { audit.log(loggedDivergence) }
    let normalised = evaluator.document.normalised + before.normalised + policy.normalised
    audit.normalised = normalised.isEmpty ? nil : normalised
    do throws(EvaluationFailure) {
      let update = try ladder.enclosed()
      audit.measure(update)
      audit.judge(update.screen(claims), claims)
      audit.batch = batch.map { BatchAudit($0, update) }
    } catch {
      audit.leaveOpen(claims, error.message)
    }
    if !configuration.isScreening {
      measure(&audit, ladder)
      decide(&audit, before, policy)
    }
    let outcome = UpdateOutcome(
      improved: audit.improved, guaranteed: audit.guaranteed,
      isUnchanged: ladder.agreement.allSatisfy { $0 })
    audit.mark = UpdateMark(outcome, guaranteed: audit.guaranteed)
    if let budget = configuration.budget {
      audit.meanWithin = audit.liveMeanKL.isAtMost(budget)
      audit.maxWithin = audit.maxKL.isAtMost(budget)
    }
    return audit
  }

  /// Finds the numbers that float balls do not hold: in refined balls, else exactly where that is
  /// affordable.
  private func measure(_ audit: inout UpdateAudit, _ ladder: ProofLadder) {
    if !audit.isMeasured, let update = try? ladder.refined() { audit.measure(update) }
    if audit.isMeasured { return }
    let seconds = evaluator.exactSeconds(checking: ladder.current, to: ladder.candidate)
    if seconds <= effort.exactSecondsLimit, let update = try? ladder.exact() {
      audit.measure(update)
    }
  }

  /// Decides what enclosures left open.
  private func decide(
    _ audit: inout UpdateAudit, _ before: NamedPolicy, _ after: NamedPolicy
  ) {
    let isOpen = audit.improved == .undecided || audit.guaranteed == .undecided
    guard isOpen || !audit.undecided.isEmpty else { return }
    let open = claims.filter { claim in
      audit.undecided.contains(claim.id) || isOpen && claim.kind == .aPriori
    }
    do throws(EvaluationFailure) {
      audit.adopt(try verifier.check(from: before, to: after, claims: open))
    } catch {
      audit.undecidedReason = error.message
    }
  }
}
