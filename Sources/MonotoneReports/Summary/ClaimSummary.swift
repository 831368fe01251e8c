internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPVerification

/// One claim over all updates: counts, and its tightest and loosest case.
struct ClaimSummary {
  /// The claim.
  var claim: ClaimDescription
  /// Its results.
  var rows: [ReportRow]
  /// The counts over them.
  var counts: VerdictCounts
  /// The case nearest to a violation, or the worst one.
  var tightest: ClaimCase?
  /// The case farthest from one, infinite looseness aside.
  var loosest: ClaimCase?
  /// How many cases have an infinite margin: bounds that say nothing.
  var infiniteCount: Int
  /// The median of the finite looseness; nil where no case has any.
  var medianLooseness: Double?

  init(_ claim: ClaimDescription, rows: [ReportRow]) {
    self.claim = claim
    self.rows = rows
    counts = VerdictCounts(rows.lazy.map(\.result))
    infiniteCount = rows.count { $0.result.margin == .infinity }

    let looseness = rows.compactMap { $0.result.finiteLooseness }.sorted()
    medianLooseness = looseness.isEmpty ? nil : looseness[looseness.count / 2]

    let measure: Measure =
      claim.kind == .identity ? .tolerance : looseness.isEmpty ? .margin : .looseness
    let ranked = rows.compactMap { row in
      measure.rank(row.result).map { (row: row, rank: $0) }
    }
    // The first of equals, so that the choice depends on the results alone.
    tightest = ranked.min { $0.rank < $1.rank }
      .map { ClaimCase(row: $0.row, text: measure.text($0.row.result)) }
    loosest =
      ranked.count < 2
      ? nil
      : ranked.reversed().max { $0.rank < $1.rank }
        .map { ClaimCase(row: $0.row, text: measure.text($0.row.result)) }
  }
}

/// A case of a claim that stands out.
struct ClaimCase {
  /// The result.
  var row: ReportRow
  /// The extreme number of the case: `looseness 1.0002`.
  var text: String
}

/// By what the cases of a claim are compared: smaller ranks are nearer to a violation.
private enum Measure {
  /// Bound over what it bounds.
  case looseness
  /// An identity's difference as a share of its error bound.
  case tolerance
  /// The margin alone.
  case margin

  func rank(_ result: ClaimResult) -> Double? {
    guard result.verdict != .notApplicable else { return nil }
    switch self {
    case .looseness: return result.finiteLooseness
    case .tolerance: return result.toleranceShare.map { -$0 }
    case .margin:
      return result.margin.flatMap { $0.approximation.isFinite ? $0.approximation : nil }
    }
  }

  func text(_ result: ClaimResult) -> String {
    switch self {
    case .looseness: return "looseness \(result.loosenessText)"
    case .tolerance:
      let size = NumberFormat.text(abs(result.margin?.approximation ?? 0), digits: 3)
      guard result.margin?.approximation != 0, let radius = result.radius, radius > 0 else {
        return "difference \(size)"
      }
      let share = NumberFormat.text(100 * (result.toleranceShare ?? 0), digits: 3)
      return "difference \(size), \(share) % of its error bound"
    case .margin: return "margin \(result.marginText)"
    }
  }
}

extension ClaimResult {
  /// The looseness where it is finite.
  var finiteLooseness: Double? {
    looseness.flatMap { $0.approximation.isFinite ? $0.approximation : nil }
  }

  /// |margin| as a share of its error bound: at most 1 where a float64 identity holds.
  fileprivate var toleranceShare: Double? {
    guard let margin = margin?.approximation else { return nil }
    if margin == 0 { return 0 }
    return abs(margin) / (radius ?? 0)
  }
}

extension Verification {
  /// One summary a claim: the described claims in order, then any that results name besides, such
  /// as what a rule claims of its own steps.
  ///
  /// Of the rules' steps the rows hold the bad news alone: a summary counts the updates, and what
  /// went wrong anywhere.
  func claimSummaries(_ rows: [ReportRow]) -> [ClaimSummary] {
    var byID: [String: [ReportRow]] = [:]
    var described = claims
    var known = Set(claims.map(\.id))
    let ruleClaims = Dictionary(
      models.flatMap(\.rules).flatMap(\.claims).map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    for row in rows {
      byID[row.result.id, default: []].append(row)
      if known.insert(row.result.id).inserted {
        described.append(
          ruleClaims[row.result.id]
            ?? ClaimDescription(
              id: row.result.id, kind: row.result.kind, statement: row.result.id, source: ""))
      }
    }
    return described.map { ClaimSummary($0, rows: byID[$0.id] ?? []) }
  }
}
