package import MDPGuarantees

/// A table of a report.
package struct ReportTable: Sendable {
  /// A column with its title.
  package struct Column: Sendable, ExpressibleByStringLiteral {
    package var title: String
    /// Whether it holds numbers, which stand at its right.
    package var isNumber: Bool

    /// A title that begins with `#` is that of a column of numbers.
    package init(_ title: String) {
      isNumber = title.hasPrefix("#")
      self.title = isNumber ? String(title.dropFirst()) : title
    }

    package init(stringLiteral value: String) { self.init(value) }
  }

  /// A row.
  package struct Row: Sendable {
    package var cells: [RichText]
    /// The colour of the row; nil for none.
    package var emphasis: Verdict?
    /// The command that shows the row's result again; of successive rows with one command, the last has it.
    package var command: String?

    package init(_ cells: [RichText], emphasis: Verdict? = nil, command: String? = nil) {
      self.cells = cells
      self.emphasis = emphasis
      self.command = command
    }
  }

  /// The subject of the table, for readers who do not see it.
  package var label: String
  package var columns: [Column]
  package var rows: [Row]
  /// So many rows at most outside of the page.
  package var limit = 50

  package init(_ label: String, _ columns: [Column], _ rows: [Row], limit: Int = 50) {
    self.label = label
    self.columns = columns
    self.rows = rows
    self.limit = limit
  }

  /// How many rows a summary leaves out.
  var hiddenCount: Int { max(0, rows.count - limit) }
}
