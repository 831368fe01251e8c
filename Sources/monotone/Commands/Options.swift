public import MonotoneArithmetic
public import ArgumentParser
import MDPGuarantees
import MonotoneFiles
public import MDPTesting
import MDPVerification
internal import NeuralTRPO
public import MonotoneReports
import TrainingRuns

extension ArithmeticKind: ExpressibleByArgument {}
extension CheckDocument.Version: ExpressibleByArgument {}
extension GarnetRewards: ExpressibleByArgument {}

extension TrainingPreset {
  /// The preset of a name; the library of arguments names the nearest only where there are few.
  static func named(_ text: String) throws -> TrainingPreset {
    if let preset = TrainingPreset(rawValue: text) { return preset }
    let names = allCases.map(\.rawValue)
    throw ValidationError(
      "expected one of \(names.joined(separator: ", "))"
        + NearestName.hint(text, among: names))
  }
}

/// The arithmetic of a command.
struct ArithmeticOption: ParsableArguments {
  @Option(
    help: """
      Arithmetic of the verdicts: float64 (evidence with an error bound), certified (proof in \
      interval arithmetic), exact (proof in rational numbers), or auto (certified, then exact where \
      certified does not decide).
      """)
  var arithmetic: ArithmeticKind = .auto

  @Flag(help: "Compute exactly, whatever time it takes.")
  var force = false

  /// The rigour that the options ask for.
  var rigour: Rigour {
    var configuration = UpdateVerifier.Configuration()
    if force { configuration.exactSecondsLimit = .infinity }
    configuration.announce = { Console.note(ExactSeconds.announcement($0)) }
    return Rigour(arithmetic, configuration: configuration)
  }
}

/// How strong verdicts must be.
struct StrictOption: ParsableArguments {
  @Flag(
    help: """
      Exit with status 3 if an equality is only consistent: interval arithmetic did not refute it, and \
      cannot prove it.
      """)
  var strict = false
}

/// The library of a simulator.
struct SimulatorOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      File of libmujoco, for robots. (default: that of the environment variable MONOTONE_MUJOCO, else of \
      the Python package mujoco that python3 finds)
      """, valueName: "file"))
  var mujoco: String?
}

/// Where results go.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print the result as JSON instead of tables.")
  var json = false
}

extension ExactNumber: ExpressibleByArgument {
  public init?(argument: String) {
    guard let number = try? ExactNumber(parsing: argument) else { return nil }
    self = number
  }
}
