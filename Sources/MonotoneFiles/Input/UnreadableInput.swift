/// A file that cannot be read at all: absent, a directory, forbidden, or too large.
public struct UnreadableInput: Error, Sendable, Equatable {
  /// The path, or `standard input`.
  public let file: String
  /// Why, and what to do about it.
  public let reason: String

  /// The failure to read a file.
  public init(file: String, reason: String) {
    self.file = file
    self.reason = reason
  }
}

extension UnreadableInput: CustomStringConvertible {
  public var description: String { "\(file): \(reason)" }
}
