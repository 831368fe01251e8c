#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Two ends of a pipe, neither of which other programs inherit; closed when nobody needs them.
package final class PipeEnds {
  /// The end to read from; -1 once it is closed.
  package private(set) var reading: Int32
  /// The end to write to; -1 once it is closed.
  package private(set) var writing: Int32

  /// A pipe.
  package init() throws(ChildProcess.Failure) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw ChildProcess.Failure(message: String(cString: strerror(errno)))
    }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  /// Closes the end that a child reads from.
  package func closeReading() {
    if reading >= 0 { close(reading) }
    reading = -1
  }

  /// Closes the end that a child writes to.
  package func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  deinit {
    closeReading()
    closeWriting()
  }
}
