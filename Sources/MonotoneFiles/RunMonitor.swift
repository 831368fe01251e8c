/// How a long run tells of itself while it works, and learns that it should stop.
///
/// A run stops between two pieces of its work, keeps what is done, and says in its result that it was
/// interrupted.
public struct RunMonitor: Sendable {
  /// Takes a line that its user should read.
  public var note: @Sendable (String) -> Void
  /// Takes what is wrong, where the run goes on without it.
  public var warning: @Sendable (String) -> Void
  /// Takes the state of the work, which replaces the one before; empty when the work ends.
  public var progress: @Sendable (String) -> Void
  /// Whether the run should stop.
  public var isStopped: @Sendable () -> Bool

  /// A monitor that is told; by default nobody listens and nothing stops the run.
  public init(
    note: @escaping @Sendable (String) -> Void = { _ in },
    warning: @escaping @Sendable (String) -> Void = { _ in },
    progress: @escaping @Sendable (String) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    self.note = note
    self.warning = warning
    self.progress = progress
    self.isStopped = isStopped
  }

  /// The work that was shown is over.
  package func endProgress() { progress("") }
}
