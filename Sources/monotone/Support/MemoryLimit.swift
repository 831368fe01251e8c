import MonotoneLinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A limit on the memory of the process (`ulimit -v`, `ulimit -d`), which must lead to an error where
/// it is too low, and never to a run without end.
///
/// Most requests are asked for before they are made (``MemoryBudget``, ``KernelMemory``). The rest,
/// by the Swift runtime, FLINT and GMP, end the process where they fail, and Dispatch sleeps until
/// there is room for a thread, which may be never; under a limit both are reported as what they are.
enum MemoryLimit {
  /// The message where an allocation fails, ready before there is no memory for it.
  nonisolated(unsafe) private static var message: UnsafeMutablePointer<CChar>?

  /// Sees to a limit, if there is one. To be called before anything else.
  static func prepare() {
    guard let limit = ProcessMemory.limit else { return }
    startWithOneThread()
    message = strdup(
      "monotone: stopped, most likely for lack of memory: the process may take "
        + "\(Int(limit / 0x1p20)) MiB (ulimit -v, ulimit -d); raise the limit or reduce the model\n"
    )
    for number in [SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS] {
      signal(number) { _ in MemoryLimit.leave() }
    }
    do throws(InsufficientMemory) { try KernelMemory.claim() } catch {
      Console.error(error.message)
      _exit(ExitStatus.internalError.rawValue)
    }
    watch()
  }

  /// Ends the process once there has been no room for a thread for a few seconds.
  ///
  /// The watching thread is started while there is room, and takes no memory after that.
  private static func watch() {
    #if os(Linux)
      var (thread, attributes) = (pthread_t(), pthread_attr_t())
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, 1 << 18)
      pthread_create(&thread, &attributes, { _ in MemoryLimit.leaveWithoutRoom() }, nil)
    #endif
  }

  private static func leaveWithoutRoom() -> Never {
    var failures = 0
    while failures < 3 {
      sleep(1)
      failures = ProcessMemory.fits(threadBytes) ? 0 : failures + 1
    }
    leave()
  }

  /// A thread's stack, as most systems size it, and the page that guards it.
  private static let threadBytes = 0x1p20 * 9

  /// Ends the process with nothing but system calls, as a signal handler must.
  private static func leave() -> Never {
    if let message { _ = write(STDERR_FILENO, message, strlen(message)) }
    _exit(ExitStatus.internalError.rawValue)
  }

  /// Starts the program anew with one BLAS thread: OpenBLAS starts its threads when it is loaded,
  /// each with a buffer of its own, and waits for ever for those that get none.
  private static func startWithOneThread() {
    #if os(Linux)
      guard getenv(variable) == nil else { return }
      setenv(variable, "1", 1)
      var arguments = CommandLine.arguments.map { strdup($0) }
      arguments.append(nil)
      execv("/proc/self/exe", &arguments)
    #endif
  }

  private static let variable = "OPENBLAS_NUM_THREADS"
}
