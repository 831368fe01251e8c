/// The escapes of JSON strings.
package enum JSONEscape {
  /// The code unit of `\uXXXX`, or nil if its digits are not hexadecimal.
  package static func codeUnit(_ pointer: UnsafePointer<UInt8>) -> UInt32? {
    var unit: UInt32 = 0
    for index in 2..<6 {
      let byte = pointer[index]
      let digit: UInt8
      if byte &- 0x30 < 10 {
        digit = byte &- 0x30
      } else if (byte | 0x20) &- 0x61 < 6 {
        digit = (byte | 0x20) &- 0x61 + 10
      } else {
        return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// Appends the bytes of a valid string's body with its escapes resolved.
  package static func decode(_ body: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    guard let base = body.baseAddress else { return }
    var position = 0
    while position < body.count {
      let byte = base[position]
      guard byte == UInt8(ascii: "\\") else {
        output.append(byte)
        position += 1
        continue
      }
      guard base[position + 1] == UInt8(ascii: "u") else {
        output.append(character(base[position + 1]))
        position += 2
        continue
      }
      var scalar = codeUnit(base + position) ?? 0xFFFD
      position += 6
      if scalar & 0xFC00 == 0xD800, let low = codeUnit(base + position) {
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
        position += 6
      }
      if let scalar = Unicode.Scalar(scalar) { output.append(contentsOf: String(scalar).utf8) }
    }
  }

  private static func character(_ escape: UInt8) -> UInt8 {
    switch escape {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: escape
    }
  }
}
