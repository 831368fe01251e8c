internal import Foundation

/// Files that appear whole or not at all: a reader finds the old file or the new one, and so does who
/// comes after a crash.
///
/// A process that was killed while it wrote leaves `NAME.partial`, which the next write of that name
/// takes over, and ``removePartial(in:)`` takes away.
enum WholeFile {
  private static let ending = ".partial"

  /// Writes a file into a folder that exists.
  static func write(_ data: Data, to file: URL) throws(UnwritableFile) {
    let partial = file.path + ending
    do throws(UnwritableFile) {
      let growing = try GrowingFile(path: partial, length: 0)
      try growing.write(Array(data))
      try growing.synchronize()
      guard rename(partial, file.path) == 0 else { throw UnwritableFile(path: file.path) }
    } catch {
      unlink(partial)
      throw error
    }
  }

  /// Removes what writes that were killed left in a folder.
  static func removePartial(in folder: URL) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(ending) {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }
}
