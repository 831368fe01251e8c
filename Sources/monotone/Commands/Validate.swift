import ArgumentParser
import MDPFormats

/// `monotone validate`.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that model, policy and batch files are well formed.",
    discussion: """
      Prints one line a fault: file:line:column: path: what is wrong and what to do. A file with a \
      syntax fault has just that one; after 100 faults of a file the rest are counted.

      Example: monotone validate mdps/*.json

      Exit status: 0 all files are valid; 65 some file has faults; 66 some file cannot be read.
      """)

  @Argument(help: "MDP, policy, batch, refutation and attainment files, or - for standard input.")
  var files: [String]

  @Option(help: "Check policy and batch files against this model too.")
  var mdp: String?

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var output: JSONOption

  func run() throws {
    let configuration = reading.configuration
    let model = try mdp.map { try InputFile.model($0, configuration) }
    let inputs = try files.map { try InputFile.bytes($0) }
    let report = ValidationReport(
      files: inputs.map {
        Validator.validate($0, against: model, configuration: configuration)
      })
    if output.json {
      try Console.output(report.json)
    } else {
      for file in report.files where !file.isValid { try Console.output(file.description + "\n") }
      for file in report.files { reading.configuration.tell(file.normalised, in: file.file) }
    }
    if !report.isValid { try ExitStatus.badData.leave() }
  }
}
