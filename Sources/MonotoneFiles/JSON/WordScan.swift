/// Eight bytes at a time: where a run of plain string bytes or of digits ends.
///
/// Each test sets the high bit of the bytes that stop the run. Borrows and carries can set wrong
/// bits only above the first right one, and the first is all that is asked for (Mycroft 1987).
package enum WordScan {
  @usableFromInline static let ones: UInt64 = 0x0101_0101_0101_0101
  @usableFromInline static let highs: UInt64 = 0x8080_8080_8080_8080

  @inlinable @inline(__always)
  package static func load(_ pointer: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(pointer).loadUnaligned(as: UInt64.self))
  }

  /// How many bytes precede the first stop, for a word of stop bits that is not 0.
  @inlinable @inline(__always)
  package static func prefix(_ stops: UInt64) -> Int { stops.trailingZeroBitCount >> 3 }

  @inlinable @inline(__always)
  package static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & highs
  }

  /// Stops at quotes and backslashes: what ends or bends a string that is known to be valid.
  @inlinable @inline(__always)
  package static func stringStops(_ word: UInt64) -> UInt64 {
    equal(word, UInt8(ascii: "\"")) | equal(word, UInt8(ascii: "\\"))
  }

  /// Stops also at control characters and at bytes beyond ASCII, which need checks of their own.
  @inlinable @inline(__always)
  package static func unplainStops(_ word: UInt64) -> UInt64 {
    stringStops(word) | ((word &- (ones &* 0x20)) & ~word & highs) | (word & highs)
  }

  /// Stops at everything but digits.
  @inlinable @inline(__always)
  package static func nonDigitStops(_ word: UInt64) -> UInt64 {
    let value = word ^ (ones &* 0x30)
    return ((value &+ (ones &* 0x76)) | value) & highs
  }
}
