package import MonotoneFiles

/// Why a call has no result: what its reply says.
package struct CallFailure: Error, Sendable {
  /// The sort of reason; its number is the exit status of the command line.
  package enum Kind: Int32, Sendable {
    case usage = 64
    case badData = 65
    case unreadable = 66
    case internalError = 70

    /// The word in documents.
    var word: String {
      switch self {
      case .usage: "usage"
      case .badData: "bad-data"
      case .unreadable: "unreadable"
      case .internalError: "internal"
      }
    }
  }

  /// The sort of reason.
  package var kind: Kind
  /// Everything that is wrong, for people.
  package var message: String
  /// The input with faults.
  var file: String?
  /// Its faults, each with its place.
  var faults: [Fault] = []

  package init(_ message: String, _ kind: Kind = .usage) {
    self.message = message
    self.kind = kind
  }

  /// The refusal to read "-": standard input is the caller's, or the calls themselves.
  static func standardInput(_ instead: String) -> CallFailure {
    CallFailure("\"-\" is standard input, which calls do not read; give \(instead)")
  }

  package init(_ failure: RunFailure) {
    let kind: Kind =
      switch failure.cause {
      case .usage: .usage
      case .badData: .badData
      case .unreadable: .unreadable
      case .unwritable, .readerGone, .interrupted, .internalError: .internalError
      }
    self.init(failure.message, kind)
  }

  package init(_ input: InvalidInput) {
    self.init(input.description, .badData)
    file = input.file
    faults = input.faults
  }

  /// Any error of a call.
  package init(any error: any Error) {
    switch error {
    case let failure as CallFailure: self = failure
    case let failure as RunFailure: self.init(failure)
    case let input as InvalidInput: self.init(input)
    case let input as UnreadableInput: self.init(input.description, .unreadable)
    default: self.init("an unexpected failure: \(error)", .internalError)
    }
  }

  /// The document `monotone/failure/v1`.
  package var json: String {
    var text = "{\"schema\": \"monotone/failure/v1\", \"kind\": \"\(kind.word)\", \"message\": "
    JSONText.appendQuoted(message, to: &text)
    text += ", \"faults\": ["
    for (index, fault) in faults.enumerated() {
      text += index == 0 ? "{\"file\": " : ", {\"file\": "
      JSONText.appendQuoted(file ?? "", to: &text)
      text += ", \"line\": \(fault.line), \"column\": \(fault.column), \"path\": "
      JSONText.appendQuoted(fault.path, to: &text)
      text += ", \"message\": "
      JSONText.appendQuoted(fault.message, to: &text)
      text += "}"
    }
    return text + "]}"
  }
}
