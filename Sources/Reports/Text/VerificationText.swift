internal import Arithmetic
internal import Guarantees
internal import PolicyImprovement

/// A verification for the terminal: the verdict, a line a model, and every row that is bad news.
public struct VerificationText: Sendable {
  private let verification: Verification
  private let rowLimit: Int

  /// The text of a verification, with at most so many violated or undecided rows; ends in a
  /// newline.
  public static func render(_ verification: Verification, rowLimit: Int = 30) -> String {
    VerificationText(verification: verification, rowLimit: rowLimit).text
  }

  private var text: String {
    var lines = ["\(verification.headline) (\(verification.rigour))"]
    if let failures = verification.ruleFailureText { lines.insert(failures, at: 0) }
    if verification.interrupted { lines.append("interrupted: models are missing") }
    if !verification.models.isEmpty { lines += scope + [""] + models.lines() + [""] }
    lines += rules
    lines += ruleFailures
    lines += badRows
    lines += refutationLines
    lines += attainmentLines
    return lines.joined(separator: "\n") + "\n"
  }

  private var scope: [String] {
    let counts = verification.counts
    return [
      verification.scopeText,
      "\(NumberFormat.count(counts.holds)) hold, \(NumberFormat.count(counts.violated)) violated, "
        + "\(NumberFormat.count(counts.undecided)) undecided, "
        + "\(NumberFormat.count(counts.notApplicable)) not applicable",
      "updates: \(verification.markCounts.text)",
    ]
  }

  private var models: TextTable {
    var table = TextTable([
      .init("model"), .init("|S|", .right), .init("|A|", .right), .init("γ", .right),
      .init("η uniform", .right), .init("η optimal", .right), .init("updates", .right),
      .init("harmful", .right), .init("verdict"),
    ])
    for model in verification.models {
      table.add([
        model.model.name, NumberFormat.count(model.model.states),
        NumberFormat.count(model.model.actions), NumberFormat.literal(model.model.discount),
        NumberFormat.text(model.uniformReturn), model.optimalReturnText,
        NumberFormat.count(model.updates.count), NumberFormat.count(model.markCounts[.harmful]),
        model.counts.worst?.words ?? "–",
      ])
    }
    return table
  }

  /// A line a rule, over all models.
  private var rules: [String] {
    let summaries = verification.ruleSummaries
    guard !summaries.isEmpty else { return [] }
    let outcomes = UpdateMark.allCases
    var table = TextTable(
      [
        .init("rule"), .init("closed", .right),
        .init("steps to \(Verification.timedShareText)", .right),
        .init("proved steps", .right),
      ] + outcomes.map { .init($0.rawValue, .right) } + [.init("verdict")])
    for rule in summaries {
      table.add(
        [
          rule.rule, rule.closedText, rule.medianText,
          NumberFormat.count(rule.stepCount),
        ] + outcomes.map { NumberFormat.count(rule.count($0)) }
          + [rule.counts.worst?.words ?? "–"])
    }
    return table.lines() + [
      "closed: models on which \(Verification.timedShareText) of the gap to the optimum closes; "
        + "steps: the median over models",
      "",
    ]
  }

  private var ruleFailures: [String] {
    let lines = verification.ruleFailures.flatMap { row in
      [
        "error: \(row.rule.displayable) on \(row.model.displayable): \(row.message.displayable)",
        "  \(row.command.displayable)",
      ]
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  private var badRows: [String] {
    let bad = verification.rows.badNews
    guard !bad.isEmpty else { return [] }
    var lines: [String] = []
    for row in bad.prefix(rowLimit) {
      lines.append(
        "\(row.result.verdict.words): \(row.result.id.displayable) on \(row.model.displayable), "
          + "\(row.update.displayable): margin \(row.result.marginText), "
          + "witness \(row.result.witnessText.displayable)")
      if let reason = row.result.assumption { lines.append("  \(reason.displayable)") }
      lines.append("  \(row.command.displayable)")
    }
    if bad.count > rowLimit {
      lines.append("… and \(NumberFormat.count(bad.count - rowLimit)) more; the report lists all")
    }
    return lines + [""]
  }

  private var refutationLines: [String] {
    let all = verification.refutations
    guard !all.isEmpty else { return [] }
    let failing = all.filter { !$0.refutes }
    let count = NumberFormat.count(all.count - failing.count)
    return [
      "counterexamples: \(count) of \(NumberFormat.count(all.count)) refute their false variant"
    ]
      + failing.flatMap {
        [
          "  \($0.name.displayable) does not refute \($0.variant.id.displayable): \($0.result.verdict.words)",
          "  \($0.command.displayable)",
        ]
      }
  }
}

extension VerificationText {
  private var attainmentLines: [String] {
    let all = verification.attainments
    guard !all.isEmpty else { return [] }
    return ["attainment: \(verification.attainmentText)"]
      + all.flatMap { example in
        example.fault.map { fault in
          [
            "  \(example.result.id.displayable) on \(example.name.displayable): \(fault)",
            "  \(example.command.displayable)",
          ]
        } ?? []
      }
  }
}

extension [ReportRow] {
  /// The violated rows, then the undecided ones.
  var badNews: [ReportRow] {
    filter { $0.result.verdict == .violated } + filter { $0.result.verdict == .undecided }
  }
}

extension Verification {
  /// `8 claims on 142 updates of 28 models`, `8 claims on 142 updates and 900 rule steps of …`.
  var scopeText: String {
    let updates = models.reduce(0) { $0 + $1.updates.count }
    let steps =
      ruleStepCount == 0 ? "" : " and \(NumberFormat.count(ruleStepCount, "rule step"))"
    return "\(NumberFormat.count(claims.count, "claim")) on "
      + "\(NumberFormat.count(updates, "update"))\(steps) of "
      + NumberFormat.count(models.count, "model")
  }
}
