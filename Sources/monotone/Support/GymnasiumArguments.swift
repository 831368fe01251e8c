import ArgumentParser
import MonotoneFiles
import Simulators
import TrainingRuns

/// How an environment of Gymnasium is made.
struct GymnasiumArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keyword arguments of gymnasium.make, for gym: environments, as a JSON object. (default: {})",
      valueName: "json"))
  var gymMake: String?

  @Option(
    help: ArgumentHelp(
      """
      Python module to import, which registers gym: environments; found as Python finds modules, the \
      current folder first. May be repeated.
      """, valueName: "module"))
  var gymImport: [String] = []

  @Option(
    help: ArgumentHelp(
      "Python interpreter that has gymnasium, for gym: environments. (default: python3)",
      valueName: "program"))
  var python: String?

  @Option(
    help: ArgumentHelp(
      """
      Seconds within which gym: environments must be made, and within which a step of all of them must be \
      done; then the run ends. (default: 60)
      """, valueName: "seconds"))
  var gymTimeout: Double?

  /// The options of a name: those that were given, over those that a run recorded.
  func options(
    of name: String, recorded: GymnasiumOptions? = nil
  ) throws(CommandFailure) -> GymnasiumOptions {
    let given = [
      ("--gym-make", gymMake != nil), ("--gym-import", !gymImport.isEmpty),
      ("--python", python != nil), ("--gym-timeout", gymTimeout != nil),
    ]
    if let option = given.first(where: \.1)?.0, !TrainingWorld.isGymnasium(name) {
      throw CommandFailure(
        "\(option) is for environments of Gymnasium: gym:ENV_ID, not \(name)", .usage)
    }
    var options = recorded ?? GymnasiumOptions()
    if let gymMake { options.makeArguments = gymMake }
    if !gymImport.isEmpty { options.imports = gymImport }
    if let python { options.python = python }
    if let gymTimeout { options.timeout = gymTimeout }
    return options
  }
}
