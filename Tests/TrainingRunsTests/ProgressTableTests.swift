import Foundation
import TestSupport
import Testing

import NeuralTRPO

@testable import TrainingRuns

@Suite("Progress table", .tags(.slow))
struct ProgressTableTests {
  static let columns = ["iteration", "return, mean", "outcome"]
  static let rows: [[ProgressTable.Cell]] = [
    [.integer(1), .number(0.1), .text("accepted")],
    [.integer(2), .number(-1e-300), .text("said \"no\", twice")],
    [.integer(3), .number(.nan), .text("two\r\nlines")],
    [.integer(-4), .number(-.infinity), .text("")],
    [.integer(.max), .number(1.0 / 3), .text("größer")],
    [.integer(5), .number(5), .text("a\nb")],
    [.integer(6), .number(6e22), .text("a\rb")],
    [.integer(7), .number(-0.0), .text("a\"b")],
  ]
  static let text = """
    iteration,"return, mean",outcome\r
    1,0.1,accepted\r
    2,-1e-300,"said ""no"", twice"\r
    3,,"two\r
    lines"\r
    -4,-inf,\r
    9223372036854775807,0.3333333333333333,größer\r
    5,5.0,"a
    b"\r
    6,6e+22,"a\rb"\r
    7,-0.0,"a""b"\r

    """

  private static func write(
    _ rows: some Sequence<[ProgressTable.Cell]>, to url: URL, length: Int = 0
  ) throws -> [Int] {
    let table = try ProgressTable(path: url.path, columns: columns, length: length)
    var lengths = [table.length]
    for row in rows {
      try table.write(row)
      lengths.append(table.length)
    }
    try table.synchronize()
    return lengths
  }

  @Test("Names and rows, quoted where they must be")
  func written() throws {
    try TemporaryFolder.with { folder in
      let url = folder.appendingPathComponent("progress.csv")
      _ = try Self.write(Self.rows, to: url)
      #expect(try Data(contentsOf: url) == Data(Self.text.utf8))
    }
  }

  @Test("Python reads the same cells", .enabled(if: Python.isAvailable, Python.reason))
  func python() throws {
    try TemporaryFolder.with { folder in
      _ = try Self.write(Self.rows, to: folder.appendingPathComponent("progress.csv"))
      let cells = try Python.run(
        """
        import csv, json
        with open("progress.csv", newline="", encoding="utf-8") as file:
            print(json.dumps(list(csv.reader(file, strict=True))))
        """, in: folder, as: [[String]].self)
      #expect(cells.first == Self.columns && cells.count == 1 + Self.rows.count)
      for (cells, row) in zip(cells.dropFirst(), Self.rows) {
        for (cell, truth) in zip(cells, row) {
          switch truth {
          case .integer(let value): #expect(Int(cell) == value)
          case .text(let value): #expect(cell == value)
          case .number(let value): #expect(value.isNaN ? cell.isEmpty : Double(cell) == value)
          }
        }
      }
    }
  }

  @Test("A run that goes on leaves the bytes of one that was never stopped")
  func resumed() throws {
    try TemporaryFolder.with { folder in
      let url = folder.appendingPathComponent("progress.csv")
      let lengths = try Self.write(Self.rows, to: url)
      try Data(Self.text.utf8).dropLast(3).write(to: url)
      _ = try Self.write(Self.rows[2...], to: url, length: lengths[2])
      #expect(try Data(contentsOf: url) == Data(Self.text.utf8))
    }
  }
}
