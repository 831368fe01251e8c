import MonotoneArithmetic
import TRPOComparison
import MDPGuarantees
import MonotoneReports

/// The subject of conditions: one update, checked or audited.
struct JudgedUpdate {
  /// How messages name it.
  var name: String
  var mark: UpdateMark
  var guaranteed: Verdict
  var gain: Quantity
  var meanKL: Quantity
  var maxKL: Quantity
  /// The KL that the program logged, where the exact mean is much more.
  var understatedKL: Double?
  /// Rows of the batch that the policy before the update cannot have made.
  var foreignRows = 0

  init(_ check: UpdateCheck) {
    name = "\(check.current) → \(check.candidate)"
    (mark, guaranteed, gain) = (check.mark, check.guaranteed, check.gain)
    (meanKL, maxKL) = (check.quantities[.meanKL], check.quantities[.maxKL])
  }

  init(_ audit: UpdateAudit) {
    name = "update \(audit.index), \(audit.current) → \(audit.candidate)"
    (mark, guaranteed, gain) = (audit.mark, audit.guaranteed, audit.gain)
    (meanKL, maxKL) = (audit.liveMeanKL, audit.maxKL)
    understatedKL = audit.isUnderstated ? audit.loggedKL : nil
    foreignRows = audit.batch.map { $0.impossibleRows + $0.unreachableRows } ?? 0
  }
}

extension FailCondition {
  /// The value with which the condition happened on an update; nil if it did not.
  ///
  /// - Parameter limit: δ of conditions that have none of their own.
  func value(on update: JudgedUpdate, limit common: Double? = nil) -> String? {
    switch kind {
    case .harmful:
      return update.mark == .harmful ? "η changes by \(NumberFormat.text(update.gain))" : nil
    case .unguaranteed:
      return update.guaranteed == .holds ? nil : "guaranteed: \(update.guaranteed.answer)"
    case .meanKL: return Self.excess("mean KL", update.meanKL, over: limit ?? common)
    case .maxKL: return Self.excess("max KL", update.maxKL, over: limit ?? common)
    case .understatedKL:
      return update.understatedKL.map {
        "logged KL \(NumberFormat.text($0)), exact mean \(NumberFormat.text(update.meanKL))"
      }
    case .foreignBatch:
      return update.foreignRows > 0
        ? "\(update.foreignRows) rows that the policy before cannot have made" : nil
    }
  }

  /// The results of conditions on numbered updates, for a report.
  static func named(
    _ conditions: [FailCondition], on updates: [(index: Int, update: JudgedUpdate)],
    limit: Double? = nil
  ) -> [NamedCondition] {
    conditions.map { condition in
      var happened: [Int: String] = [:]
      for (index, update) in updates {
        happened[index] = condition.value(on: update, limit: limit)
      }
      return NamedCondition(name: condition.text, happened: happened)
    }
  }

  private static func excess(_ name: String, _ value: Quantity, over limit: Double?) -> String? {
    guard let limit, value.isAtMost(limit) == .violated else { return nil }
    return "\(name) \(NumberFormat.text(value)) > \(NumberFormat.text(limit))"
  }

  /// Ends the command with status 4, naming condition, update and value, if a condition happened.
  static func require(
    none conditions: [FailCondition], on updates: [JudgedUpdate], limit: Double? = nil
  ) throws {
    let lines = conditions.compactMap { condition -> String? in
      let found = updates.compactMap { update in
        condition.value(on: update, limit: limit).map { "\(update.name): \($0)" }
      }
      guard let first = found.first else { return nil }
      let rest = found.count > 1 ? " (and on \(found.count - 1) more)" : ""
      return "--fail-on \(condition.text): \(first)\(rest)"
    }
    guard lines.isEmpty else {
      throw CommandFailure(lines.joined(separator: "\nmonotone: "), .conditionMet)
    }
  }
}
