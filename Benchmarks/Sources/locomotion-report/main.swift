import Foundation

// Writes LOCOMOTION.md and its figures from the result files of runs, and from nothing else.
//
//     locomotion-report [FOLDER]
//
// FOLDER holds `monotone/`, `sb3-contrib/` and `paper/`; the page is written beside it.

func write(_ text: String, to file: URL) throws {
  try Data(text.utf8).write(to: file, options: .atomic)
}

do {
  let folder = URL(
    fileURLWithPath: CommandLine.arguments.dropFirst().first ?? "Benchmarks/locomotion")
  guard FileManager.default.fileExists(atPath: folder.path) else {
    FileHandle.standardError.write(
      Data("locomotion-report: \(folder.relativePath): no such folder of results\n".utf8))
    exit(66)
  }
  let results = { (name: String) in try RunResult.read(folder.appendingPathComponent(name)) }
  let comparison = try LocomotionComparison(
    runs: results("monotone"), peers: results("sb3-contrib"))
  let paper = try PaperShape(runs: results("paper"))

  let figures = folder.appendingPathComponent("figures")
  try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
  for (name, figure) in comparison.figures + paper.figures {
    try write(figure.svg, to: figures.appendingPathComponent("\(name).svg"))
  }
  let page = [Page.introduction(comparison, paper), comparison.section, paper.section]
    .joined(separator: "\n\n")
  try write(
    page + "\n", to: folder.deletingLastPathComponent().appendingPathComponent("LOCOMOTION.md"))
} catch {
  FileHandle.standardError.write(Data("locomotion-report: \(error)\n".utf8))
  exit(65)
}
