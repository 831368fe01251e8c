internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Warnings and errors of libmujoco in the middle of a step.
enum MuJoCoTrouble {
  private static let hasWarned = Atomic(false)
  /// How many models are being loaded.
  private static let loading = Atomic(0)

  /// Loads a model without repeating warnings, which are about the style of its file. Why the library
  /// refuses one it says in another way.
  static func loading<R>(_ body: () -> R) -> R {
    loading.add(1, ordering: .relaxed)
    defer { loading.subtract(1, ordering: .relaxed) }
    return body()
  }

  /// Repeats the first warning, such as that a simulation is unstable; a run can have one a step.
  static func warn(_ message: String) {
    guard loading.load(ordering: .relaxed) == 0,
      !hasWarned.exchange(true, ordering: .relaxed)
    else { return }
    say("warning: MuJoCo: \(message) (only the first such warning is shown)")
  }

  /// Ends the program: the library cannot go on after an error, and must not be returned to.
  static func end(_ message: String) -> Never {
    say("error: MuJoCo: \(message); of a training run the last checkpoint is good")
    _exit(70)
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
