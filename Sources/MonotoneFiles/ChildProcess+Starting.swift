#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension ChildProcess {
  /// Starts a program, found on the path, that goes on beside this one.
  ///
  /// - Parameters:
  ///   - descriptors: The descriptors of the program from 0 on, by those of this process.
  ///   - leadsGroup: Whether it is of a process group of its own, so that Ctrl-C does not reach it, and a
  ///     signal to the group reaches whatever it starts.
  /// - Returns: Its process, which the caller waits for.
  package static func start(
    _ program: String, _ arguments: [String], _ descriptors: [Int32], leadsGroup: Bool = false
  ) throws(Failure) -> Int32 {
    #if canImport(Glibc)
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t?.none, posix_spawnattr_t?.none)
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    // Copies above those of the program, so that none is overwritten before it is passed on.
    let copies = descriptors.map { fcntl($0, F_DUPFD_CLOEXEC, Int32(descriptors.count)) }
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      for copy in copies where copy >= 0 { close(copy) }
    }
    for (index, copy) in copies.enumerated() {
      guard copy >= 0 else { throw Failure(message: String(cString: strerror(errno))) }
      posix_spawn_file_actions_adddup2(&actions, copy, Int32(index))
    }
    // The thread that starts it may have signals blocked, and this process ignores some.
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(
      &attributes, Int16(group | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, &attributes, words, environ)
    guard code == 0 else { throw Failure(message: String(cString: strerror(code))) }
    return child
  }
}
