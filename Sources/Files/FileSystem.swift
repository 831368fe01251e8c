#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Folders, without Foundation, which a test library should not force on its users.
package enum FileSystem {
  /// Whether there is something of a name.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder, in no order; none where there is no such folder.
  package static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Makes a folder, and those on the way to it, unless they are there.
  ///
  /// - Returns: Those that were made, the outermost first.
  @discardableResult
  package static func makeFolder(_ path: String) throws(UnwritableOutput) -> [String] {
    guard !exists(path) else { return [] }
    let outer = OutputDestination.folder(of: path)
    var made = outer == path ? [] : try makeFolder(outer)
    guard mkdir(path, 0o777) == 0 else {
      // Another thread may have been first.
      guard errno == EEXIST else { throw UnwritableOutput(systemErrorAt: path) }
      return made
    }
    made.append(path)
    return made
  }

  /// Removes a file.
  package static func remove(_ path: String) throws(UnwritableOutput) {
    guard unlink(path) == 0 else { throw UnwritableOutput(systemErrorAt: path) }
  }

  /// Refuses a folder that cannot be made or written to.
  package static func probeFolder(_ path: String) throws(UnwritableOutput) {
    var place = path
    while !exists(place), place != ".", place != "/" {
      place = OutputDestination.folder(of: place)
    }
    var status = stat()
    guard stat(place, &status) == 0 else { throw UnwritableOutput(systemErrorAt: path) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw UnwritableOutput(path: path, reason: "\(place) is not a folder")
    }
    try OutputDestination.probeFolder(place, reportedAs: path)
  }
}
