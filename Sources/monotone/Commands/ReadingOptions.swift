public import ArgumentParser
import MonotoneArithmetic
public import MDPFormats
import MonotoneReports

extension PolicyPrecision: ExpressibleByArgument {}

/// How the rows of models are read.
struct ModelReadingOptions: ParsableArguments {
  @Option(
    name: [.customLong("normalise"), .customLong("normalize")],
    help: ArgumentHelp(
      """
      Divide rows of probabilities by their sum where the sum is within this tolerance of 1; above \
      0, at most 0.1. Results list these rows. (default: 1e-9)
      """, valueName: "tolerance"))
  var normalise: ExactNumber?

  func validate() throws {
    guard let normalise else { return }
    guard normalise.signum > 0, normalise <= RowTolerance.largest else {
      throw ValidationError(
        "--normalise must be a tolerance above 0 and at most 0.1, not \(normalise)")
    }
  }

  /// The configuration that the options ask for.
  var configuration: MDPReaderConfiguration {
    var configuration = MDPReaderConfiguration()
    configuration.rowTolerance.stated = normalise
    return configuration
  }
}

/// How the rows of models and policies are read.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var models: ModelReadingOptions

  @Option(
    help: """
      Floating-point precision in which policy files were computed. With float32, rows of n \
      probabilities may differ from 1 by (n + 1)/2^24. Arrays of float32 are always read this way. \
      (default: float64)
      """)
  var precision: PolicyPrecision?

  /// The configuration that the options ask for.
  var configuration: MDPReaderConfiguration {
    var configuration = models.configuration
    if let precision { configuration.rowTolerance.precision = precision }
    return configuration
  }
}

extension MDPReaderConfiguration {
  /// Says which rows were divided by their sums, where the result itself does not.
  func tell(_ normalised: [String], in file: String) {
    if let note = note(normalised, in: file) { Console.note(note) }
  }
}
