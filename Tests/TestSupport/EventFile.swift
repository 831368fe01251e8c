package import Foundation

/// The records of a TensorBoard file: a length (8 bytes), its check (4), an event, its check (4). An event
/// begins with the tag of its time and that as a double.
package enum EventFile {
  /// The bytes of a file without its times, in which runs may differ, and the checks over them.
  package static func withoutTimes(_ file: Data) -> Data {
    var bytes = [UInt8](file)
    for start in starts(bytes) {
      let length = self.length(bytes, start)
      for place in start + 13..<start + 21 { bytes[place] = 0 }
      for place in start + 12 + length..<start + 16 + length { bytes[place] = 0 }
    }
    return Data(bytes)
  }

  /// The times of all events, in seconds since 1970.
  package static func times(_ file: Data) -> [Double] {
    let bytes = [UInt8](file)
    return starts(bytes).map { start in
      let bits = bytes[start + 13..<start + 21].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      return Double(bitPattern: bits)
    }
  }

  private static func length(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Where each whole record begins.
  private static func starts(_ bytes: [UInt8]) -> [Int] {
    var starts: [Int] = []
    var next = 0
    while next + 16 <= bytes.count, next + 16 + length(bytes, next) <= bytes.count {
      starts.append(next)
      next += 16 + length(bytes, next)
    }
    return starts
  }
}
