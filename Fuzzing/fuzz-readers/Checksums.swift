import MonotoneFiles

/// Archives with checksums that are right, whatever else is wrong with them.
enum Checksums {
  /// A `.zip` whose directory gives the right checksum and size of each stored member.
  static func zip(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var place = 0
    while place + 46 <= bytes.count {
      defer { place += 1 }
      guard bytes[place..<(place + 4)].elementsEqual([0x50, 0x4B, 1, 2]) else { continue }
      let (method, size) = (number(bytes, place + 10, 2), number(bytes, place + 20, 4))
      let head = number(bytes, place + 42, 4)
      guard method == 0, head + 30 <= bytes.count else { continue }
      let start = head + 30 + number(bytes, head + 26, 2) + number(bytes, head + 28, 2)
      guard start + size <= bytes.count else { continue }
      let sum = bytes[start..<(start + size)].withUnsafeBufferPointer { Deflate.checksum($0) }
      var fields: [UInt8] = []
      fields.append(littleEndian: sum)
      fields.append(littleEndian: UInt32(size))
      fields.append(littleEndian: UInt32(size))
      bytes.replaceSubrange((place + 16)..<(place + 28), with: fields)
    }
    return bytes
  }

  /// A `.tar` with right checksums of the heads, cut members filled up, and the mark of its end.
  static func tar(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    bytes += [UInt8](repeating: 0, count: 512 + -bytes.count & 511)
    var place = 0
    while place + 512 < bytes.count, bytes[place..<(place + 512)].contains(where: { $0 != 0 }) {
      bytes.replaceSubrange((place + 148)..<(place + 156), with: [UInt8](repeating: 0x20, count: 8))
      let sum = bytes[place..<(place + 512)].reduce(0) { $0 + Int($1) }
      let digits = Array(String(sum, radix: 8).utf8)
      let field = [UInt8](repeating: 0x30, count: 6 - digits.count) + digits + [0, 0x20]
      bytes.replaceSubrange((place + 148)..<(place + 156), with: field)
      var size = 0
      for digit in bytes[(place + 124)..<(place + 136)] where digit &- 0x30 < 8 {
        size = (size << 3 | Int(digit - 0x30)) & 0xFFFF
      }
      place += 512 + (size + 511) / 512 * 512
    }
    return bytes + [UInt8](repeating: 0, count: 1024)
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
    bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
