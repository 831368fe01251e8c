import ArgumentParser
import MonotoneFiles

/// `monotone report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the report of an earlier run from its data.",
    discussion: """
      Makes every page and figure of a verification from verification.json; nothing is computed again. \
      A folder holds the training runs of the experiments of Schulman et al. 2015, which make paper \
      leaves in reports/paper/data: their report has learning curves, paired tests, and a map of the paper.

      Example: monotone report reports/latest/verification.json --output reports/again
      """)

  @Argument(
    help: "A verification.json file, - for standard input, or a folder of runs of the paper.")
  var source: String

  @Option(help: "Folder of the report.")
  var output: String

  @OptionGroup var overwrites: OverwriteOption

  func run() throws {
    if FileSystem.isFolder(source) {
      try ReportFolder(output, for: .paper, inputs: [source], overwrites: overwrites)
        .writePaper(from: source)
    } else {
      try ReportFolder(output, inputs: [source], overwrites: overwrites).rewrite(source)
    }
  }
}
