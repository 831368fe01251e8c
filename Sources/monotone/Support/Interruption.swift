import Foundation
import Synchronization

/// Notices Ctrl-C, so that a long run can stop between two pieces and keep what is done.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Starts to notice: the first Ctrl-C asks the run to stop, a second one ends the process.
  static func watch() {
    signal(SIGINT) { number in
      Interruption.requested.store(true, ordering: .relaxed)
      signal(number, SIG_DFL)
    }
    // A parent may have started us with the signal blocked.
    var interrupt = sigset_t()
    sigemptyset(&interrupt)
    sigaddset(&interrupt, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
  }

  /// Whether the run was asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
