import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The progress line of a campaign, renewed a few times a second.
final class FuzzProgress: Sendable {
  private let total: Int?
  private let start: ContinuousClock.Instant
  private let shown: Mutex<ContinuousClock.Instant>

  init(total: Int?, start: ContinuousClock.Instant) {
    self.total = total
    self.start = start
    shown = Mutex(start)
  }

  func show(cases: Int, violated: Int) {
    guard Console.isTerminal else { return }
    let now = ContinuousClock().now
    let isDue = shown.withLock { shown in
      guard now - shown > .milliseconds(200) else { return false }
      shown = now
      return true
    }
    guard isDue else { return }
    let rate = Double(cases) / (now - start).inSeconds
    let share = total.map { "/\($0)" } ?? ""
    Console.progress(
      "\(cases)\(share) cases, \(Int(clamping: rate)) a second"
        + (violated > 0 ? ", \(violated) violations" : ""))
  }
}

extension Duration {
  /// The duration as a number of seconds.
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
