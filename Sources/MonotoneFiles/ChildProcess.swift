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
    let (output, errors) = (try Pipe(), try Pipe())
    defer {
      output.close()
      errors.close()
    }
    var child = pid_t()
    let code = spawn(&child, program, arguments, output: output, errors: errors)
    guard code == 0 else { throw Failure(message: String(cString: strerror(code))) }
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

  private static func spawn(
    _ child: inout pid_t, _ program: String, _ arguments: [String], output: Pipe, errors: Pipe
  ) -> Int32 {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    return posix_spawnp(&child, program, &actions, nil, words, environ)
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

  /// Two ends of a pipe, neither of which other children inherit.
  private final class Pipe {
    private(set) var reading: Int32
    private(set) var writing: Int32

    init() throws(Failure) {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw Failure(message: String(cString: strerror(errno))) }
      (reading, writing) = (ends[0], ends[1])
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    func closeWriting() {
      if writing >= 0 { _ = unistdClose(writing) }
      writing = -1
    }

    func close() {
      closeWriting()
      if reading >= 0 { _ = unistdClose(reading) }
      reading = -1
    }
  }
}

/// `close` by a name that is not a method's own.
private func unistdClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
