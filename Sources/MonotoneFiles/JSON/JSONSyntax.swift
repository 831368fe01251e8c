/// Decides in one pass, without recursion, whether bytes are a JSON text (RFC 8259) in UTF-8, and
/// notes where the members of the outermost object are.
package struct JSONSyntax {
  /// The first place that is not JSON, and why.
  package struct Failure: Error {
    package let offset: Int
    package let message: String
  }

  package let base: UnsafePointer<UInt8>
  package let count: Int
  package let nestingLimit: Int
  /// Whether `NaN`, `Infinity` and `-Infinity` pass as numbers, as Python's json module writes them.
  package let acceptsNonFinite: Bool
  package var position = 0
  private(set) var root = 0
  private(set) var members: [JSONDocument.Member] = []

  /// The open containers, outermost first.
  private var containers: [UInt8] = []

  package init(_ input: InputBytes, nestingLimit: Int, acceptsNonFinite: Bool = false) {
    base = input.base
    count = input.count
    self.nestingLimit = nestingLimit
    self.acceptsNonFinite = acceptsNonFinite
  }

  package mutating func check() throws(Failure) {
    try refuseByteOrderMark()
    skipWhitespace()
    guard position < count else {
      throw Failure(offset: 0, message: "the file is empty; expected a JSON object")
    }
    root = position
    var container: UInt8 = 0
    while true {
      // Here a value must start.
      let byte = base[position]
      if byte == UInt8(ascii: "\"") {
        try string()
      } else if byte &- 0x30 < 10 || byte == UInt8(ascii: "-") {
        try number()
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        guard containers.count < nestingLimit else {
          throw Failure(offset: position, message: "nested more than \(nestingLimit) deep")
        }
        containers.append(byte)
        container = byte
        position += 1
        skipWhitespace()
        if base[position] != closing(container) {
          if container == UInt8(ascii: "{") { try key(after: nil) }
          continue
        }
        position += 1
        containers.removeLast()
        container = containers.last ?? 0
      } else {
        try literal()
      }
      // Here a value has ended.
      while true {
        skipWhitespace()
        guard container != 0 else {
          guard position == count else {
            throw Failure(
              offset: position,
              message: "found \(found) after the end of the JSON text; remove what follows it")
          }
          return
        }
        let byte = base[position]
        if byte == UInt8(ascii: ",") {
          let comma = position
          position += 1
          skipWhitespace()
          if container == UInt8(ascii: "{") {
            try key(after: comma)
          } else if base[position] == UInt8(ascii: "]") {
            throw trailingComma(at: comma)
          }
          break
        }
        guard byte == closing(container) else { throw missingComma(in: container) }
        position += 1
        containers.removeLast()
        container = containers.last ?? 0
      }
    }
  }

  private func closing(_ container: UInt8) -> UInt8 {
    container == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
  }

  /// A key, its colon, and the white space up to its value.
  private mutating func key(after comma: Int?) throws(Failure) {
    let start = position
    guard base[position] == UInt8(ascii: "\"") else {
      if let comma, base[position] == UInt8(ascii: "}") { throw trailingComma(at: comma) }
      throw Failure(
        offset: position, message: "found \(found); expected a key in double quotes")
    }
    try string()
    skipWhitespace()
    guard base[position] == UInt8(ascii: ":") else {
      throw Failure(offset: position, message: "found \(found); expected `:` after a key")
    }
    position += 1
    skipWhitespace()
    if containers.count == 1 { members.append(.init(key: start, value: position)) }
  }

  @inline(__always)
  package mutating func skipWhitespace() {
    while base[position] <= 0x20, Self.isWhitespace(base[position]) { position += 1 }
  }

  @inline(__always)
  private static func isWhitespace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// The number at the position: RFC 8259, section 6.
  private mutating func number() throws(Failure) {
    if base[position] == UInt8(ascii: "-") { position += 1 }
    if acceptsNonFinite, skip(["Infinity"]) { return }
    if base[position] == UInt8(ascii: "0") {
      position += 1
      if base[position] &- 0x30 < 10 {
        throw Failure(offset: position, message: "a number must not start with 0; remove the 0")
      }
    } else {
      try digits("a number needs a digit here")
    }
    if base[position] == UInt8(ascii: ".") {
      position += 1
      try digits("a number needs a digit after the point")
    }
    if base[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if base[position] == UInt8(ascii: "+") || base[position] == UInt8(ascii: "-") {
        position += 1
      }
      try digits("a number needs a digit in the exponent")
    }
  }

  @inline(__always)
  private mutating func digits(_ message: StaticString) throws(Failure) {
    let start = position
    while true {
      let stops = WordScan.nonDigitStops(WordScan.load(base + position))
      if stops != 0 {
        position += WordScan.prefix(stops)
        break
      }
      position += 8
    }
    if position == start {
      throw Failure(offset: position, message: "found \(found); \(message)")
    }
  }
}
