import Foundation
import Synchronization

/// Notices Ctrl-C, so that a long run can stop between two pieces and keep what is done.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Starts to notice: the first Ctrl-C asks the run to stop, a second one ends the process.
  static func watch() {
    signal(SIGINT) { number in
      requested.store(true, ordering: .relaxed)
      signal(number, SIG_DFL)
    }
  }

  /// Whether the run was asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
