/// A policy argument that cannot be understood.
public struct PolicyExpressionError: Error, Sendable, Equatable {
  /// The argument.
  public let text: String
  /// The column of the fault, from 1, in characters.
  public let column: Int
  /// The form that was expected.
  public let message: String

  /// An error at a column of a text.
  public init(text: String, column: Int, message: String) {
    self.text = text
    self.column = column
    self.message = message
  }
}

extension PolicyExpressionError: CustomStringConvertible {
  /// The message, the argument, and a caret under the fault.
  public var description: String {
    "\(message)\n  \(text)\n  \(String(repeating: " ", count: column - 1))^"
  }
}
