import ArgumentParser
import MDPFormats

/// `monotone validate`.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check model, policy and batch files for faults.",
    discussion: """
      Prints one line per fault, as file:line:column: path: what is wrong and how to correct it. A file \
      that is not JSON has one fault, the first. Of a file with more than 100 faults the rest are counted.

      Example: monotone validate mdps/*.json

      Exit status: 0 all files are valid; 65 a file has faults; 66 a file cannot be read.
      """)

  @Argument(help: "MDP, policy, batch, refutation and attainment files, or - for standard input.")
  var files: [String]

  @Option(help: "Also check policy and batch files against this model.")
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
