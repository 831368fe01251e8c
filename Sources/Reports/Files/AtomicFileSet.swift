internal import Foundation

/// Files that appear together: all are written under temporary names before the first is renamed.
///
/// Once every byte is on the disk only renames remain, so that an exporter that fails, or a full
/// disk, leaves nothing.
struct AtomicFileSet {
  private struct Prepared {
    var temporary: String
    var target: String
  }

  /// Whether folders on the way to a file are made, as for a report; a single file in a folder that
  /// does not exist is more likely a slip.
  private let makesFolders: Bool
  private var prepared: [Prepared] = []
  private var newFolders: [String] = []

  init(makesFolders: Bool) { self.makesFolders = makesFolders }

  /// Writes a file's bytes under a temporary name in the target's folder.
  mutating func prepare(_ data: Data, at path: String) throws(UnwritableOutput) {
    // Through a symbolic link to the file that it names: the link stays.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: target, isDirectory: &isFolder), isFolder.boolValue {
      throw UnwritableOutput(path: path, reason: "it is a folder")
    }
    let folder = (target as NSString).deletingLastPathComponent
    if makesFolders { try makeFolder(folder) }
    let name = (target as NSString).lastPathComponent
    let temporary = (folder as NSString).appendingPathComponent(
      ".\(name).\(getpid())-\(prepared.count).tmp")
    prepared.append(Prepared(temporary: temporary, target: target))
    try Self.write(data, to: temporary, reportedAs: path)
  }

  /// Renames every file to its target.
  mutating func commit() throws(UnwritableOutput) {
    while let file = prepared.first {
      guard rename(file.temporary, file.target) == 0 else {
        throw UnwritableOutput(systemErrorAt: file.target)
      }
      prepared.removeFirst()
    }
    newFolders = []
  }

  /// Removes what was prepared and not committed.
  mutating func discard() {
    for file in prepared { unlink(file.temporary) }
    prepared = []
    // Deepest first; one that meanwhile holds something else stays.
    for folder in newFolders.reversed() { rmdir(folder) }
    newFolders = []
  }

  private mutating func makeFolder(_ folder: String) throws(UnwritableOutput) {
    guard !folder.isEmpty, access(folder, F_OK) != 0 else { return }
    try makeFolder((folder as NSString).deletingLastPathComponent)
    guard mkdir(folder, 0o777) == 0 else { throw UnwritableOutput(systemErrorAt: folder) }
    newFolders.append(folder)
  }

  private static func write(
    _ data: Data, to path: String, reportedAs target: String
  ) throws(UnwritableOutput) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { throw UnwritableOutput(systemErrorAt: target) }
    defer { close(descriptor) }
    var rest = data[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw UnwritableOutput(systemErrorAt: target)
      }
      rest = rest.dropFirst(written)
    }
    guard fsync(descriptor) == 0 else { throw UnwritableOutput(systemErrorAt: target) }
  }
}
