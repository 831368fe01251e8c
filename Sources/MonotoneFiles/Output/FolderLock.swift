#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A folder that one process at a time writes into.
///
/// The lock is the kernel's, on the folder itself: it goes with the process however that ends, and
/// leaves no file behind.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Why a folder cannot be locked.
  package enum Failure: Error {
    /// Another process has it.
    case taken
    /// The file system knows no locks, or the folder cannot be opened; the reason.
    case unsupported(UnwritableOutput)
  }

  /// Locks a folder that exists, until the last reference goes.
  package init(_ folder: String) throws(Failure) {
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unsupported(UnwritableOutput(systemErrorAt: folder)) }
    // From here on `deinit` closes it.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK
        ? .taken : .unsupported(UnwritableOutput(systemErrorAt: folder))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
