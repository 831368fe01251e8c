import ArgumentParser

/// `monotone report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the report of an earlier verification from its data.",
    discussion: """
      Makes every page and figure from verification.json; nothing is computed again.

      Example: monotone report reports/latest/verification.json --output reports/again
      """)

  @Argument(help: "A verification.json file, or - for standard input.")
  var verification: String

  @Option(help: "Folder of the report.")
  var output: String

  @OptionGroup var overwrites: OverwriteOption

  func run() throws {
    try ReportFolder(output, inputs: [verification], overwrites: overwrites).rewrite(verification)
  }
}
