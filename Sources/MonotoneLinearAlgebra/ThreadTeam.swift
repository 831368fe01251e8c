internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Threads that are there for one piece of work after another, each always for the same share.
///
/// A solver hands out thousands of pieces of some tens of microseconds, in which the parts of vectors should stay in
/// the caches of the processors that have them. Who waits therefore looks again for a little while, and sleeps only
/// then.
final class ThreadTeam: @unchecked Sendable {
  // Sendable: `isBusy` lets one caller in at a time; the others do their work alone.

  private let workers: [Worker]
  private let isBusy = Atomic(false)

  /// A team of so many threads, the caller's included; fewer where the system does not give them.
  init(_ count: Int) {
    workers = (1..<max(count, 1)).map { _ in Worker() }.filter { $0.start() }
  }

  deinit { for worker in workers { worker.begin(nil) } }

  /// Calls the work once for each share of 0..<count, at the same time as far as there are threads.
  func run(_ count: Int, _ work: (_ share: Int) -> Void) {
    let (isTaken, _) = isBusy.compareExchange(
      expected: false, desired: true, ordering: .acquiring)
    guard isTaken else { return (0..<count).forEach(work) }
    // The closure ends before this call does, and shares have nothing in common.
    withoutActuallyEscaping(work) { work in
      let helpers = workers.prefix(count - 1)
      for (index, worker) in helpers.enumerated() { worker.begin { work(index + 1) } }
      work(0)
      for share in helpers.count + 1..<max(count, helpers.count + 1) { work(share) }
      for worker in helpers { worker.end() }
    }
    isBusy.store(false, ordering: .releasing)
  }
}

/// A thread that does what it is given.
private final class Worker: @unchecked Sendable {
  // Sendable: `work` is written before `given` says so, and read after.

  private let given = Gate()
  private let done = Gate()
  private var pieces = 0
  private var work: (() -> Void)?

  /// Starts the thread; false where the system has none.
  func start() -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let context = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, &attributes,
      { context in
        let context: UnsafeMutableRawPointer? = context
        if let context { Unmanaged<Worker>.fromOpaque(context).takeRetainedValue().loop() }
        return nil
      }, context.toOpaque())
    if status != 0 { context.release() }
    return status == 0
  }

  /// Gives the thread its next piece of work; nil ends it.
  func begin(_ work: (() -> Void)?) {
    self.work = work
    pieces += 1
    given.open()
  }

  /// Waits for the end of the work.
  func end() {
    done.wait(for: pieces)
    work = nil
  }

  private func loop() {
    var piece = 0
    while true {
      piece += 1
      given.wait(for: piece)
      guard perform() else { return }
      done.open()
    }
  }

  /// Does the work given; false where there is none. Apart, because no reference to the work may be left when the
  /// caller is told that it is done.
  @inline(never)
  private func perform() -> Bool {
    guard let work else { return false }
    work()
    return true
  }
}

/// Opened again and again by one thread, waited for by another.
private final class Gate: Sendable {
  private let count = Atomic(0)
  private let isAsleep = Atomic(false)
  private let semaphore = DispatchSemaphore(value: 0)

  /// How often a thread looks before it sleeps, some milliseconds: as long as the scheduler takes to see that two
  /// threads share a processor while another is free. Threads that sleep in turn would stay there.
  private static let looks = 1 << 14

  /// After so many looks, well under a microsecond, another thread may have the processor.
  private static let looksInARow = 64

  func open() {
    count.add(1, ordering: .sequentiallyConsistent)
    if isAsleep.exchange(false, ordering: .sequentiallyConsistent) { semaphore.signal() }
  }

  /// Waits until the gate was opened so often.
  func wait(for opening: Int) {
    for _ in 0..<Self.looks {
      for _ in 0..<Self.looksInARow where count.load(ordering: .acquiring) >= opening { return }
      sched_yield()
    }
    while true {
      isAsleep.store(true, ordering: .sequentiallyConsistent)
      if count.load(ordering: .sequentiallyConsistent) < opening {
        semaphore.wait()
      }
      // Whoever opened the gate in between has signalled, or will: that signal is this wait's own.
      else if !isAsleep.exchange(false, ordering: .sequentiallyConsistent) {
        semaphore.wait()
      }
      if count.load(ordering: .sequentiallyConsistent) >= opening { return }
    }
  }
}
