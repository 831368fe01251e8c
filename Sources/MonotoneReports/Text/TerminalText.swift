internal import MonotoneArithmetic

/// A report for a terminal: the headline, then its sections.
struct TerminalText {
  let report: SectionedReport

  init(_ report: SectionedReport) { self.report = report }

  /// The text; ends in a newline.
  var text: String {
    var lines = [report.headline + (report.qualifier.map { " (\($0))" } ?? "")]
    for notice in report.notices {
      lines.append("\(notice.title.displayable) \(Self.text(notice.text))")
    }
    for section in report.shown(on: .terminal) {
      lines += ["", section.heading.displayable]
      for block in section.blocks.shown(on: .terminal) { lines += Self.lines(block) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ block: ReportBlock) -> [String] {
    switch block {
    case .paragraph(let text): Self.text(text).wrapped(88).map { "  \($0)" }
    case .facts(let facts):
      facts.map { fact in
        let padding = String(
          repeating: " ", count: nameWidth(facts) - fact.name.displayable.displayWidth)
        return "  \(fact.name.displayable)\(padding)  \(text(fact.value))"
      }
    case .tiles(let tiles):
      ["  " + tiles.map { "\(NumberFormat.count($0.count)) \($0.noun)" }.joined(separator: ", ")]
    case .table(let table): lines(table)
    case .listing(let lines), .commands(let lines): lines.map { "  \($0.displayable)" }
    case .figures, .folded, .results, .only: []
    }
  }

  private static func nameWidth(_ facts: [ReportBlock.Fact]) -> Int {
    facts.map(\.name.displayable.displayWidth).max() ?? 0
  }

  /// A table, with the command of a row below it.
  static func lines(_ table: ReportTable, indent: Int = 2) -> [String] {
    var text = TextTable(
      table.columns.map { .init($0.title.displayable, $0.isNumber ? .right : .left) })
    let shown = table.rows.prefix(table.limit)
    for row in shown { text.add(row.cells.map(Self.text)) }
    let margin = String(repeating: " ", count: indent)
    let all = text.lines(indent: indent)
    var lines = Array(all.prefix(2))
    for (line, row) in zip(all.dropFirst(2), shown) {
      lines.append(line)
      if let command = row.command { lines.append("\(margin)  \(command.displayable)") }
    }
    if table.hiddenCount > 0 {
      lines.append("\(margin)… and \(NumberFormat.count(table.hiddenCount)) more")
    }
    return lines
  }

  private static func text(_ text: RichText) -> String {
    text.pieces.map { piece in
      switch piece {
      case .plain(let text), .formula(let text), .link(let text, to: _), .code(let text),
        .command(let text), .strong(let text), .verdict(_, let text):
        text.displayable
      case .note: ""
      }
    }.joined()
  }
}
