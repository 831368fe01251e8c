/// A plain-text table with aligned columns: words to the left, numbers to the right.
struct TextTable: Sendable {
  /// On which side the cells of a column line up.
  enum Alignment: Sendable {
    case left, right
  }

  /// The head of a column.
  struct Column: Sendable {
    /// Its title.
    var title: String
    /// Its alignment.
    var alignment: Alignment

    init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row.
  ///
  /// - Precondition: one cell a column.
  mutating func add(_ cells: [String]) {
    precondition(
      cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    rows.append(cells.map(\.displayable))
  }

  /// The lines of the table: titles, a rule, the rows. No line ends in spaces.
  func lines(indent: Int = 0) -> [String] {
    let titles = columns.map(\.title)
    var widths = titles.map(\.displayWidth)
    for row in rows {
      for (index, cell) in row.enumerated() {
        widths[index] = max(widths[index], cell.displayWidth)
      }
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([titles, rule] + rows).map { row in
      let cells = row.indices.map { index in
        let padding = String(repeating: " ", count: widths[index] - row[index].displayWidth)
        return columns[index].alignment == .left ? row[index] + padding : padding + row[index]
      }
      let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Whether no row was added.
  var isEmpty: Bool { rows.isEmpty }
}
