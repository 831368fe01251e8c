/// Words of a shell command.
public enum ShellWord {
  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=")

  /// A word as a POSIX shell reads it back.
  public static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.allSatisfy(plain.contains) { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// Words as a command line.
  public static func line(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }
}
