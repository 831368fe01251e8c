import MDPCore
import MonotoneFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The message about arguments that mean nothing.
enum UsageMessage {
  /// A message of the argument parser with the nearest of the values that it lists.
  static func withHint(_ message: String) -> String {
    var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.first, first.contains("' is invalid for '"),
      first.contains("Please provide one of")
    else { return message }
    // Error: The value 'X' is invalid for '--option <option>'. Please provide one of 'A', 'B' or 'C'.
    let quoted = first.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    guard quoted.count > 3 else { return message }
    lines[0] +=
      NearestName.of(quoted[0], among: Array(quoted[2...]))
      .map { " Did you mean '\($0)'?" } ?? ""
    return lines.joined(separator: "\n")
  }
}
