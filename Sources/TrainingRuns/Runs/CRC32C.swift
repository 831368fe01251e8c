/// The cyclic redundancy check CRC-32C, byte by byte from a table.
///
/// Own code: nothing in Foundation has this polynomial, and event files are small.
///
/// Source: Castagnoli, Bräuer & Herrmann 1993; RFC 3720, App. B.4.
enum CRC32C {
  /// The check of some bytes.
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var remainder = UInt32.max
    for byte in bytes {
      remainder = table[Int(UInt8(truncatingIfNeeded: remainder) ^ byte)] ^ remainder >> 8
    }
    return ~remainder
  }

  /// The check as TFRecord files store it, so that a check of bytes with their checks within is no
  /// constant.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let check = checksum(bytes)
    return (check >> 15 | check << 17) &+ 0xA282_EAD8
  }

  /// The remainder of each byte, by the reflected polynomial.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { remainder, _ in
      remainder >> 1 ^ (remainder & 1 == 1 ? 0x82F6_3B78 : 0)
    }
  }
}
