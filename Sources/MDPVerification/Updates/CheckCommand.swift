package import MonotoneArithmetic
package import MDPFormats
internal import MonotoneFiles

/// The command that checks an update again, with the same verdict.
package struct CheckCommand {
  /// The claims that are checked.
  package enum Subject {
    case allClaims
    /// A claim by its identifier or its text, with values for its parameters.
    case claim(String, parameters: [String: ExactNumber])
    /// A false variant by its identifier.
    case variant(String)
  }

  package var mdp: String
  /// Policies as arguments.
  package var current: String
  package var candidate: String
  package var subject: Subject
  package var arithmetic: Rigour?
  package var reading: MDPReaderConfiguration?

  package init(
    mdp: String, current: String, candidate: String, subject: Subject = .allClaims,
    arithmetic: Rigour? = nil, reading: MDPReaderConfiguration? = nil
  ) {
    self.mdp = mdp
    self.current = current
    self.candidate = candidate
    self.subject = subject
    self.arithmetic = arithmetic
    self.reading = reading
  }

  /// The command for a POSIX shell.
  package var line: String {
    ShellWord.line(
      ["monotone", "check", mdp, "--current", current, "--candidate", candidate]
        + subject.arguments + (arithmetic?.arguments ?? [])
        + (reading?.arguments ?? []))
  }
}

extension MDPReaderConfiguration {
  /// The options of the command line that ask for the same.
  package var arguments: [String] {
    let isFloat64 = rowTolerance.precision == .float64
    let options: [(name: String, value: String?)] = [
      ("--normalise", rowTolerance.stated?.description),
      ("--precision", isFloat64 ? nil : rowTolerance.precision.rawValue),
      ("--format", format), ("--discount", discount?.description),
      ("--terminal", terminal?.rawValue), ("--decimals", decimals?.rawValue), ("--reward", reward),
    ]
    return options.flatMap { option in option.value.map { [option.name, $0] } ?? [] }
  }
}

extension CheckCommand.Subject {
  fileprivate var arguments: [String] {
    switch self {
    case .allClaims: []
    case .variant(let id): ["--variant", id]
    case .claim(let text, let parameters):
      ["--claim", text]
        + parameters.sorted { $0.key < $1.key }.flatMap {
          ["--parameter", "\($0.key)=\($0.value)"]
        }
    }
  }
}
