public import MonotoneFiles
package import MDPGuarantees
package import MDPCore
package import MDPFormats
internal import MDPSolvers
public import MDPVerification

/// Audits policies as they come.
///
/// An invalid policy leaves only the updates to and from it without a verdict.
///
///     let run = AuditRun(try LoadedModel("mdps/racing.json"))
///     try run.audit(["uniform", "greedy(uniform)", "optimal"])
///     print(run.document.summary)
public final class AuditRun {
  private let model: LoadedModel
  private let auditor: UpdateAuditor
  private let configuration: UpdateAuditor.Configuration
  private let logged: [LoggedDivergenceReader.Entry]?
  private let sink: AuditSink
  private let monitor: RunMonitor
  private var policies = 0
  private var audits: [UpdateAudit] = []
  private var faults: [Fault] = []
  private var normalised: [String]

  /// A fault, and the policy that has it.
  private struct Fault {
    var policy: Int
    var failure: RunFailure
    /// Whether the policy is lost for it.
    var isFatal: Bool
  }

  /// An audit of policies of one model.
  ///
  /// - Parameters:
  ///   - delta: δ, the trust region that updates are compared with; nil for none.
  ///   - screening: Whether float64 enclosures alone decide, which is fast and may leave claims undecided.
  ///   - sink: Takes each update as soon as it is audited.
  ///   - monitor: Is told of each fault as it is found.
  public convenience init(
    _ model: LoadedModel, delta: Double? = nil, screening: Bool = false,
    to sink: AuditSink = .init(),
    monitor: RunMonitor = .init()
  ) {
    var configuration = UpdateAuditor.Configuration()
    (configuration.budget, configuration.isScreening) = (delta, screening)
    self.init(model, configuration, to: sink, monitor: monitor)
  }

  /// - Parameters:
  ///   - model: The model of the policies.
  ///   - logged: The divergences that the audited program logged, one for each update; nil for none.
  ///   - sink: Takes the rows as they come.
  ///   - monitor: Is told of what is wrong as it is found.
  package init(
    _ model: LoadedModel, _ configuration: UpdateAuditor.Configuration,
    logged: [LoggedDivergenceReader.Entry]? = nil, to sink: AuditSink = .init(),
    monitor: RunMonitor = .init()
  ) {
    self.monitor = monitor
    self.model = model
    self.configuration = configuration
    self.logged = logged
    self.sink = sink
    normalised = model.document.normalised
    var effort = UpdateVerifier.Configuration()
    effort.announce = { monitor.note(ExactSeconds.announcement($0)) }
    auditor = UpdateAuditor(model.evaluator, configuration, effort: effort)
  }

  /// How many updates there were, audited or not.
  public var updates: Int { max(0, policies - 1) }

  /// The ledger so far.
  public var document: AuditDocument {
    AuditDocument(
      ModelSummary(model.document), updates: audits,
      errors: faults.map { fault in
        let lost = fault.isFatal ? [fault.policy, fault.policy + 1] : []
        return AuditError(
          updates: lost.filter { (1..<max(policies, 1)).contains($0) },
          message: fault.failure.message)
      }, budget: configuration.budget, normalised: normalised)
  }

  /// The cause of the faults, bad data before all else; nil if there are none.
  public var faultCause: RunFailure.Cause? {
    let causes = faults.map(\.failure.cause)
    return causes.contains(.badData) ? .badData : causes.first
  }

  /// Audits named policies.
  ///
  /// - Parameter batches: A file per update, or none.
  public func audit(_ policies: [String], batches: [String] = []) throws {
    let sequence = try PolicySequence(policies, of: model, monitor: monitor)
    try requireBatches(batches, updates: sequence.count - 1)
    if let failure = countFailure(updates: sequence.count - 1) { throw failure }
    for _ in 0..<sequence.count {
      try take { index in
        var row = AuditedPolicy(try sequence.policy(index))
        if index > 0, !batches.isEmpty {
          row.batch = try self.batch(batches[index - 1], of: index)
        }
        return row
      }
    }
  }

  /// Refuses batches that are not one for each update.
  private func requireBatches(_ batches: [String], updates: Int) throws {
    guard !batches.isEmpty, batches.count != updates else { return }
    throw RunFailure(
      "--batches needs a file for each update: the number of files (\(batches.count)) is not the "
        + "number of updates (\(updates)), one less than that of policies", .usage)
  }

  /// Audits JSON lines.
  package func auditStandardInput() throws {
    var lines = try Self.reading { () throws(UnreadableInput) in try StandardInputLines() }
    while let line = try Self.reading({ () throws(UnreadableInput) in try lines.next() }) {
      if !line.isBlank { try take { try self.row(line, of: $0) } }
    }
    if let failure = countFailure(updates: updates) {
      note(failure, of: policies, isFatal: false)
    }
  }

  /// Refuses a standard input that is closed.
  package static func requireStandardInput() throws {
    _ = try reading { () throws(UnreadableInput) in try StandardInputLines() }
  }

  private static func reading<T>(_ work: () throws(UnreadableInput) -> T) throws -> T {
    do throws(UnreadableInput) { return try work() } catch { throw RunFailure(error) }
  }

  private func row(_ line: InputBytes, of policy: Int) throws -> AuditedPolicy {
    let read: PolicyLine
    do throws(InvalidInput) {
      read = try PolicyLine(line, for: model.document, configuration: model.reading)
    } catch {
      throw RunFailure(error)
    }
    var row = AuditedPolicy(
      NamedPolicy(
        name: read.name ?? "\(policy)", policy: read.document.policy,
        normalised: read.document.normalised))
    row.logged = read.loggedDivergence
    row.batch = read.batch
    if let fault = read.batchFault { note(RunFailure(fault), of: policy, isFatal: false) }
    if policy == 0, read.batch != nil {
      row.batch = nil
      note(
        RunFailure(
          """
          \(line.name): $.batch: a batch stands with the policy that was made from it; before the \
          first there is none
          """, .badData), of: 0, isFatal: false)
    }
    return row
  }

  /// Why logged divergences that are not one per update cannot be used: they would stand beside the wrong
  /// ones.
  private func countFailure(updates: Int) -> RunFailure? {
    guard let logged, logged.count != updates else { return nil }
    return RunFailure(
      "--logged-kl: found \(logged.count) numbers; expected \(updates), one for each update",
      .badData)
  }

  /// The divergence that the file of logged numbers has for an update.
  private func loggedInFile(_ update: Int) -> LoggedDivergence? {
    guard let logged, logged.indices.contains(update - 1) else { return nil }
    switch logged[update - 1] {
    case .divergence(let divergence): return divergence
    case .fault(let fault):
      note(RunFailure(fault), of: update, isFatal: false)
      return nil
    }
  }

  /// Takes the next policy, or notes why it cannot be had.
  ///
  /// - Returns: The row of the update that it ends; nil for the first policy, and where one is lost.
  @discardableResult
  package func take(
    _ read: (_ policy: Int) throws -> AuditedPolicy
  ) throws -> UpdateAudit? {
    let index = policies
    policies += 1
    let fromFile = loggedInFile(index)
    do {
      let row = try read(index)
      normalised += row.policy.normalised.map { "\(row.policy.name): \($0)" }
      guard auditor.latest != nil else {
        try evaluating { () throws(EvaluationFailure) in try auditor.begin(with: row.policy) }
        if index > 0 { try sink.lost(index, "the policy before it is not known") }
        return nil
      }
      let audit = try evaluating { () throws(EvaluationFailure) in
        try auditor.next(
          row.policy, index: index, loggedDivergence: row.logged ?? fromFile, batch: row.batch)
      }
      audits.append(audit)
      try sink.audited(audit)
      return audit
    } catch let failure as RunFailure where [.badData, .unreadable].contains(failure.cause) {
      auditor.skip()
      note(failure, of: index, isFatal: true)
      if index > 0 { try sink.lost(index, failure.message) }
      return nil
    }
  }

  private func evaluating<T>(_ work: () throws(EvaluationFailure) -> T) throws -> T {
    do throws(EvaluationFailure) { return try work() } catch {
      throw RunFailure(error, file: model.file)
    }
  }

  /// A batch, or nil with a note of what is wrong with it.
  private func batch(_ path: String, of policy: Int) throws -> SampleBatch? {
    do throws(RunFailure) { return try InputFile.batch(path, for: model.document) } catch {
      note(error, of: policy, isFatal: false)
      return nil
    }
  }

  /// Takes down what is wrong, and says so at once: a run may be long.
  private func note(_ failure: RunFailure, of policy: Int, isFatal: Bool) {
    faults.append(Fault(policy: policy, failure: failure, isFatal: isFatal))
    monitor.warning(failure.message)
  }
}

/// A policy of a chain with what came along with it.
package struct AuditedPolicy {
  package var policy: NamedPolicy
  package var logged: LoggedDivergence?
  package var batch: SampleBatch?

  package init(_ policy: NamedPolicy) { self.policy = policy }
}
