public import Arithmetic
public import ArgumentParser
import Guarantees
public import MDPTesting
import MDPVerification
internal import NeuralTRPO
public import Reports
import TrainingRuns

extension ArithmeticKind: ExpressibleByArgument {}
extension CheckDocument.Version: ExpressibleByArgument {}
extension GarnetRewards: ExpressibleByArgument {}
extension TrainingPreset: ExpressibleByArgument {}

/// The arithmetic of a command.
struct ArithmeticOption: ParsableArguments {
  @Option(
    help: """
      How verdicts are reached: float64 (evidence within an error bound), certified (proofs in \
      balls), exact (proofs in rationals), or auto (certified, and exact for what that leaves open).
      """)
  var arithmetic: ArithmeticKind = .auto

  @Flag(help: "Solve exactly however long that may take.")
  var force = false

  /// What the options ask for.
  var rigour: Rigour {
    var configuration = UpdateVerifier.Configuration()
    if force { configuration.exactSecondsLimit = .infinity }
    configuration.announce = { Console.note(ExactSeconds.announcement($0)) }
    return Rigour(arithmetic, configuration: configuration)
  }
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
