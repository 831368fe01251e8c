#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Where a path of an output leads.
///
/// Links are followed, and stay. What is no regular file is written through: a device or a pipe keeps
/// being one. Folders and sockets are refused.
package enum OutputDestination: Equatable {
  /// A regular file, or none yet: to be replaced as a whole. The path has no link at its end.
  case file(String)
  /// A device or a named pipe.
  case stream(String)
  /// A descriptor of this process, as `/dev/stdout` names one.
  case descriptor(Int32)

  /// Finds out where a path leads.
  package init(_ path: String) throws(UnwritableOutput) {
    guard !path.isEmpty else { throw UnwritableOutput(path: "\"\"", reason: "a path is empty") }
    guard !path.hasSuffix("/") else {
      throw UnwritableOutput(path: path, reason: "it names a folder")
    }
    let chain = try Self.links(from: path)
    if let number = chain.lazy.compactMap(Self.descriptor).first {
      self = .descriptor(number)
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT, let last = chain.last else {
        throw UnwritableOutput(systemErrorAt: path)
      }
      self = .file(last)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw UnwritableOutput(path: path, reason: "it is a folder")
    case S_IFREG:
      guard access(path, W_OK) == 0 else { throw UnwritableOutput(systemErrorAt: path) }
      self = .file(chain.last ?? path)
    case S_IFCHR, S_IFBLK, S_IFIFO: self = .stream(path)
    default: throw UnwritableOutput(path: path, reason: "it is neither a file nor a device")
    }
  }

  /// A path and, one after another, what the links at its end name.
  private static func links(from path: String) throws(UnwritableOutput) -> [String] {
    var chain = [path]
    var current = path
    while let target = link(current) {
      guard chain.count <= 40 else { throw UnwritableOutput(systemErrorAt: path, code: ELOOP) }
      current = target.hasPrefix("/") ? target : folder(of: current) + "/" + target
      chain.append(current)
    }
    return chain
  }

  private static func link(_ path: String) -> String? {
    // A link of /proc may name what is no path; it is told by its own path.
    guard descriptor(path) == nil else { return nil }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let length = readlink(path, start, buffer.count)
      return length < 0 ? nil : String(decoding: buffer[..<length], as: UTF8.self)
    }
  }

  /// The number in `/dev/fd/N` or `/proc/self/fd/N`.
  private static func descriptor(_ path: String) -> Int32? {
    for prefix in ["/dev/fd/", "/proc/self/fd/", "/proc/\(getpid())/fd/"]
    where path.hasPrefix(prefix) {
      return Int32(path.dropFirst(prefix.count))
    }
    return nil
  }

  /// Opens what is written through, or a file as it grows.
  ///
  /// - Returns: A descriptor; below 0 where that failed, with `errno`.
  func open() -> Int32 {
    switch self {
    case .file(let path): Self.open(path, O_CREAT | O_TRUNC)
    case .stream(let path): Self.open(path, 0)
    case .descriptor(let number): dup(number)
    }
  }

  private static func open(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    #else
      Darwin.open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    #endif
  }

  /// The folder that a path lies in.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension OutputDestination {
  /// Finds out, before any work, whether an output could be written now.
  ///
  /// - Throws: ``UnwritableOutput``.
  package static func probe(_ path: String) throws(UnwritableOutput) {
    switch try OutputDestination(path) {
    case .file(let target): try probeFolder(folder(of: target), reportedAs: path)
    case .stream(let path):
      guard access(path, W_OK) == 0 else { throw UnwritableOutput(systemErrorAt: path) }
    case .descriptor(let number):
      let flags = fcntl(number, F_GETFL)
      guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
        throw UnwritableOutput(systemErrorAt: path, code: EBADF)
      }
    }
  }

  /// Whether a folder takes a new file: by making one. Permissions alone do not tell.
  package static func probeFolder(
    _ folder: String, reportedAs path: String
  ) throws(UnwritableOutput) {
    let file = try TemporaryFile(in: folder, reportedAs: path)
    file.remove()
  }
}
