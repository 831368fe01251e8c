import Foundation
import MonotoneReports

/// A folder of result files, and the page that is written beside it.
package struct ReportFolder {
  package let url: URL
  private let program: String

  /// The folder that the first argument names.
  ///
  /// Ends the program with status 66 if there is none.
  package init(_ program: String, default path: String) {
    self.program = program
    url = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      say("\(url.relativePath): no such folder of results")
      exit(66)
    }
  }

  /// The results of a folder in it.
  package func results(_ name: String) throws -> [RunResult] {
    try RunResult.read(url.appendingPathComponent(name))
  }

  /// Writes a page and its figures.
  package func write(
    _ sections: [String], to page: String, figures: [(name: String, figure: LearningCurvesFigure)]
  ) throws {
    let folder = url.appendingPathComponent("figures")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, figure) in figures {
      try write(figure.svg, to: folder.appendingPathComponent("\(name).svg"))
    }
    try write(
      sections.joined(separator: "\n\n") + "\n",
      to: url.deletingLastPathComponent().appendingPathComponent(page))
  }

  /// Does what may fail; ends the program with status 65 if it does.
  package func attempt(_ body: () throws -> Void) {
    do { try body() } catch {
      say("\(error)")
      exit(65)
    }
  }

  private func write(_ text: String, to file: URL) throws {
    try Data(text.utf8).write(to: file, options: .atomic)
  }

  private func say(_ text: String) {
    FileHandle.standardError.write(Data("\(program): \(text)\n".utf8))
  }
}
