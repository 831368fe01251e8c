/// Well-formed UTF-8 (Unicode, table 3-7): no overlong forms, no surrogates, nothing past U+10FFFF.
package enum UTF8Scan {
  /// The number of bytes of the character beyond ASCII at a pointer, or nil if it is ill-formed.
  package static func length(at pointer: UnsafePointer<UInt8>) -> Int? {
    func continues(_ index: Int) -> Bool { pointer[index] & 0xC0 == 0x80 }
    switch pointer[0] {
    case 0xC2...0xDF: return continues(1) ? 2 : nil
    case 0xE0...0xEF:
      let allowed: ClosedRange<UInt8> =
        switch pointer[0] {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        default: 0x80...0xBF
        }
      return allowed.contains(pointer[1]) && continues(2) ? 3 : nil
    case 0xF0...0xF4:
      let allowed: ClosedRange<UInt8> =
        switch pointer[0] {
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
      return allowed.contains(pointer[1]) && continues(2) && continues(3) ? 4 : nil
    default: return nil
    }
  }
}
