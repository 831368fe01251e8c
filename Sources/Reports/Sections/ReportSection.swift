/// A table with what it means, for a page and for a summary.
struct ReportSection {
  var heading: String
  var text: String
  /// Columns of numbers begin with `#`.
  var columns: [String]
  var rows: [[String]]

  /// As a section of a page.
  var html: String {
    """
    <section>
    <h2>\(heading.htmlEscaped)</h2>
    <p>\(text.htmlEscaped)</p>
    \(HTML.table(columns, rows.map { $0.map(\.htmlName) }, label: heading))
    </section>
    """
  }

  /// As lines of Markdown.
  var markdown: [String] {
    let heads = columns.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
    let rules = columns.map { $0.hasPrefix("#") ? "--:" : "---" }
    return ["## \(heading)", "", text, ""]
      + ([heads, rules] + rows).map { cells in
        "| "
          + cells.map { $0.displayable.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
      }
  }
}

/// A chart and what it shows.
struct CaptionedChart {
  var chart: ChartFigure
  var caption: String
}
