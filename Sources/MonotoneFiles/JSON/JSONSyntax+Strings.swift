extension JSONSyntax {
  /// The string at the position: RFC 8259, section 7, in well-formed UTF-8.
  @inline(__always)
  package mutating func string() throws(Failure) {
    position += 1
    while true {
      let stops = WordScan.unplainStops(WordScan.load(base + position))
      if stops == 0 {
        position += 8
        continue
      }
      position += WordScan.prefix(stops)
      if base[position] == UInt8(ascii: "\"") {
        position += 1
        return
      }
      try unplainCharacter()
    }
  }

  /// An escape, or a character beyond ASCII; anything else does not belong in a string.
  private mutating func unplainCharacter() throws(Failure) {
    let byte = base[position]
    if byte == UInt8(ascii: "\\") {
      try escape()
    } else if byte >= 0x80 {
      guard let length = UTF8Scan.length(at: base + position) else {
        throw Failure(
          offset: position,
          message: "the byte 0x\(hexadecimal(byte)) is not UTF-8 here; save the file as UTF-8")
      }
      position += length
    } else if position >= count {
      throw Failure(offset: position, message: "the file ends within a string")
    } else {
      throw Failure(
        offset: position,
        message: "the control character 0x\(hexadecimal(byte)) in a string; "
          + "write it as \\u00\(hexadecimal(byte))")
    }
  }

  private mutating func escape() throws(Failure) {
    let start = position
    switch base[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      let unit = try codeUnit(at: start)
      position += 6
      guard unit & 0xF800 == 0xD800 else { return }
      guard
        unit < 0xDC00, base[position] == UInt8(ascii: "\\"),
        base[position + 1] == UInt8(ascii: "u"), try codeUnit(at: position) & 0xFC00 == 0xDC00
      else {
        throw Failure(
          offset: start,
          message: "half of a surrogate pair; write both halves, or the character itself")
      }
      position += 6
    default:
      throw Failure(
        offset: start,
        message: "an unknown escape; after `\\` may stand one of \" \\ / b f n r t u")
    }
  }

  /// The code unit of the escape `\uXXXX` at an offset.
  private func codeUnit(at offset: Int) throws(Failure) -> UInt32 {
    guard let unit = JSONEscape.codeUnit(base + offset) else {
      throw Failure(offset: offset, message: "`\\u` needs four hexadecimal digits")
    }
    return unit
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}

extension JSONSyntax {
  /// The character at the position, or the end of the file, in words for messages.
  package var found: String {
    if position >= count { return "the end of the file" }
    let byte = base[position]
    if byte > 0x20, byte < 0x7F { return "`\(Character(Unicode.Scalar(byte)))`" }
    if let length = UTF8Scan.length(at: base + position) {
      let bytes = UnsafeBufferPointer(start: base + position, count: length)
      return "`\(String(decoding: bytes, as: UTF8.self))`"
    }
    return "the byte 0x\(hexadecimal(byte))"
  }

  package func trailingComma(at offset: Int) -> Failure {
    Failure(offset: offset, message: "a comma after the last entry; remove it")
  }

  package func missingComma(in container: UInt8) -> Failure {
    let closing = container == UInt8(ascii: "{") ? "}" : "]"
    return Failure(offset: position, message: "found \(found); expected `,` or `\(closing)`")
  }

  package func refuseByteOrderMark() throws(Failure) {
    let (first, second) = (base[0], base[1])
    if first == 0xEF, second == 0xBB, base[2] == 0xBF {
      throw Failure(offset: 0, message: "a byte order mark; save the file as UTF-8 without it")
    }
    if (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE) {
      throw Failure(offset: 0, message: "the file is UTF-16; save it as UTF-8")
    }
  }

  /// `true`, `false` or `null` at the position, or an explanation of what stands there instead.
  package mutating func literal() throws(Failure) {
    if skip(["null", "true", "false"]) { return }
    if acceptsNonFinite, skip(["NaN", "Infinity"]) { return }
    let advice =
      switch base[position] {
      case UInt8(ascii: "N"), UInt8(ascii: "I"): "; NaN and infinity are not numbers in JSON"
      case UInt8(ascii: "'"): "; strings stand in double quotes"
      case UInt8(ascii: "/"), UInt8(ascii: "#"): "; JSON has no comments"
      case UInt8(ascii: "+"), UInt8(ascii: "."): "; a number starts with a digit or `-`"
      default: ""
      }
    throw Failure(offset: position, message: "found \(found); expected a value\(advice)")
  }

  /// Consumes one of some words, if it is here.
  package mutating func skip(_ words: [StaticString]) -> Bool {
    guard let word = words.first(where: matches) else { return false }
    position += word.utf8CodeUnitCount
    return true
  }

  private func matches(_ word: StaticString) -> Bool {
    for index in 0..<word.utf8CodeUnitCount where base[position + index] != word.utf8Start[index] {
      return false
    }
    // `nullx` is then refused for the `x`.
    return true
  }
}
