import MonotoneFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Output to the terminal: results, and beside them errors, and progress while somebody watches.
enum Console {
  /// Whether standard error is a terminal.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Prints a message to standard error.
  static func error(_ message: String) { writeError("monotone: \(message)\n") }

  /// Prints a line about how things go to standard error.
  static func note(_ message: String) { writeError("\(message)\n") }

  /// Prints to standard output.
  ///
  /// - Throws: ``CommandFailure`` where it is closed, full, or nobody reads it any more.
  static func output(_ text: String) throws(CommandFailure) { try output(Array(text.utf8)) }

  /// Writes bytes to standard output.
  static func output(_ bytes: [UInt8]) throws(CommandFailure) {
    do throws(UnwritableOutput) {
      try SystemWrite.all(bytes, to: STDOUT_FILENO, named: "standard output")
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Replaces the progress line; silent unless standard error is a terminal.
  static func progress(_ text: String) {
    guard isTerminal else { return }
    writeError("\r\u{1B}[K\(text)")
  }

  /// Clears the progress line.
  static func endProgress() { progress("") }

  /// A message that cannot be written is dropped: the exit status still tells.
  private static func writeError(_ text: String) {
    try? SystemWrite.all(Array(text.utf8), to: STDERR_FILENO, named: "standard error")
  }

  /// Says nothing from now on.
  static func silence() {
    let nowhere = open("/dev/null", O_WRONLY)
    guard nowhere >= 0 else { return }
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] { _ = dup2(nowhere, descriptor) }
  }

  /// Keeps files that are opened later from taking the place of a closed standard stream.
  ///
  /// Each gets `/dev/null` the wrong way round, so that reading or writing it still fails.
  static func keepStandardStreams() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ] where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one, as those below are taken.
      _ = open("/dev/null", mode)
    }
  }
}
