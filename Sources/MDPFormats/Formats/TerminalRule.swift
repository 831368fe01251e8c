/// Which states of a file of another format are terminal.
public enum TerminalRule: String, Sendable, CaseIterable {
  /// Those that the file marks: by the label `terminal`, or as Gymnasium does by `terminated`.
  case marked
  /// Those that every choice leads back to with probability 1 and reward 0, and those without choices.
  case absorbing
  /// None: every state keeps its choices.
  case none
}
