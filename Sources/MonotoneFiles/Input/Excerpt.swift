/// Pieces of a file, cut to a length that a message can hold.
package enum Excerpt {
  package static let longest = 60

  /// The first scalars of a piece of text, with an ellipsis where that is not all of it.
  ///
  /// Only so many bytes are looked at, however long the piece is.
  package static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    guard bytes.count > longest else { return String(decoding: bytes, as: UTF8.self) }
    var end = longest
    // Not within a scalar.
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }

  /// The first scalars of a name, quoted as JSON writes it.
  package static func quoted(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard scalars.count > longest else { return JSONText.quoted(name) }
    return JSONText.quoted(String(String.UnicodeScalarView(scalars.prefix(longest)))) + "…"
  }
}
