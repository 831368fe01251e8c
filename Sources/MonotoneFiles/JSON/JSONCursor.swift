/// A place in a text that is known to be JSON.
///
/// Containers are walked as
///
///     var more = cursor.enter()
///     while more {
///       let key = cursor.key()      // objects only
///       …                           // consume the value
///       more = cursor.next()
///     }
package struct JSONCursor {
  package let base: UnsafePointer<UInt8>
  package var position: Int

  /// The first byte of the token here.
  @inlinable @inline(__always) package var byte: UInt8 { base[position] }

  @inlinable @inline(__always) package mutating func skipWhitespace() {
    while byte <= 0x20 { position += 1 }
  }

  /// The type of the value here.
  package var kind: JSONKind {
    switch byte {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// Steps into the object or array here; false if it is empty, which consumes it.
  @inlinable @inline(__always) package mutating func enter() -> Bool {
    position += 1
    skipWhitespace()
    guard byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") else { return true }
    position += 1
    return false
  }

  /// Steps from the end of an entry to the next one; false at the last, which consumes the
  /// container.
  @inlinable @inline(__always) package mutating func next() -> Bool {
    skipWhitespace()
    let more = byte == UInt8(ascii: ",")
    position += 1
    if more { skipWhitespace() }
    return more
  }

  /// Consumes a key, leaving the cursor at its value.
  @inlinable @inline(__always) package mutating func key() -> JSONString {
    let key = string()
    skipWhitespace()
    position += 1
    skipWhitespace()
    return key
  }

  /// Consumes a string.
  @inlinable @inline(__always) package mutating func string() -> JSONString {
    let start = position
    var hasEscapes = false
    position += 1
    while true {
      let stops = WordScan.stringStops(WordScan.load(base + position))
      if stops == 0 {
        position += 8
        continue
      }
      position += WordScan.prefix(stops)
      position += 1
      if base[position - 1] == UInt8(ascii: "\"") { break }
      hasEscapes = true
      position += 1
    }
    return JSONString(start: start, end: position, hasEscapes: hasEscapes)
  }

  /// Consumes a number, `true`, `false` or `null`, and returns its bytes.
  package mutating func scalar() -> UnsafeBufferPointer<UInt8> {
    let start = position
    while !Self.endsScalar(byte) { position += 1 }
    return UnsafeBufferPointer(start: base + start, count: position - start)
  }

  @inlinable @inline(__always) package static func endsScalar(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: "}")
  }

  /// Consumes any value, without recursion.
  package mutating func skipValue() {
    var depth = 0
    repeat {
      switch byte {
      case UInt8(ascii: "\""): _ = string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        position += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0...0x20: position += 1
      default: _ = scalar()
      }
    } while depth > 0
  }
}

/// The types of JSON values.
package enum JSONKind: Equatable {
  case object, array, string, number, boolean, null

  /// For messages.
  package var phrase: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}
