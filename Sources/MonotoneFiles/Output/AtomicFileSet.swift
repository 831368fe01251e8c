#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files that appear together: all are written under temporary names before the first is renamed.
///
/// Once every byte is on the disk only renames remain, so that an exporter that fails, or a full
/// disk, leaves nothing.
package struct AtomicFileSet {
  private struct Prepared {
    var file: TemporaryFile
    var target: String
    var path: String
  }

  /// Bytes for what cannot be replaced.
  private struct Streamed {
    var bytes: [UInt8]
    var destination: OutputDestination
    var path: String
  }

  /// Whether folders on the way to a file are made, as for a report; a single file in a folder that
  /// does not exist is more likely a slip.
  private let makesFolders: Bool
  private var prepared: [Prepared] = []
  private var streamed: [Streamed] = []
  private var newFolders: [String] = []

  package init(makesFolders: Bool) { self.makesFolders = makesFolders }

  /// Writes a file's bytes under a temporary name in the target's folder.
  package mutating func prepare(
    _ bytes: [UInt8], at path: String
  ) throws(UnwritableOutput) {
    let destination = try OutputDestination(path)
    guard case .file(let target) = destination else {
      streamed.append(Streamed(bytes: bytes, destination: destination, path: path))
      return
    }
    let folder = OutputDestination.folder(of: target)
    if makesFolders { newFolders += try FileSystem.makeFolder(folder) }
    let file = try TemporaryFile(in: folder, reportedAs: path)
    prepared.append(Prepared(file: file, target: target, path: path))
    try file.write(bytes, reportedAs: path)
  }

  /// Writes what is written through, then renames every file to its target.
  package mutating func commit() throws(UnwritableOutput) {
    while let stream = streamed.first {
      try Self.write(stream)
      streamed.removeFirst()
    }
    while let next = prepared.first {
      try next.file.rename(to: next.target, reportedAs: next.path)
      prepared.removeFirst()
    }
    newFolders = []
  }

  /// Removes what was prepared and not committed.
  package mutating func discard() {
    for each in prepared { each.file.remove() }
    prepared = []
    streamed = []
    // Deepest first; one that meanwhile holds something else stays.
    for folder in newFolders.reversed() { rmdir(folder) }
    newFolders = []
  }

  private static func write(_ stream: Streamed) throws(UnwritableOutput) {
    let descriptor = stream.destination.open()
    guard descriptor >= 0 else { throw UnwritableOutput(systemErrorAt: stream.path) }
    defer { close(descriptor) }
    try SystemWrite.all(stream.bytes, to: descriptor, named: stream.path)
  }
}
