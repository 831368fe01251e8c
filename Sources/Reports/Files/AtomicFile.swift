public import Foundation

/// A file that appears whole or not at all.
///
/// The bytes go to a temporary name in the same folder, reach the disk, and are then renamed over
/// the target. A reader sees the old file or the new one; a crash leaves the old one.
public enum AtomicFile {
  /// Writes a file into a folder that exists.
  ///
  /// - Throws: ``UnwritableOutput``; the target is then as it was, and nothing is left beside it.
  public static func write(_ data: Data, to path: String) throws(UnwritableOutput) {
    var files = AtomicFileSet(makesFolders: false)
    do throws(UnwritableOutput) {
      try files.prepare(data, at: path)
      try files.commit()
    } catch {
      files.discard()
      throw error
    }
  }

  /// Removes what processes that were killed while they wrote a file left beside it.
  public static func removeLeftovers(of path: String) {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let folder = file.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names
    where name.hasPrefix(".\(file.lastPathComponent).") && name.hasSuffix(".tmp") {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }
}

/// An output that cannot be written: exit status 73.
public struct UnwritableOutput: Error, Sendable, Equatable {
  /// The file or folder.
  public let path: String
  /// Why not.
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The failure of the last system call.
  init(systemErrorAt path: String) {
    self.init(path: path, reason: String(cString: strerror(errno)))
  }

  /// What is wrong.
  public var message: String { "\(path) cannot be written: \(reason)" }
}
