import ArgumentParser

/// `monotone report`.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the report of an earlier verification again.",
    discussion: """
      Every page and figure is made from verification.json alone.

      Example: monotone report reports/latest/verification.json --output reports/again
      """)

  @Argument(help: "A verification.json, or - for standard input.")
  var verification: String

  @Option(help: "The folder to write the report to.")
  var output: String

  @OptionGroup var overwrites: OverwriteOption

  func run() throws {
    try ReportFolder(output, inputs: [verification], overwrites: overwrites).rewrite(verification)
  }
}
