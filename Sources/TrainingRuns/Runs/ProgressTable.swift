package import MonotoneFiles

/// Progress as comma-separated values, a line an iteration below a line of names.
///
/// Numbers are in the shortest form that reads back as the same number; what is undefined is
/// blank, what is infinite `inf` or `-inf`. Texts with commas, quotes or line ends are quoted, and lines end in CR LF, as RFC
/// 4180 wants.
package final class ProgressTable {
  /// The content of one cell.
  package enum Cell: Sendable, Equatable {
    case integer(Int)
    case number(Double)
    case text(String)

    var written: String {
      switch self {
      case .integer(let value): value.description
      // NaN says that there is no number.
      case .number(let value): value.isNaN ? "" : value.description
      case .text(let value): Self.quoted(value)
      }
    }

    /// The text, in quotes where it needs them.
    private static func quoted(_ text: String) -> String {
      guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D })
      else { return text }
      return "\""
        + text.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
    }
  }

  /// The names of the columns.
  package let columns: [String]
  private let file: GrowingFile

  /// Opens a table, or one that was begun as it was at a length.
  ///
  /// - Parameters:
  ///   - columns: The names of the columns, the same as when it was begun.
  ///   - length: ``length`` when the run that goes on was saved; 0 to begin anew.
  package init(path: String, columns: [String], length: Int = 0) throws(UnwritableOutput) {
    precondition(!columns.isEmpty, "a table without columns")
    self.columns = columns
    file = try GrowingFile(path: path, length: length)
    if length == 0 { try write(columns.map(Cell.text)) }
  }

  /// How many bytes the file has.
  package var length: Int { file.length }

  /// Writes a row.
  package func write(_ cells: [Cell]) throws(UnwritableOutput) {
    precondition(
      cells.count == columns.count, "\(cells.count) cells for \(columns.count) columns")
    try file.write(Array((cells.map(\.written).joined(separator: ",") + "\r\n").utf8))
  }

  /// Waits until everything written is on the disk.
  package func synchronize() throws(UnwritableOutput) { try file.synchronize() }
}
