internal import Arithmetic
public import Foundation
internal import Guarantees
internal import PolicyImprovement

/// A verification as a page of Markdown, for the summary of a CI job or a pull request.
public struct SummaryMarkdown: Sendable {
  private let verification: Verification

  /// At most so many violated or undecided rows.
  private static let rowLimit = 50

  /// The bytes of a verification's file.
  public static func render(_ verification: Verification) -> Data {
    SummaryMarkdown(verification: verification).data
  }

  private var data: Data {
    let rows = verification.rows
    let counts = verification.counts
    var lines = ["# Monotone: \(verification.headline.markdownEscaped)", ""]
    if let failures = verification.ruleFailureText {
      lines += ["**\(failures.markdownEscaped)**", ""]
      lines += verification.ruleFailures.map { row in
        "- \(row.rule.markdownCode) on \(row.model.markdownEscaped): "
          + "\(row.message.markdownEscaped) (\(row.command.markdownCode))"
      }
      lines.append("")
    }
    if verification.interrupted {
      lines += ["**Interrupted: models are missing.**", ""]
    }
    if counts.total > 0, counts.rigorous == 0 {
      lines += ["Float64 evidence, not proof.", ""]
    }
    lines += [
      "\(verification.scopeText), arithmetic \(verification.arithmetic.rawValue).", "",
      "Updates: \(verification.markCounts.text).", "",
      "| holds | violated | undecided | not applicable |", "|--:|--:|--:|--:|",
      Self.row([
        NumberFormat.count(counts.holds), NumberFormat.count(counts.violated),
        NumberFormat.count(counts.undecided), NumberFormat.count(counts.notApplicable),
      ]), "",
    ]
    lines += badNews(rows)
    lines += models
    lines += rules
    lines += claims(rows)
    lines += refutations
    lines += attainments
    return Data(lines.joined(separator: "\n").utf8)
  }

  private func badNews(_ rows: [ReportRow]) -> [String] {
    let bad = rows.badNews
    guard !bad.isEmpty else { return [] }
    var lines = [
      "## Violated and undecided", "",
      "| verdict | claim | model | update | margin | witness | reproduce |",
      "|---|---|---|---|--:|---|---|",
    ]
    lines += bad.prefix(Self.rowLimit).map { row in
      Self.row([
        row.result.verdict.words, row.result.id.markdownCode, row.model.markdownEscaped,
        row.update.markdownEscaped, row.result.marginText, row.result.witnessText.markdownEscaped,
        row.command.markdownCode,
      ])
    }
    if bad.count > Self.rowLimit {
      lines += ["", "… and \(NumberFormat.count(bad.count - Self.rowLimit)) more in `index.html`."]
    }
    return lines + [""]
  }

  private var models: [String] {
    guard !verification.models.isEmpty else { return [] }
    return [
      "## Models", "",
      "| model | states | actions | γ | η uniform | η optimal | updates | harmful | verdict |",
      "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
      + verification.models.map { model in
        Self.row([
          model.model.name.markdownEscaped, NumberFormat.count(model.model.states),
          NumberFormat.count(model.model.actions), NumberFormat.literal(model.model.discount),
          NumberFormat.text(model.uniformReturn), model.optimalReturnText,
          NumberFormat.count(model.updates.count), NumberFormat.count(model.markCounts[.harmful]),
          model.counts.worst?.words ?? "–",
        ])
      } + [""]
  }

  private func claims(_ rows: [ReportRow]) -> [String] {
    [
      "## Claims", "",
      "| claim | statement | holds | violated | undecided | not applicable | tightest case |",
      "|---|---|--:|--:|--:|--:|---|",
    ]
      + verification.claimSummaries(rows).map { summary in
        let tightest = summary.tightest.map {
          "\($0.text) (\($0.row.model), \($0.row.update))".markdownEscaped
        }
        return Self.row([
          summary.claim.id.markdownCode, summary.claim.statement.markdownEscaped,
          NumberFormat.count(summary.counts.holds), NumberFormat.count(summary.counts.violated),
          NumberFormat.count(summary.counts.undecided),
          NumberFormat.count(summary.counts.notApplicable), tightest ?? "–",
        ])
      } + [""]
  }

  private var rules: [String] {
    let summaries = verification.ruleSummaries
    guard !summaries.isEmpty else { return [] }
    let outcomes = UpdateMark.allCases
    let titles =
      ["rule", "models closed", "median steps", "proved steps"] + outcomes.map(\.rawValue)
    return [
      "## Improvement rules", "", verification.ruleOverviewNote.markdownEscaped, "",
      Self.row(titles + ["verdict"]),
      "|---|" + String(repeating: "--:|", count: titles.count - 1) + "---|",
    ]
      + summaries.map { rule in
        Self.row(
          [
            rule.rule.markdownCode, rule.closedText, rule.medianText,
            NumberFormat.count(rule.stepCount),
          ] + outcomes.map { NumberFormat.count(rule.count($0)) }
            + [rule.counts.worst?.words ?? "–"])
      } + [""]
  }

  private var refutations: [String] {
    guard !verification.refutations.isEmpty else { return [] }
    return [
      "## Counterexamples", "", "| false variant | statement | model | refuted | margin |",
      "|---|---|---|---|--:|",
    ]
      + verification.refutations.map { refutation in
        Self.row([
          refutation.variant.id.markdownCode, refutation.variant.statement.markdownEscaped,
          refutation.model.markdownEscaped, refutation.refutes ? "yes" : "**no**",
          refutation.result.marginText,
        ])
      } + [""]
  }

  private var attainments: [String] {
    guard !verification.attainments.isEmpty else { return [] }
    return [
      "## Attainment", "", "How close the tightest known example brings each bound to equality.",
      "",
      "| bound | example | \\|G\\|/B | the largest possible |", "|---|---|--:|---|",
    ]
      + verification.orderedAttainments.map { example in
        Self.row([
          example.result.id.markdownCode, example.name.markdownEscaped,
          example.attainedText + (example.fault.map { ", **\($0.markdownEscaped)**" } ?? ""),
          example.supremum.markdownEscaped,
        ])
      } + [""]
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }
}

extension String {
  /// The string as Markdown text that shows just these characters, in a table too.
  var markdownEscaped: String {
    var result = ""
    for character in displayable {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "$": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// The string as a code span of a table.
  var markdownCode: String {
    let text = displayable
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    // A table ends cells at pipes even inside code; there alone a backslash escapes within code.
    let cell = text.split(separator: "|", omittingEmptySubsequences: false)
      .joined(separator: "\\|")
    return fence + padding + cell + padding + fence
  }
}
