#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Why a counterexample could not be kept.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// Why not.
  public let reason: String

  init(systemErrorAt path: String) {
    self.path = path
    reason = String(cString: strerror(errno))
  }

  public var description: String { "\(path) cannot be written: \(reason)" }
}

/// Small text files, without Foundation, which a test library should not force on its users.
enum TextFile {
  /// Writes a file: under a temporary name, then renamed.
  static func write(_ text: String, to path: String) throws(FileFailure) {
    let temporary = "\(path).\(getpid()).tmp"
    guard let file = fopen(temporary, "w") else { throw FileFailure(systemErrorAt: path) }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count, rename(temporary, path) == 0 else {
      let failure = FileFailure(systemErrorAt: path)
      unlink(temporary)
      throw failure
    }
  }

  /// Makes a folder, and those on the way to it, unless they are there.
  static func makeFolder(_ path: String) throws(FileFailure) {
    if exists(path) { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeFolder(String(path[..<slash]))
    }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileFailure(systemErrorAt: path)
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder; none where there is no such folder.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// A variable of the environment.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
