#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A program that is run to its end, with nothing on its standard input.
package struct ChildProcess {
  /// The status and the texts that it left behind.
  package struct Result {
    /// The exit status; 128 and the signal's number where a signal ended it.
    package var status: Int32
    package var output: [UInt8]
    package var errors: [UInt8]
  }

  /// Why it did not start.
  package struct Failure: Error {
    package var message: String
  }

  /// Runs a program, found on the path.
  package static func run(_ program: String, _ arguments: [String]) throws(Failure) -> Result {
    let (output, errors) = (try PipeEnds(), try PipeEnds())
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { if nothing >= 0 { close(nothing) } }
    let child = try start(program, arguments, [nothing, output.writing, errors.writing])
    output.closeWriting()
    errors.closeWriting()
    let received = read([output.reading, errors.reading])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return Result(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: received[0],
      errors: received[1])
  }

  /// Reads descriptors as they have something, until all are at their ends.
  private static func read(_ descriptors: [Int32]) -> [[UInt8]] {
    var received = [[UInt8]](repeating: [], count: descriptors.count)
    var places = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while places.contains(where: { $0.fd >= 0 }) {
      guard poll(&places, nfds_t(places.count), -1) >= 0 || errno == EINTR else { return received }
      for index in places.indices where places[index].fd >= 0 && places[index].revents != 0 {
        let count = InputBytes.retrying {
          #if canImport(Glibc)
            Glibc.read(places[index].fd, &buffer, buffer.count)
          #else
            Darwin.read(places[index].fd, &buffer, buffer.count)
          #endif
        }
        if count > 0 { received[index] += buffer[..<count] } else { places[index].fd = -1 }
      }
    }
    return received
  }
}
