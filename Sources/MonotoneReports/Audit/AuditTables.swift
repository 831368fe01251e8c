internal import MonotoneArithmetic
internal import TRPOComparison
internal import MDPGuarantees

/// The tables of an audit, for every medium.
struct AuditTables {
  let document: AuditDocument

  /// A row an update; harmful ones stand out.
  func updates(limit: Int = .max) -> ReportTable {
    ReportTable(
      "Updates",
      [
        "#update", "mark", "claims", "#η", "#gain", "#surrogate", "#mean KL", "#max KL",
        "#logged KL", "tightest bound",
      ],
      document.updates.map { update in
        .init(
          [
            RichText(NumberFormat.count(update.index)), Self.mark(update.mark),
            .verdict(update.worst), RichText(NumberFormat.middle(update.returnCandidate)),
            Self.number(update.gain), Self.number(update.surrogateGain),
            Self.number(update.liveMeanKL) + (update.meanWithin == .violated ? " > δ" : ""),
            Self.number(update.maxKL) + (update.maxWithin == .violated ? " > δ" : ""),
            Self.logged(update), update.tightest.aPriori.map { .code($0) } ?? "–",
          ], emphasis: update.worst == .violated ? .violated : update.mark.emphasis)
      }, limit: limit)
  }

  /// The estimates of the batches beside exact values; nil where there are no batches.
  func batches(limit: Int = .max) -> ReportTable? {
    guard document.summary.batches != nil else { return nil }
    return ReportTable(
      "Batches",
      [
        "#update", "#rows", "#trajectories", "#foreign rows", "#batch surrogate", "#exact",
        "#batch KL", "#exact", "#gradient cosine", "#Â correlation", "#Â scale", "#Â error",
        "#states TV",
      ],
      document.updates.compactMap { update in
        guard let batch = update.batch else { return nil }
        return .init(
          [
            RichText(NumberFormat.count(update.index)), RichText(NumberFormat.count(batch.rows)),
            RichText(NumberFormat.count(batch.trajectories)),
            RichText(NumberFormat.count(batch.impossibleRows + batch.unreachableRows)),
            batch.surrogateGain.map(Self.estimate) ?? "–", Self.number(batch.exactSurrogateGain),
            Self.estimate(batch.meanKL), Self.number(update.liveMeanKL),
            Self.number(batch.gradientCosine), Self.number(batch.advantageCorrelation),
            Self.number(batch.advantageScale), Self.number(batch.advantageError),
            Self.number(batch.stateDistance),
          ], emphasis: batch.isForeign ? .violated : nil)
      }, limit: limit)
  }

  /// A mark in its colour.
  static func mark(_ mark: UpdateMark) -> RichText {
    mark.verdict.map { .verdict($0, mark.rawValue) } ?? RichText(mark.rawValue)
  }

  private static func number(_ quantity: Quantity?) -> RichText {
    RichText(quantity.map { NumberFormat.middle($0, digits: 3) } ?? "–")
  }

  private static func estimate(_ estimate: BatchEstimate) -> RichText {
    number(estimate.value)
      + " ± \(NumberFormat.middle(estimate.standardError, digits: 2))"
  }

  private static func logged(_ update: UpdateAudit) -> RichText {
    RichText(
      update.loggedKLFlag.map { "\($0.text) !" }
        ?? update.loggedKL.map { NumberFormat.text($0, digits: 3) } ?? "–")
  }
}
