/// How a model was read from a file of another format, where that is not the only way to read it.
///
/// Other formats leave things open that a proof depends on. Every choice that a reader made stands here, and
/// goes with the model into results: no guess enters a proof in silence.
public struct ModelReading: Sendable, Equatable, Codable {
  /// The name of the format, such as `drn`.
  public var format: String
  /// Where γ comes from: `file`, or `option` where it was given beside the file.
  public var discount: String
  /// How numbers became rational: `exact`, `shortest` or `simplest`; nil where the file holds rationals.
  public var decimals: String?
  /// Which states are terminal: those that are `marked`, those that absorb without reward (`absorbing`),
  /// or none.
  public var terminal: String
  /// How many states that rule made terminal.
  public var terminalStates: Int
  /// The reward structure that was taken; nil where there is none or it has no name.
  public var reward: String?
  /// Where episodes start: as the file says (`file`), each of several initial states alike (`uniform`),
  /// or state 0, because the file does not say (`first`).
  public var initial: String
  /// The names of actions: their `labels`, or the `numbers` of choices within their state.
  public var actions: String
  /// The files that were read beside the one that was named.
  public var files: [String]?

  /// A reading from its parts.
  public init(
    format: String, discount: String, decimals: String?, terminal: String, terminalStates: Int,
    reward: String? = nil, initial: String, actions: String, files: [String]? = nil
  ) {
    self.format = format
    self.discount = discount
    self.decimals = decimals
    self.terminal = terminal
    self.terminalStates = terminalStates
    self.reward = reward
    self.initial = initial
    self.actions = actions
    self.files = files
  }
}

extension ModelReading: CustomStringConvertible {
  /// `read as drn: numbers shortest, discount by option, 1 terminal state (absorbing)`.
  public var description: String {
    var parts = [decimals.map { "numbers \($0)" } ?? "numbers rational"]
    if discount == "option" { parts.append("discount by option") }
    parts.append(
      "\(terminalStates) terminal state\(terminalStates == 1 ? "" : "s") (\(terminal))")
    switch initial {
    case "uniform": parts.append("initial states equally likely")
    case "first": parts.append("initial state 0, for none is given")
    default: break
    }
    if let reward { parts.append("reward \(reward)") }
    if actions == "numbers" { parts.append("actions by number") }
    if let files { parts.append("with \(files.joined(separator: ", "))") }
    return "read as \(format): " + parts.joined(separator: ", ")
  }
}
