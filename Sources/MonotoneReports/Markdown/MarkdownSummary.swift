internal import MonotoneArithmetic

/// A report as a page of Markdown, for the summary of a CI job or a pull request.
struct MarkdownSummary {
  let report: SectionedReport

  init(_ report: SectionedReport) { self.report = report }

  /// The text; ends in a newline.
  var text: String {
    var lines = [
      "# \(report.title.markdownEscaped)", "", "**\(report.headline.markdownEscaped)**", "",
    ]
    for notice in report.notices {
      lines += ["> **\(notice.title.markdownEscaped)** \(Self.text(notice.text))", ""]
    }
    lines += [Self.text(report.opening), ""]
    for section in report.shown(on: .summary) {
      lines += ["## \(section.heading.markdownEscaped)", ""]
      for block in section.blocks.shown(on: .summary) { lines += Self.lines(block) }
    }
    return lines.joined(separator: "\n").trimmingNewlines + "\n"
  }

  /// A block with an empty line after it.
  private static func lines(_ block: ReportBlock) -> [String] {
    switch block {
    case .paragraph(let text): [Self.text(text), ""]
    case .facts(let facts):
      facts.map { "- \($0.name.markdownEscaped): \(text($0.value))" } + [""]
    case .tiles(let tiles):
      [
        row(tiles.map(\.name.markdownEscaped)), row(tiles.map { _ in "--:" }),
        row(tiles.map { NumberFormat.count($0.count) }), "",
      ]
    case .table(let table): lines(table)
    case .listing(let lines), .commands(let lines):
      ["```"] + lines.map(\.displayable) + ["```", ""]
    case .figures, .folded, .results, .only: []
    }
  }

  private static func lines(_ table: ReportTable) -> [String] {
    let hasCommands = table.rows.contains { $0.command != nil }
    let titles = table.columns.map(\.title.markdownEscaped) + (hasCommands ? ["reproduce"] : [])
    let rules = table.columns.map { $0.isNumber ? "--:" : "---" } + (hasCommands ? ["---"] : [])
    var lines = [row(titles), row(rules)]
    lines += table.rows.prefix(table.limit).map { line in
      row(line.cells.map(text) + (hasCommands ? [line.command?.markdownCode ?? ""] : []))
    }
    if table.hiddenCount > 0 {
      lines += ["", "… and \(NumberFormat.count(table.hiddenCount)) more in `index.html`."]
    }
    return lines + [""]
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func text(_ text: RichText) -> String {
    text.pieces.map { piece in
      switch piece {
      case .plain(let text), .formula(let text), .link(let text, to: _): text.markdownEscaped
      case .verdict(.violated, let words): "**\(words.markdownEscaped)**"
      case .verdict(_, let words): words.markdownEscaped
      case .code(let text), .command(let text): text.markdownCode
      case .strong(let text): "**\(text.markdownEscaped)**"
      case .note: ""
      }
    }.joined()
  }
}

extension String {
  fileprivate var trimmingNewlines: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
