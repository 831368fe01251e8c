internal import MonotoneFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A program that answers requests of one byte, over a pair of pipes, until it is let go.
///
/// It is told of the end of this process by a lifeline: a pipe of which this process has the only other end.
/// It is of a process group of its own, so that Ctrl-C reaches this process alone.
final class WorkerProcess {
  /// The end of a wait.
  enum Outcome: Equatable {
    /// So many bytes came.
    case bytes(Int)
    /// The program has closed its end.
    case end
    /// Nothing came in time.
    case timeout
  }

  private let process: Int32
  private let requests: PipeEnds
  private let replies: PipeEnds
  private let errors: PipeEnds
  private let lifeline: PipeEnds
  /// The replies, then the words for people.
  private let polled = UnsafeMutablePointer<pollfd>.allocate(capacity: 2)
  private var words: [UInt8] = []
  private let processor: SharedProcessor
  /// The status that `waitpid` told; nil while the program runs.
  private var status: Int32?
  /// How much of the words is kept.
  private static let keptWords = 1 << 14

  /// Starts a program.
  ///
  /// - Parameter memory: The descriptor of the file that both sides map.
  init(
    _ program: String, _ arguments: [String], memory: Int32
  ) throws(ChildProcess.Failure) {
    (requests, replies, errors, lifeline) = (
      try PipeEnds(), try PipeEnds(), try PipeEnds(), try PipeEnds()
    )
    process = try ChildProcess.start(
      program, arguments,
      [requests.reading, replies.writing, errors.writing, lifeline.reading, memory],
      leadsGroup: true)
    processor = SharedProcessor(with: process)
    // The reading end of the requests stays open: a request to a program that is gone raises no signal then.
    replies.closeWriting()
    errors.closeWriting()
    lifeline.closeReading()
    polled[0] = pollfd(fd: replies.reading, events: Int16(POLLIN), revents: 0)
    polled[1] = pollfd(fd: errors.reading, events: Int16(POLLIN), revents: 0)
  }

  deinit {
    requests.closeWriting()
    // It closes its environments and ends; the words that it still has are of no matter.
    if !hasEnded(within: 10) { end() }
    polled.deallocate()
  }

  /// Does many requests in a row.
  func inTurns<R>(_ body: () -> R) -> R { processor.share(body) }

  /// Sends a request.
  func send(_ request: UInt8) {
    var byte = request
    _ = InputBytes.retrying { write(requests.writing, &byte, 1) }
  }

  /// Waits for a part of a reply.
  ///
  /// - Parameter seconds: How long at most.
  @inline(__always) func receive(
    _ buffer: UnsafeMutableRawPointer, upTo count: Int, within seconds: Double
  ) -> Outcome {
    // The clock is not asked where the reply comes at once.
    var start: ContinuousClock.Instant?
    while true {
      let waited = start.map { ($0.duration(to: .now)) / .seconds(1) } ?? 0
      // Woken up now and then: who the program started may hold its end open.
      let pause = min(seconds - waited, 1)
      guard pause > 0 else { return .timeout }
      let ready = poll(polled, 2, Int32(pause * 1000) + 1)
      guard ready >= 0 || errno == EINTR else { return .end }
      if ready > 0, polled[0].revents != 0 {
        let received = InputBytes.retrying { read(replies.reading, buffer, count) }
        return received > 0 ? .bytes(received) : .end
      }
      if start == nil { start = .now - .seconds(ready == 0 ? pause : 0) }
      if ready > 0 { takeWords() }
      if ready == 0, hasEnded(within: 0), poll(polled, 1, 0) == 0 { return .end }
    }
  }

  /// Keeps the last of what the program wrote for people.
  private func takeWords() {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 4096) { buffer in
      let count = InputBytes.retrying { read(errors.reading, buffer.baseAddress, buffer.count) }
      guard count > 0 else {
        polled[1].fd = -1
        return
      }
      words += buffer[..<count]
      if words.count > 2 * Self.keptWords { words.removeFirst(words.count - Self.keptWords) }
    }
  }

  /// Ends the program and all that it started.
  func end() {
    guard status == nil else { return }
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
    _ = hasEnded(within: 10)
  }

  /// Has a program that hangs write where it is, and ends it.
  func abort() {
    if status == nil { kill(process, SIGABRT) }
    _ = hasEnded(within: 2)
    end()
  }

  /// Whether the program has ended, or does so in time.
  private func hasEnded(within seconds: Double) -> Bool {
    var left = seconds
    while status == nil {
      var told: Int32 = 0
      if waitpid(process, &told, WNOHANG) != 0 {
        status = told
        // What it started ends with it.
        kill(-process, SIGKILL)
        return true
      }
      guard left > 0 else { return false }
      usleep(2000)
      left -= 0.002
    }
    return true
  }

  /// How the program ended, in words.
  var ending: String {
    guard hasEnded(within: 2), let status else { return "closed its replies" }
    let signal = status & 0x7F
    guard signal != 0 else { return "ended with status \((status >> 8) & 0xFF)" }
    return "was ended by signal \(signal)"
      + (strsignal(signal).map { " (\(String(cString: $0)))" } ?? "")
  }

  /// The last lines that the program wrote for people.
  func lastLines(_ count: Int = 12) -> [String] {
    while polled[1].fd >= 0 {
      polled[1].revents = 0
      guard poll(polled + 1, 1, 0) > 0 else { break }
      takeWords()
    }
    return String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { String($0).displayable.shortened(to: 300) }.suffix(count)
  }
}
