internal import Arithmetic
public import Guarantees
public import MDPCore
public import MDPSolvers

/// Audits a chain of policies, update by update.
///
/// Every claim but the identities is decided: in float balls where those suffice, and where they do not
/// on the higher rungs of the ladder of proof, by ``UpdateVerifier``. Identities say of the tool that it solves its systems, nothing of an update;
/// of those it is only asked that float balls do not refute them.
///
/// A policy of a chain is solved once. Complexity: an evaluation and a screening of all claims an
/// update.
public final class UpdateAuditor {
  /// What is asked of updates.
  public struct Configuration: Sendable {
    /// δ, in which the KL divergences of updates should stay; nil for nothing.
    public var budget: Double?
    /// What is decided by enclosures alone; false to climb to exact numbers where those leave something
    /// open.
    public var isScreening = false

    public init() {}
  }

  private let evaluator: PolicyEvaluator
  private let verifier: UpdateVerifier
  private let configuration: Configuration
  private let claims = ClaimCatalog.all

  /// The policy that the next update begins with; nil before the first.
  public private(set) var latest: NamedPolicy?

  /// An auditor of policies of one model.
  ///
  /// - Parameter effort: What exact checks may cost.
  public init(
    _ evaluator: PolicyEvaluator, _ configuration: Configuration = .init(),
    effort: UpdateVerifier.Configuration = .init()
  ) {
    self.evaluator = evaluator
    self.configuration = configuration
    verifier = UpdateVerifier(evaluator, arithmetic: .auto, configuration: effort)
  }

  /// Takes in the policy that the first update begins with.
  ///
  /// - Throws: ``EvaluationFailure``.
  public func begin(with policy: NamedPolicy) throws(EvaluationFailure) {
    try evaluator.requireEnding(policy.policy, named: policy.name)
    // Solved now, so that a policy that cannot be is refused.
    _ = try evaluator.enclose(policy.policy)
    latest = policy
  }

  /// Lets go of the policy before, for want of the one after it: no update begins with a policy that is
  /// two steps old.
  public func skip() { latest = nil }

  /// Audits the update from the policy before to this one.
  ///
  /// - Precondition: ``begin(with:)`` came before.
  /// - Parameters:
  ///   - loggedDivergence: What the training program reports of the update.
  ///   - batch: The samples that it made the update from.
  /// - Throws: ``EvaluationFailure``.
  public func next(
    _ policy: NamedPolicy, index: Int, loggedDivergence: LoggedDivergence? = nil,
    batch: SampleBatch? = nil
  ) throws(EvaluationFailure) -> UpdateAudit {
    guard let before = latest else { preconditionFailure("an update needs a policy before it") }
    latest = nil
    try evaluator.requireEnding(policy.policy, named: policy.name)
    let ladder = ProofLadder(evaluator, from: before.policy, to: policy.policy)
    let update = try ladder.enclosed()
    let screening = update.screen(claims)
    latest = policy
    var audit = UpdateAudit(
      index: index, before: before.name, after: policy.name, screening,
      state: screening.maxDivergenceState.map { evaluator.space.states[$0] }, claims)
    if let loggedDivergence { audit.log(loggedDivergence) }
    let normalised = evaluator.document.normalised + before.normalised + policy.normalised
    audit.normalised = normalised.isEmpty ? nil : normalised
    audit.batch = batch.map { BatchAudit($0, update) }
    if !configuration.isScreening { try decide(&audit, before, policy) }
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

  /// Decides what enclosures left open.
  private func decide(
    _ audit: inout UpdateAudit, _ before: NamedPolicy, _ after: NamedPolicy
  ) throws(EvaluationFailure) {
    let isOpen = audit.improved == .undecided || audit.guaranteed == .undecided
    guard isOpen || !audit.undecided.isEmpty else { return }
    let open = claims.filter { claim in
      audit.undecided.contains(claim.id) || isOpen && claim.kind == .aPriori
    }
    let check = try verifier.check(from: before, to: after, claims: open)
    if audit.improved == .undecided { audit.improved = check.improved }
    if audit.guaranteed == .undecided { audit.guaranteed = check.guaranteed }
    for result in check.claims where audit.undecided.contains(result.id) {
      switch result.verdict {
      case .undecided, .consistent: continue
      case .holds: audit.holds += 1
      case .violated: audit.violated.append(result.id)
      case .notApplicable: break
      }
      audit.undecided.removeAll { $0 == result.id }
    }
  }
}

extension UpdateAudit {
  /// The row that a screening makes.
  init(
    index: Int, before: String, after: String, _ screening: UpdateScreening, state: String?,
    _ claims: [any Claim]
  ) {
    let quantities = screening.quantities
    self.init(
      index: index, current: before, candidate: after, returnCurrent: quantities[.returnCurrent],
      returnCandidate: quantities[.returnCandidate], gain: screening.gain,
      surrogateGain: quantities[.policyAdvantage], meanKL: quantities[.meanKL],
      liveMeanKL: screening.liveMeanDivergence,
      maxKL: quantities[.maxKL], maxKLState: state, loggedKL: nil, improved: screening.improved,
      guaranteed: screening.guaranteed, meanWithin: nil, maxWithin: nil,
      tightest: screening.tightest, holds: 0, violated: [], undecided: [])
    for (claim, verdict) in zip(claims, screening.verdicts) {
      switch verdict {
      case .holds: holds += 1
      case .violated: violated.append(claim.id)
      case .undecided where claim.kind != .identity: undecided.append(claim.id)
      case .undecided, .consistent, .notApplicable: break
      }
    }
  }
}
