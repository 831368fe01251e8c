internal import MonotoneArithmetic
public import TRPOComparison
internal import MDPGuarantees
internal import MDPFormats

/// An audit for the terminal: what the updates came to, then a line for each of the first, and one
/// for its batch.
public struct AuditText: Sendable {
  private let document: AuditDocument

  /// The text of an audit; ends in a newline.
  public static func render(_ document: AuditDocument) -> String {
    AuditText(document: document).text
  }

  private static let shownRows = 60

  private var text: String {
    let summary = document.summary
    guard summary.updates > 0 else {
      return (["no update of \(document.mdp.name.displayable): nothing was checked"] + errors)
        .joined(separator: "\n") + "\n"
    }
    var lines = [
      "\(NumberFormat.count(summary.updates, "update")) of \(document.mdp.name.displayable): "
        + MarkCounts(summary).text,
      "claims violated on \(NumberFormat.count(summary.withViolatedClaims, "update")), left open on "
        + NumberFormat.count(summary.withUndecidedClaims, "update"),
    ]
    lines += trustRegion(summary) + logged(summary) + flagged + batches(summary)
    if let normalised = document.normalised { lines.append(NormalisedNote.text(normalised)) }
    let tables = AuditTables(document: document)
    lines += undecided + errors + [""]
    lines += TerminalText.lines(tables.updates(limit: Self.shownRows), indent: 0)
    if let batches = tables.batches(limit: Self.shownRows) {
      lines += [""] + TerminalText.lines(batches, indent: 0)
    }
    if document.updates.count > Self.shownRows { lines.append("--json has them all") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func trustRegion(_ summary: AuditSummary) -> [String] {
    let largest =
      "largest mean KL \(NumberFormat.text(summary.largestMeanKL, digits: 4)), largest max KL "
      + NumberFormat.text(summary.largestMaxKL, digits: 4)
    guard let budget = summary.budget else { return [largest] }
    return [
      "\(largest); above δ = \(NumberFormat.text(budget)): the mean on \(summary.meanBeyond), the "
        + "max on \(summary.maxBeyond) of \(summary.updates)"
        + (summary.logged > 0 ? ", the logged on \(summary.loggedBeyond)" : "")
    ]
  }

  private func logged(_ summary: AuditSummary) -> [String] {
    guard summary.logged > 0 else { return [] }
    let ratio = summary.largestRatio.map { ", at most \(NumberFormat.text($0, digits: 3)) times" }
    return [
      "logged KL: the exact mean is more than \(NumberFormat.text(UpdateAudit.understatement)) times "
        + "the logged on \(summary.understated) of \(summary.logged)\(ratio ?? "")"
    ]
  }

  /// The logged numbers that cannot be KL divergences.
  private var flagged: [String] {
    let rows = document.updates.compactMap { update in
      update.loggedKLFlag.map { "update \(update.index) (\($0.text.displayable): \($0.reason))" }
    }
    guard !rows.isEmpty else { return [] }
    let more = rows.count > Self.shownRows ? ", …" : ""
    return [
      "logged KL that cannot be one on \(NumberFormat.count(rows.count, "update")): "
        + rows.prefix(Self.shownRows).joined(separator: ", ") + more
    ]
  }

  /// Why claims were left open.
  private var undecided: [String] {
    document.updates.filter { $0.undecidedReason != nil }.prefix(Self.shownRows).map {
      "undecided on update \($0.index): \(($0.undecidedReason ?? "").displayable)"
    }
  }

  /// The faults that left updates without a verdict.
  private var errors: [String] {
    document.errors.prefix(Self.shownRows).map { error in
      let updates = error.updates.map(String.init).joined(separator: ", ")
      let lost = updates.isEmpty ? "" : "no verdict on update \(updates): "
      let message = error.message.split(separator: "\n").map { String($0).displayable }
      return "error: \(lost)\(message.joined(separator: "\n  "))"
    }
  }

  private func batches(_ summary: AuditSummary) -> [String] {
    guard let batches = summary.batches else { return [] }
    func lowest(_ quantity: Quantity?) -> String {
      quantity.map { NumberFormat.middle($0, digits: 3) } ?? "–"
    }
    return [
      "batches of \(NumberFormat.count(batches.updates, "update")): \(batches.foreign) with rows "
        + "that the policy before cannot have made; lowest gradient cosine "
        + "\(lowest(batches.lowestGradientCosine)), lowest correlation of advantages "
        + lowest(batches.lowestAdvantageCorrelation)
    ]
  }
}
