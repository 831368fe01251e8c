/// Why a run cannot go on: what to tell its user, and what sort of reason it is.
public struct RunFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sorts of reasons; the command line has an exit status for each.
  public enum Cause: Sendable, Equatable {
    /// A usage error: the request makes no sense.
    case usage
    /// An input can be read, but not used.
    case badData
    /// An input cannot be read.
    case unreadable
    /// An output cannot be written.
    case unwritable
    /// Nobody reads the output any more.
    case readerGone
    /// The run was asked to stop before there was a result.
    case interrupted
    /// A fault of this program.
    case internalError
  }

  /// The problem, its place and its remedy.
  public var message: String
  /// The sort of reason.
  public var cause: Cause

  /// A failure with its message and its kind.
  public init(_ message: String, _ cause: Cause) {
    self.message = message
    self.cause = cause
  }

  /// An output that cannot be written.
  public init(_ failure: UnwritableOutput) {
    self.init(failure.message, failure.isReaderGone ? .readerGone : .unwritable)
  }

  public var description: String { message }
}
