#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Synchronization

/// One processor for a thread and a process that take turns.
///
/// On two, the one that waits falls asleep, and each turn lasts until it has woken up: 50 µs and more in
/// place of 10, measured on a virtual machine. Between its rows of turns the thread goes where the system
/// puts it.
struct SharedProcessor: ~Copyable {
  private let process: pid_t
  /// The processors that threads of this program share with processes now, each with one.
  private static let taken = Mutex<Set<Int>>([])
  /// As many bits as the C library has for a set of processors.
  private static let most = 1024
  private static let bytes = most / 8

  /// - Parameter process: The process that takes turns with the threads that call.
  init(with process: pid_t) { self.process = process }

  /// Does what takes turns. Where the system shares no processor, both run where they like.
  func share<R>(_ body: () throws -> R) rethrows -> R {
    guard let functions = Self.functions else { return try body() }
    var all = [UInt](repeating: 0, count: Self.most / UInt.bitWidth)
    let here = Int(functions.current())
    guard here >= 0, functions.allowed(0, Self.bytes, &all) >= 0 else { return try body() }
    guard let place = Self.take(from: all, preferring: here) else {
      // It may have shared one before.
      _ = functions.allow(process, Self.bytes, all)
      return try body()
    }
    defer { Self.taken.withLock { _ = $0.remove(place) } }
    var one = [UInt](repeating: 0, count: all.count)
    one[place / UInt.bitWidth] = 1 << (place % UInt.bitWidth)
    guard functions.allow(0, Self.bytes, one) == 0 else { return try body() }
    defer { _ = functions.allow(0, Self.bytes, all) }
    _ = functions.allow(process, Self.bytes, one)
    return try body()
  }

  /// Takes a processor of a set that no other thread has taken; nil where there is none.
  private static func take(from set: [UInt], preferring here: Int) -> Int? {
    taken.withLock { taken in
      let free = ([here] + Array(0..<most)).first {
        set.indices.contains($0 / UInt.bitWidth)
          && set[$0 / UInt.bitWidth] >> ($0 % UInt.bitWidth) & 1 == 1 && !taken.contains($0)
      }
      if let free { taken.insert(free) }
      return free
    }
  }

  private typealias Current = @Sendable @convention(c) () -> Int32
  private typealias Allow = @Sendable @convention(c) (pid_t, Int, UnsafePointer<UInt>) -> Int32
  private typealias Allowed =
    @Sendable @convention(c) (pid_t, Int, UnsafeMutablePointer<UInt>) -> Int32

  /// The functions of the C library, which Swift's module of it leaves out; nil where there are none.
  private static let functions: (current: Current, allow: Allow, allowed: Allowed)? = {
    guard let current = dlsym(nil, "sched_getcpu"), let allow = dlsym(nil, "sched_setaffinity"),
      let allowed = dlsym(nil, "sched_getaffinity")
    else { return nil }
    return (
      unsafeBitCast(current, to: Current.self), unsafeBitCast(allow, to: Allow.self),
      unsafeBitCast(allowed, to: Allowed.self)
    )
  }()
}
