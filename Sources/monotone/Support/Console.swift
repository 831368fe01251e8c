import Foundation

/// What goes to the terminal beside results: errors, and progress while somebody watches.
enum Console {
  /// Whether standard error is a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Prints a message to standard error.
  static func error(_ message: String) {
    FileHandle.standardError.write(Data("monotone: \(message)\n".utf8))
  }

  /// Prints a line about how things go to standard error.
  static func note(_ message: String) {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
  }

  /// Prints to standard output.
  static func output(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// Replaces the progress line; silent unless standard error is a terminal.
  static func progress(_ text: String) {
    guard isTerminal else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }

  /// Clears the progress line.
  static func endProgress() { progress("") }
}
