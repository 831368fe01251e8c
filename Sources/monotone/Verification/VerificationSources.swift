import Foundation

/// The files that the paths of a verification stand for.
///
/// A folder stands for the model files in it (`*.json`), and for the refutation files in its
/// `counterexamples` folder (`*.refutation.json`); a file for itself.
struct VerificationSources {
  /// Model files, sorted within each folder.
  var models: [String] = []
  /// Refutation files, sorted within each folder.
  var refutations: [String] = []

  init(_ paths: [String]) throws {
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw CommandFailure("\(path): no such file or folder", .unreadable)
      }
      guard isFolder.boolValue else {
        add(path)
        continue
      }
      let before = models.count + refutations.count
      try Self.files(in: path).forEach { add($0) }
      let counterexamples = (path as NSString).appendingPathComponent("counterexamples")
      if FileManager.default.fileExists(atPath: counterexamples) {
        refutations += try Self.files(in: counterexamples).filter(Self.isRefutation)
      }
      guard models.count + refutations.count > before else {
        throw CommandFailure(
          "\(path): no model in this folder; expected files ending in .json", .unreadable)
      }
    }
  }

  private mutating func add(_ file: String) {
    if Self.isRefutation(file) { refutations.append(file) } else { models.append(file) }
  }

  private static func isRefutation(_ file: String) -> Bool { file.hasSuffix(".refutation.json") }

  private static func files(in folder: String) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw CommandFailure(
        "\(folder): the folder cannot be read (\(error.localizedDescription))", .unreadable)
    }
    return names.filter { $0.hasSuffix(".json") && !$0.hasSuffix(".policy.json") }.sorted()
      .map { (folder as NSString).appendingPathComponent($0) }
  }
}
