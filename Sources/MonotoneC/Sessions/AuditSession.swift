internal import MDPCore
internal import MDPFormats
internal import MDPGuarantees
internal import MDPVerification
internal import MonotoneFiles
internal import MonotoneReports
internal import Synchronization
internal import TRPOComparison

/// An audit of the policies of a training run that goes on.
final class AuditSession: Session, @unchecked Sendable {
  // Sendable: everything that changes does so under `lock`.
  /// The model once more: an audit evaluates policies while other calls evaluate theirs.
  private let session: ModelSession
  private let run: AuditRun
  private let lock = Mutex<Void>(())

  static func open(_ model: ModelSession, _ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: ["delta", "screen"])
    var configuration = UpdateAuditor.Configuration()
    configuration.budget = try options.number(
      "delta", in: .leastNonzeroMagnitude ... .greatestFiniteMagnitude)
    configuration.isScreening = try options.flag("screen")
    let handle = Sessions.open(AuditSession(model, configuration))
    return Reply(handle: handle) { "{}" }
  }

  private init(_ audited: ModelSession, _ configuration: UpdateAuditor.Configuration) {
    let model = audited.model
    session = ModelSession(model.document, file: model.file, model.reading)
    run = AuditRun(session.model, configuration)
  }

  /// Takes the next policy.
  ///
  /// - Throws: ``CallFailure`` for a policy or a batch with faults; the audit goes on with the next.
  func step(_ argument: PolicyArgument, _ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: ["loggedKL", "batch"])
    let logged = try options.literal("loggedKL").map { text throws(CallFailure) in
      guard let divergence = LoggedDivergence(word: text) else {
        throw CallFailure(
          "options: loggedKL: found \(JSONText.quoted(text.shortened(to: 60))); expected a number")
      }
      return divergence
    }
    let batch = try options.object("batch")
    return try lock.withLock { _ in
      var failure: CallFailure?
      let audit = try run.take { index in
        do {
          return try self.row(argument, logged: logged, batch: batch, index: index)
        } catch {
          let found = CallFailure(any: error)
          failure = found
          throw RunFailure(found.message, .badData)
        }
      }
      if let failure { throw failure }
      guard let audit else { return Reply.empty() }
      let outcome = [audit.improved.code, audit.guaranteed.code, audit.mark == .unchanged ? 1 : 0]
      return Reply(
        arrays: [.init(name: "outcome", shape: [3], elements: .int8(outcome))]
      ) { try ResultJSON.text(audit) }
    }
  }

  private func row(
    _ argument: PolicyArgument, logged: LoggedDivergence?, batch: String?, index: Int
  ) throws -> AuditedPolicy {
    var row: AuditedPolicy
    switch argument {
    case .line(let text, let name):
      let read = try session.line(text, name)
      row = AuditedPolicy(read.policy)
      row.logged = read.line.loggedDivergence
      row.batch = read.line.batch
      if let fault = read.line.batchFault { throw fault }
    case .array(let array, _):
      row = AuditedPolicy(
        try array.policy(of: session.model.document, named: "\(index)", session.model.reading))
    case .expression:
      row = AuditedPolicy(try session.policy(argument, session.verifier(Rigour())))
    }
    if let logged { row.logged = logged }
    if let batch {
      let members = batch.trimmed
      let text =
        "{\"schema\": \"monotone/batch/v1\"\(members.isEmpty ? "" : ", ")\(members)}"
      row.batch = try BatchReader.read(
        InputBytes(text, name: "batch"), for: session.model.document,
        configuration: session.model.reading)
    }
    if index == 0, row.batch != nil {
      throw CallFailure(
        "batch: a batch stands with the policy that was made from it; before the first there is none",
        .badData)
    }
    return row
  }

  /// The ledger so far.
  func document() throws -> Reply {
    let document = lock.withLock { _ in run.document }
    return Reply { try ResultJSON.text(document) }
  }
}
