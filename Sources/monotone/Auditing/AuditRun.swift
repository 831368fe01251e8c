import Comparison
import Foundation
import Guarantees
import MDPCore
import MDPFormats
import MDPSolvers
import Reports

/// Audits policies as they come.
final class AuditRun {
  private let model: LoadedModel
  private let auditor: UpdateAuditor
  private let configuration: UpdateAuditor.Configuration
  private let logged: [Double]?
  private var count = 0
  private var audits: [UpdateAudit] = []
  private var normalised: [String]

  init(
    _ model: LoadedModel, _ configuration: UpdateAuditor.Configuration, logged: [Double]?
  ) {
    self.model = model
    self.configuration = configuration
    self.logged = logged
    normalised = model.document.normalised
    auditor = UpdateAuditor(model.evaluator, configuration)
  }

  /// The ledger so far.
  var document: AuditDocument {
    AuditDocument(
      ModelSummary(model.document), updates: audits, budget: configuration.budget,
      normalised: normalised)
  }

  /// Audits named policies.
  ///
  /// - Parameter batches: A file an update, or none.
  func audit(
    _ policies: [String], batches: [String], _ sink: (UpdateAudit) throws -> Void
  ) throws {
    let sequence = try PolicySequence(policies, of: model)
    try requireBatches(batches, updates: sequence.count - 1)
    try requireLogged(updates: sequence.count - 1)
    for index in 0..<sequence.count {
      let policy = try sequence.policy(index)
      let batch =
        batches.isEmpty || index == 0
        ? nil : try ModelLoader.readBatch(batches[index - 1], for: model.document)
      try take(policy, logged: nil, batch, sink)
    }
  }

  /// Refuses batches that are not one for each update.
  private func requireBatches(_ batches: [String], updates: Int) throws {
    guard !batches.isEmpty, batches.count != updates else { return }
    throw CommandFailure(
      "--batches needs a file for each update: the number of files (\(batches.count)) is not the "
        + "number of updates (\(updates)), one less than that of policies", .usage)
  }

  /// Audits JSON lines.
  func auditStandardInput(_ sink: (UpdateAudit) throws -> Void) throws {
    var number = 0
    while let line = readLine() {
      number += 1
      if line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      let read: PolicyLine
      do throws(InvalidInput) {
        read = try PolicyLine(
          InputBytes(line, name: "standard input, line \(number)"), for: model.document,
          configuration: model.reading)
      } catch {
        throw CommandFailure(error)
      }
      guard count > 0 || read.batch == nil else {
        throw CommandFailure(
          """
          standard input, line \(number): $.batch: a batch stands with the policy that was made from it; \
          before the first there is none
          """, .badData)
      }
      try take(
        NamedPolicy(
          name: read.name ?? "\(count)", policy: read.document.policy,
          normalised: read.document.normalised), logged: read.loggedDivergence, read.batch, sink)
    }
    try requireLogged(updates: max(0, count - 1))
  }

  /// Refuses logged divergences that are not a number an update: they would stand beside the wrong ones.
  private func requireLogged(updates: Int) throws {
    guard let logged, logged.count != updates else { return }
    throw CommandFailure(
      "--logged-kl: found \(logged.count) numbers; expected \(updates), one for each update",
      .badData)
  }

  private func take(
    _ policy: NamedPolicy, logged divergence: Double?, _ batch: SampleBatch?,
    _ sink: (UpdateAudit) throws -> Void
  ) throws {
    defer { count += 1 }
    normalised += policy.normalised.map { "\(policy.name): \($0)" }
    do throws(EvaluationFailure) {
      if count == 0 { return try auditor.begin(with: policy) }
    } catch {
      throw CommandFailure(error, file: model.file)
    }
    let fromFile = logged.flatMap { $0.indices.contains(count - 1) ? $0[count - 1] : nil }
    let audit: UpdateAudit
    do throws(EvaluationFailure) {
      audit = try auditor.next(
        policy, index: count, loggedDivergence: divergence ?? fromFile, batch: batch)
    } catch {
      throw CommandFailure(error, file: model.file)
    }
    audits.append(audit)
    try sink(audit)
  }
}

/// Divergences from a file of numbers.
enum LoggedDivergences {
  static func read(_ path: String) throws -> [Double] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("\(path): cannot be read", .unreadable)
    }
    let text = String(decoding: data, as: UTF8.self)
    return try text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map { word in
      guard let number = Double(word), number.isFinite, number >= 0 else {
        throw CommandFailure("\(path): found \"\(word)\"; expected a KL divergence", .badData)
      }
      return number
    }
  }
}
