internal import Arithmetic
internal import Comparison
internal import Guarantees

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
    var lines = [
      "\(NumberFormat.count(summary.updates, "update")) of \(document.mdp.name.displayable): "
        + MarkCounts(summary).text,
      "claims violated on \(NumberFormat.count(summary.withViolatedClaims, "update")), left open on "
        + NumberFormat.count(summary.withUndecidedClaims, "update"),
    ]
    lines += trustRegion(summary) + logged(summary) + batches(summary)
    if let normalised = document.normalised { lines.append(NormalisedNote.text(normalised)) }
    if summary.updates > 0 { lines += [""] + table.lines() }
    if summary.batches != nil { lines += [""] + batchTable.lines() }
    if document.updates.count > Self.shownRows {
      lines.append(
        "… \(NumberFormat.count(document.updates.count - Self.shownRows)) more; --json has them all"
      )
    }
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
    let ratio = summary.largestRatio.map { NumberFormat.text($0, digits: 3) } ?? "–"
    return [
      "logged KL: the exact mean is more than \(NumberFormat.text(UpdateAudit.understatement)) times "
        + "the logged on \(summary.understated) of \(summary.logged), at most \(ratio) times"
    ]
  }

  private func batches(_ summary: AuditSummary) -> [String] {
    guard let batches = summary.batches else { return [] }
    func lowest(_ quantity: Quantity?) -> String {
      quantity.map { NumberFormat.text($0.approximation, digits: 3) } ?? "–"
    }
    return [
      "batches of \(NumberFormat.count(batches.updates, "update")): \(batches.foreign) with rows "
        + "that the policy before cannot have made; lowest gradient cosine "
        + "\(lowest(batches.lowestGradientCosine)), lowest correlation of advantages "
        + lowest(batches.lowestAdvantageCorrelation)
    ]
  }

  /// What batches estimated, beside the truth.
  private var batchTable: TextTable {
    var table = TextTable([
      .init("update", .right), .init("rows", .right), .init("trajectories", .right),
      .init("foreign rows", .right), .init("batch surrogate", .right), .init("exact", .right),
      .init("batch KL", .right), .init("exact", .right), .init("gradient cosine", .right),
      .init("Â correlation", .right), .init("Â scale", .right), .init("Â error", .right),
      .init("states TV", .right),
    ])
    for update in document.updates.prefix(Self.shownRows) {
      guard let batch = update.batch else { continue }
      table.add([
        NumberFormat.count(update.index), NumberFormat.count(batch.rows),
        NumberFormat.count(batch.trajectories),
        NumberFormat.count(batch.impossibleRows + batch.unreachableRows),
        batch.surrogateGain.map(Self.text) ?? "–", Self.text(batch.exactSurrogateGain),
        Self.text(batch.meanKL), Self.text(update.liveMeanKL), Self.text(batch.gradientCosine),
        Self.text(batch.advantageCorrelation), Self.text(batch.advantageScale),
        Self.text(batch.advantageError), Self.text(batch.stateDistance),
      ])
    }
    return table
  }

  private static func text(_ estimate: BatchEstimate) -> String {
    "\(text(estimate.value)) ± \(NumberFormat.text(estimate.standardError.approximation, digits: 2))"
  }

  private static func text(_ quantity: Quantity?) -> String {
    quantity.map { NumberFormat.text($0.approximation, digits: 3) } ?? "–"
  }

  private var table: TextTable {
    var table = TextTable([
      .init("update", .right), .init("η", .right), .init("gain", .right),
      .init("surrogate", .right), .init("mean KL", .right), .init("max KL", .right),
      .init("logged KL", .right), .init("mark"), .init("tightest bound"), .init("claims"),
    ])
    for update in document.updates.prefix(Self.shownRows) {
      table.add([
        NumberFormat.count(update.index),
        NumberFormat.text(update.returnCandidate.approximation),
        NumberFormat.text(update.gain.approximation, digits: 3),
        NumberFormat.text(update.surrogateGain.approximation, digits: 3),
        NumberFormat.text(update.liveMeanKL.approximation, digits: 3)
          + (update.meanWithin == .violated ? " > δ" : ""),
        NumberFormat.text(update.maxKL.approximation, digits: 3)
          + (update.maxWithin == .violated ? " > δ" : ""),
        update.loggedKL.map { NumberFormat.text($0, digits: 3) } ?? "–",
        update.mark.rawValue, update.tightest.aPriori ?? "–", update.worst.words,
      ])
    }
    return table
  }
}
