package import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Scalars by step, in a file that TensorBoard reads.
///
/// The file is a sequence of TFRecords, each an `Event` message in protocol buffers:
///
///     length (8 bytes) | masked CRC-32C of that | message | masked CRC-32C of the message
///
/// Every event has the time at which it was written, as TensorBoard's "Relative" and "Wall" show it.
/// The file is a log for people: runs of the same seed differ in these times (and the checks over
/// them), and in nothing else.
///
/// Own code: two messages and a check. A library would bring TensorFlow's whole schema.
///
/// Sources: tensorflow/core/util/event.proto, framework/summary.proto, lib/io/record_writer.h.
package final class TensorBoardEvents {
  /// The file's name, as TensorBoard looks for it; without a date, so that a resumed run finds it, too.
  package static let fileName = "events.out.tfevents.0.monotone"

  /// A number with its name.
  package struct Scalar: Sendable, Equatable {
    /// The name; a slash groups.
    package var tag: String
    /// The number; files keep it in single precision.
    package var value: Double

    package init(_ tag: String, _ value: Double) {
      self.tag = tag
      self.value = value
    }
  }

  private let file: GrowingFile
  private let now: () -> Double

  /// Opens a file, or one that was begun as it was at a length.
  ///
  /// - Parameters:
  ///   - path: Best ``fileName`` in a folder of its own.
  ///   - length: ``length`` when the run that goes on was saved; 0 to begin anew.
  ///   - now: The time in seconds since 1970; by default the system's clock.
  package init(
    path: String, length: Int = 0, now: (() -> Double)? = nil
  ) throws(UnwritableOutput) {
    self.now = now ?? Self.systemTime
    file = try GrowingFile(path: path, length: length)
    guard length == 0 else { return }
    var event = Message()
    event.append(1, double: self.now())
    event.append(3, string: "brain.Event:2")
    try write(event)
  }

  /// How many bytes the file has.
  package var length: Int { file.length }

  /// Writes the scalars of one step.
  package func write(_ scalars: [Scalar], step: Int) throws(UnwritableOutput) {
    var summary = Message()
    for scalar in scalars {
      var value = Message()
      value.append(1, string: scalar.tag)
      value.append(2, float: Float(scalar.value))
      summary.append(1, message: value)
    }
    var event = Message()
    event.append(1, double: now())
    event.append(2, integer: step)
    event.append(5, message: summary)
    try write(event)
  }

  /// Waits until everything written is on the disk.
  package func synchronize() throws(UnwritableOutput) { try file.synchronize() }

  private static func systemTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }

  private func write(_ event: Message) throws(UnwritableOutput) {
    let length = Message.bytes(UInt64(event.bytes.count))
    try file.write(
      length + Message.bytes(CRC32C.masked(length)) + event.bytes
        + Message.bytes(CRC32C.masked(event.bytes)))
  }
}

extension TensorBoardEvents {
  /// A message in protocol buffers: fields by number, as far as events need them.
  private struct Message {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ field: Int, integer: Int) {
      appendVariable(UInt64(field << 3 | 0))
      appendVariable(UInt64(bitPattern: Int64(integer)))
    }

    mutating func append(_ field: Int, double: Double) {
      appendVariable(UInt64(field << 3 | 1))
      bytes += Self.bytes(double.bitPattern)
    }

    mutating func append(_ field: Int, float: Float) {
      appendVariable(UInt64(field << 3 | 5))
      bytes += Self.bytes(float.bitPattern)
    }

    mutating func append(_ field: Int, string: String) { append(field, Array(string.utf8)) }

    mutating func append(_ field: Int, message: Message) { append(field, message.bytes) }

    private mutating func append(_ field: Int, _ content: [UInt8]) {
      appendVariable(UInt64(field << 3 | 2))
      appendVariable(UInt64(content.count))
      bytes += content
    }

    /// Seven bits a byte, lowest first; the eighth says that more follow.
    private mutating func appendVariable(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }

    /// Little-endian.
    static func bytes(_ bits: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: bits.littleEndian) { Array($0) }
    }
  }
}
