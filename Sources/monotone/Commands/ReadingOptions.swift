public import ArgumentParser
import MonotoneArithmetic
import MonotoneFiles
public import MDPFormats
import MonotoneReports

extension PolicyPrecision: ExpressibleByArgument {}
extension DecimalReading: ExpressibleByArgument {}
extension TerminalRule: ExpressibleByArgument {}

/// How models of other formats are read.
struct ModelFormatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Format of the model file: \(ModelFormats.names.joined(separator: ", ")). (default: by its name "
        + "and content)", valueName: "format"))
  var format: String?

  @Option(
    help: """
      Discount, in place of the model's; needed by formats that hold none (prism, drn, and others \
      whose file has none).
      """)
  var discount: ExactNumber?

  @Option(
    help: """
      Terminal states of another format: those that the file marks (label "terminal", Gymnasium's \
      terminated), those that absorb without reward, or none. (default: marked where the file marks \
      any, else absorbing)
      """)
  var terminal: TerminalRule?

  @Option(
    help: """
      Numbers of another format as their shortest decimals (in text: as written), as exact binary \
      fractions, or as the simplest fractions within half a unit in the last place. (default: \
      shortest for text, exact for binary)
      """)
  var decimals: DecimalReading?

  @Option(help: "Reward structure of another format, where a file has several.")
  var reward: String?

  func validate() throws {
    if let format, ModelFormats.named(format) == nil {
      throw ValidationError(
        "unknown format \(format); the formats are \(ModelFormats.names.joined(separator: ", "))"
          + NearestName.hint(format, among: ModelFormats.names))
    }
    if let discount, discount.signum < 0 || discount > ExactNumber(1) {
      throw ValidationError("--discount must be in [0, 1], not \(discount)")
    }
  }

  /// Adds what the options ask for.
  func apply(to configuration: inout MDPReaderConfiguration) {
    configuration.format = format
    configuration.discount = discount
    configuration.terminal = terminal
    configuration.decimals = decimals
    configuration.reward = reward
  }
}

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
  @OptionGroup var formats: ModelFormatOptions

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
    formats.apply(to: &configuration)
    return configuration
  }
}

extension MDPReaderConfiguration {
  /// Says which rows were divided by their sums, where the result itself does not.
  func tell(_ normalised: [String], in file: String) {
    if let note = note(normalised, in: file) { Console.note(note) }
  }
}
