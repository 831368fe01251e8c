internal import MonotoneArithmetic
internal import TRPOComparison
internal import MDPGuarantees
internal import MDPVerification

/// How many updates count as what.
struct MarkCounts {
  private var counts: [UpdateMark: Int] = [:]

  /// The counts of some updates.
  init(_ marks: some Sequence<UpdateMark>) {
    for mark in marks { counts[mark, default: 0] += 1 }
  }

  /// The counts of a chain of updates.
  init(_ summary: AuditSummary) {
    counts = [
      .guaranteed: summary.guaranteed, .improved: summary.improved, .harmful: summary.harmful,
      .unchanged: summary.unchanged, .undecided: summary.undecided,
    ]
  }

  /// How many updates have a mark.
  subscript(mark: UpdateMark) -> Int { counts[mark] ?? 0 }

  /// `1 guaranteed, 2 improved without a guarantee, 1 harmful, 0 unchanged, 0 undecided`.
  var text: String {
    UpdateMark.allCases.map { mark in
      "\(NumberFormat.count(self[mark])) \(mark.rawValue)"
        + (mark == .improved ? " without a guarantee" : "")
    }.joined(separator: ", ")
  }
}

extension MarkCounts {
  /// The counts in large letters, harm in red.
  var tiles: [ReportBlock.Tile] {
    UpdateMark.allCases.map { mark in
      .init(mark.rawValue, self[mark], colour: mark.verdict)
    }
  }
}

extension UpdateMark {
  /// The verdict whose colour the mark has.
  var verdict: Verdict? {
    switch self {
    case .guaranteed: .holds
    case .improved, .unchanged: nil
    case .harmful: .violated
    case .undecided: .undecided
    }
  }

  /// The colour of a row with this mark; nil for none.
  var emphasis: Verdict? { self == .guaranteed ? nil : verdict }
}

extension Verification {
  /// How the updates of all models count.
  var markCounts: MarkCounts { MarkCounts(models.lazy.flatMap(\.updates).map(\.check.mark)) }
}

extension ModelVerification {
  /// How the model's updates count.
  var markCounts: MarkCounts { MarkCounts(updates.lazy.map(\.check.mark)) }
}

extension VerifiedUpdate {
  /// The label, with the harm that the update did.
  var title: String { check.mark == .harmful ? "\(label) (harmful)" : label }
}
