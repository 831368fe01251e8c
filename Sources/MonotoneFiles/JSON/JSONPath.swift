/// A place in a JSON document, written as in `$.transitions[3].to["two words"].x`.
///
/// Keys that look like identifiers follow a dot; all others stand in brackets as JSON strings.
/// Long keys are cut: a path is for people.
package enum JSONPath {
  package static let root = "$"

  package static func member(_ key: String) -> String {
    let isIdentifier =
      key.utf8.first.map { !isDigit($0) } ?? false
      && key.utf8.count <= Excerpt.longest && key.utf8.allSatisfy(isIdentifierByte)
    return isIdentifier ? ".\(key)" : "[\(Excerpt.quoted(key))]"
  }

  package static func element(_ index: Int) -> String { "[\(index)]" }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isIdentifierByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
  }
}
