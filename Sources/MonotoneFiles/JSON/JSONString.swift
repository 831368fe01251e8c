/// A string of a JSON text, by its place.
package struct JSONString {
  /// Where its opening quote is.
  package let start: Int
  /// Behind its closing quote.
  package let end: Int
  package let hasEscapes: Bool
}

extension JSONCursor {
  /// The bytes of a string between its quotes, as written.
  @inlinable @inline(__always) package func body(_ string: JSONString) -> UnsafeBufferPointer<UInt8>
  {
    UnsafeBufferPointer(start: base + string.start + 1, count: string.end - string.start - 2)
  }

  /// The string itself.
  package func text(_ string: JSONString) -> String {
    guard string.hasEscapes else { return String(decoding: body(string), as: UTF8.self) }
    return String(decoding: unescaped(string), as: UTF8.self)
  }

  package func unescaped(_ string: JSONString) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONEscape.decode(body(string), into: &bytes)
    return bytes
  }

  /// The string in quotes as written, shortened for a message.
  package func excerpt(_ string: JSONString) -> String { "\"\(Excerpt.text(body(string)))\"" }

  /// The JSON text at this place, shortened for a message.
  package func excerpt() -> String {
    var copy = self
    switch kind {
    case .string: return copy.excerpt(copy.string())
    case .number, .boolean, .null: return Excerpt.text(copy.scalar())
    case .object, .array: return kind.phrase
    }
  }
}
