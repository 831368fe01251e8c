/// One thing that is wrong with a file, and where.
public struct Fault: Sendable, Equatable {
  /// How deep the fault lies: text, shape or content.
  public enum Kind: String, Sendable, CaseIterable {
    /// The text is not JSON (RFC 8259), or a `.npy` header is broken; nothing after it is read.
    case syntax
    /// The text is JSON, but the wrong keys or types stand in it.
    case schema
    /// The shape is right, but a value is inadmissible.
    case value
  }

  /// How deep the fault lies.
  public let kind: Kind
  /// The line, from 1. In a `.npy` file always 1.
  public let line: Int
  /// The column, from 1, counted in Unicode scalars. In a `.npy` file the byte offset plus 1.
  public let column: Int
  /// The place in the document, such as `$.transitions[3].to["two words"]`.
  public let path: String
  /// The message: the text found, the text expected, and the remedy.
  public let message: String

  /// A fault at a place.
  public init(kind: Kind, line: Int, column: Int, path: String, message: String) {
    self.kind = kind
    self.line = line
    self.column = column
    self.path = path
    self.message = message
  }
}

extension Fault: CustomStringConvertible {
  /// `line:column: path: message`, on one line.
  public var description: String { "\(line):\(column): \(path): \(message)" }
}
