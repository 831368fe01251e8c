internal import MonotoneFiles

/// Why an environment of Gymnasium cannot be had, or cannot go on.
struct GymnasiumFault: Error, Sendable, Equatable {
  /// The sort of reason.
  var cause: RunFailure.Cause
  /// The fault.
  var message: String
  /// The last words of the worker, line by line.
  var lines: [String] = []

  /// For users.
  func failure(of id: String) -> RunFailure {
    RunFailure(([id + ": " + message] + lines).joined(separator: "\n  "), cause)
  }
}

extension GymnasiumFault {
  /// A refusal of a worker for environments of a family: `KIND MESSAGE`.
  init(_ refusal: Substring, _ family: GymnasiumFamily, _ python: String) {
    let words = refusal.split(separator: " ", maxSplits: 1)
    let message = words.count > 1 ? String(words[1]).displayable : "refused without a reason"
    switch words.first {
    case "package":
      self.init(
        cause: .unreadable, message: "\(python) lacks a package: \(message)",
        lines: [family.isGames ? family.remedy(python) : Self.remedy(python)])
    case "games":
      self.init(
        cause: .unreadable, message: "\(python) lacks a package: \(message)",
        lines: [family.remedy(python)])
    case "old": self.init(cause: .badData, message: message, lines: [Self.remedy(python)])
    case "unknown", "import", "dependency": self.init(cause: .unreadable, message: message)
    case "usage": self.init(cause: .usage, message: message)
    default: self.init(cause: .badData, message: message)
    }
  }

  private static func remedy(_ python: String) -> String {
    "install Gymnasium with `make mujoco` in the folder of Monotone or with `\(python) -m pip install "
      + "gymnasium`, or name another interpreter with --python"
  }
}
