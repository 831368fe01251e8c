#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Folders, without Foundation, which a test library should not force on its users.
package enum FileSystem {
  /// Where temporary files go that belong beside nothing.
  package static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { isFolder($0) ? $0 : nil } ?? "/tmp"
  }

  /// Whether there is something of a name.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether it is a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The size of a file in bytes; 0 where there is none.
  package static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Removes a file, if there is one.
  package static func removeFile(_ path: String) { unlink(path) }

  /// The folder that a path lies in.
  package static func folder(of path: String) -> String { OutputDestination.folder(of: path) }

  /// The last part of a path.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The path of a name in the same folder.
  package static func sibling(_ name: String, of path: String) -> String {
    path.contains("/") ? place(name, in: folder(of: path)) : name
  }

  /// The path of a name in a folder.
  package static func place(_ name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// Whether the names in a folder can be read.
  package static func canList(_ folder: String) -> Bool { access(folder, R_OK | X_OK) == 0 }

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

  /// The first path of a name, then with -2, -3, … behind it, where there is nothing yet.
  package static func unused(_ path: String) -> String {
    guard exists(path) else { return path }
    var number = 2
    while exists("\(path)-\(number)") { number += 1 }
    return "\(path)-\(number)"
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
