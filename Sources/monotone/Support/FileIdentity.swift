#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The identity of a file, equal for all paths that lead to it, links included.
enum FileIdentity: Hashable {
  /// A file that is there.
  case present(device: UInt64, number: UInt64)
  /// One that is not yet.
  case absent(path: String)

  /// The file of a path.
  init(_ path: String) {
    var status = stat()
    self =
      stat(path, &status) == 0
      ? FileIdentity(status)
      : .absent(path: URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path)
  }

  private init(_ status: stat) {
    self = .present(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
  }

  /// The file that an argument is read from; `-` is whatever standard input is.
  static func ofInput(_ argument: String) -> FileIdentity? {
    guard argument == "-" else { return FileIdentity(argument) }
    var status = stat()
    return fstat(STDIN_FILENO, &status) == 0 ? FileIdentity(status) : nil
  }
}
