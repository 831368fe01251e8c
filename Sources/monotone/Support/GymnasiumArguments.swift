import ArgumentParser
import MonotoneFiles
import Simulators
import TrainingRuns

/// How an environment of Gymnasium or a game is made.
struct GymnasiumArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Keyword arguments of gymnasium.make, for gym: environments, or of a game, for atari: and minatar:, as \
      a JSON object. (default: {})
      """,
      valueName: "json"))
  var gymMake: String?

  @Option(
    help: ArgumentHelp(
      """
      Probability with which a game repeats the action before. (default: 0 for atari:, 0.1 for minatar:)
      """, valueName: "probability"))
  var stickyActions: Double?

  @Flag(
    help:
      """
      All actions of the console instead of those that the game uses: for atari: the joystick as three \
      independent choices (3 × 3 × 2), for minatar: six actions.
      """)
  var fullActionSet = false

  @Option(
    help: ArgumentHelp(
      """
      Python module to import, which registers gym: environments; found as Python finds modules, the \
      current folder first. May be repeated.
      """, valueName: "module"))
  var gymImport: [String] = []

  @Option(
    help: ArgumentHelp(
      "Python interpreter that has gymnasium, for gym:, atari: and minatar:. (default: python3)",
      valueName: "program"))
  var python: String?

  @Option(
    help: ArgumentHelp(
      """
      Seconds within which gym:, atari: or minatar: environments must be made, and within which a step of \
      all of them must be done; then the run ends. (default: 60)
      """, valueName: "seconds"))
  var gymTimeout: Double?

  /// The options of a name: those that were given, over those that a run recorded.
  func options(
    of name: String, recorded: GymnasiumOptions? = nil
  ) throws(CommandFailure) -> GymnasiumOptions {
    let given = [
      ("--gym-make", gymMake != nil), ("--gym-import", !gymImport.isEmpty),
      ("--python", python != nil), ("--gym-timeout", gymTimeout != nil),
      ("--sticky-actions", stickyActions != nil), ("--full-action-set", fullActionSet),
    ]
    if let option = given.first(where: \.1)?.0, !TrainingWorld.isGymnasium(name) {
      throw CommandFailure(
        "\(option) is for environments of Gymnasium, gym:ENV_ID, and for games, atari:GAME and "
          + "minatar:GAME, not \(name)", .usage)
    }
    var options = recorded ?? GymnasiumOptions()
    if let gymMake { options.makeArguments = gymMake }
    if !gymImport.isEmpty { options.imports = gymImport }
    if let python { options.python = python }
    if let gymTimeout { options.timeout = gymTimeout }
    options.stickyActions = stickyActions
    if fullActionSet { options.hasFullActionSet = true }
    return options
  }
}
