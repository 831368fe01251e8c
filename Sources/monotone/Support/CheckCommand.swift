import Arithmetic
import MDPFormats
import MDPTesting

/// The command that checks an update again, with the same verdict.
struct CheckCommand {
  /// What is checked.
  enum Subject {
    case allClaims
    /// A claim by its identifier or its text, with values for its parameters.
    case claim(String, parameters: [String: ExactNumber])
    /// A false variant by its identifier.
    case variant(String)
  }

  var mdp: String
  /// Policies as arguments.
  var current: String
  var candidate: String
  var subject = Subject.allClaims
  var arithmetic: Rigour?
  var reading: ReadingOptions?

  /// The command for a POSIX shell.
  var line: String {
    ShellWord.line(
      ["monotone", "check", mdp, "--current", current, "--candidate", candidate]
        + subject.arguments + (arithmetic?.arguments ?? [])
        + (reading?.arguments ?? []))
  }
}

extension CheckCommand {
  /// The command for an input that is kept in files.
  init(stem: String, subject: Subject) {
    let files = UpdateInput.paths(under: stem)
    mdp = files.mdp
    // A name could be taken for a policy's.
    current = PolicyExpression.file(files.current).description
    candidate = PolicyExpression.file(files.candidate).description
    self.subject = subject
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
