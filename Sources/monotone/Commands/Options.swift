public import Arithmetic
public import ArgumentParser
public import MDPTesting

extension ArithmeticKind: ExpressibleByArgument {}
extension GarnetRewards: ExpressibleByArgument {}

/// The arithmetic of a command.
struct ArithmeticOption: ParsableArguments {
  @Option(help: "The arithmetic to compute in: float64. Rigorous arithmetics are not built yet.")
  var arithmetic: ArithmeticKind = .float64

  func validate() throws {
    guard arithmetic == .float64 else {
      throw ValidationError(
        "--arithmetic \(arithmetic.rawValue) is not available in this version; use float64, whose "
          + "verdicts are evidence within an error bound, not proof")
    }
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
