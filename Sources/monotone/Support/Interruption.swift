import MonotoneFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Notices Ctrl-C, so that a long run can stop between two pieces and keep what is done.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Starts to notice: the first Ctrl-C asks the run to stop, a second one ends the process.
  static func watch() {
    signal(SIGINT) { number in
      if Interruption.requested.exchange(true, ordering: .relaxed) { Signals.end(number) }
    }
  }

  /// Whether the run was asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}

extension RunMonitor {
  /// The terminal and Ctrl-C.
  static let console = RunMonitor(
    note: { Console.note($0) }, warning: { Console.error($0) },
    progress: { Console.progress($0) },
    isStopped: { Interruption.isRequested })
}

/// The effect of signals on the command.
enum Signals {
  /// Makes signals that end the process take its temporary files away first, and those that tell of a
  /// failed write leave that to the write.
  static func prepare() {
    TemporaryFiles.prepare()
    // A parent may have started us with signals blocked.
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGXCPU] {
      sigaddset(&watched, number)
      // Who starts a command in the background may want it to outlive Ctrl-C or the terminal.
      let before = signal(number) { Signals.end($0) }
      if number != SIGTERM, isIgnored(before) { signal(number, SIG_IGN) }
    }
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }

  private static func isIgnored(_ handler: __sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Ends the process as the signal would have.
  static func end(_ number: Int32) {
    TemporaryFiles.removeAll()
    signal(number, SIG_DFL)
    raise(number)
  }
}
