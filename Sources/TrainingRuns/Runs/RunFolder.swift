package import MonotoneFiles

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The folder of a training run, which one process at a time works in.
///
/// Locked while it is there: two processes that write one run would leave neither's.
package final class RunFolder: Sendable {
  /// Where it is.
  package let url: URL
  private let lock: FolderLock

  /// Why a folder cannot be worked in.
  package enum Failure: Error, Sendable, Equatable {
    /// It cannot be made or locked.
    case output(UnwritableOutput)
    /// Another process works in it.
    case taken
    /// It holds a run already.
    case occupied
  }

  /// Opens a folder, which is made if it is missing.
  package init(_ url: URL) throws(Failure) {
    self.url = url
    do throws(UnwritableOutput) { try FileSystem.makeFolder(url.path) } catch {
      throw .output(error)
    }
    do throws(FolderLock.Failure) { lock = try FolderLock(url.path) } catch {
      switch error {
      case .taken: throw .taken
      case .unsupported(let failure): throw .output(failure)
      }
    }
  }

  /// The checkpoints' folder.
  package var checkpoints: URL { url.appendingPathComponent("checkpoints") }

  /// Whether there is a run whose work would be lost: a checkpoint, or a row of progress.
  package var holdsRun: Bool {
    let isSaved = checkpointFiles.contains { $0.file.pathExtension == "json" }
    let rows = try? Data(contentsOf: url.appendingPathComponent("progress.csv"))
    return isSaved || (rows ?? Data()).count { $0 == UInt8(ascii: "\n") } > 1
  }

  /// The files of checkpoints, the latest first.
  var checkpointFiles: [(iteration: Int, file: URL)] {
    FileSystem.names(in: checkpoints.path).compactMap { name in
      let file = checkpoints.appendingPathComponent(name)
      return Int(file.deletingPathExtension().lastPathComponent).map { ($0, file) }
    }.sorted { $0.iteration > $1.iteration }
  }

  /// Removes the checkpoints after an iteration, and what killed processes left.
  func prepare(keepingUpTo last: Int) throws(UnwritableOutput) {
    try FileSystem.makeFolder(checkpoints.path)
    for folder in [url, checkpoints] { TemporaryFile.removeLeftovers(in: folder.path) }
    try removeCheckpoints { $0 > last }
  }

  /// Removes some checkpoints, and tensors that no checkpoint names.
  ///
  /// The JSON file first: a checkpoint without tensors would look damaged.
  func removeCheckpoints(where isOld: (_ iteration: Int) -> Bool) throws(UnwritableOutput) {
    for (iteration, file) in checkpointFiles where file.pathExtension == "json" && isOld(iteration)
    {
      try FileSystem.remove(file.path)
    }
    let files = checkpointFiles.map(\.file)
    let documents = Set(files.filter { $0.pathExtension == "json" })
    for file in files where file.pathExtension == "safetensors" {
      let document = file.deletingPathExtension().appendingPathExtension("json")
      if !documents.contains(document) { try FileSystem.remove(file.path) }
    }
  }
}
