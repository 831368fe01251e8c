/// A file that appears whole or not at all.
///
/// The bytes go to a temporary name in the same folder, reach the disk, and are then renamed over
/// the target. A reader sees the old file or the new one; a crash leaves the old one. What is no
/// regular file is written through (``OutputDestination``).
package enum AtomicFile {
  /// Writes a file into a folder that exists.
  ///
  /// - Throws: ``UnwritableOutput``; the target is then as it was, and nothing is left beside it.
  package static func write(_ bytes: [UInt8], to path: String) throws(UnwritableOutput) {
    var files = AtomicFileSet(makesFolders: false)
    do throws(UnwritableOutput) {
      try files.prepare(bytes, at: path)
      try files.commit()
    } catch {
      files.discard()
      throw error
    }
  }
}
