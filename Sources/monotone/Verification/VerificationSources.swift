import Foundation

/// The files that the paths of a verification stand for.
///
/// A folder stands for the model files in it (`*.json`), for the refutation files in its
/// `counterexamples` folder (`*.refutation.json`), and for the attainment files in its `attainment`
/// folder (`*.attainment.json`); a file for itself.
struct VerificationSources {
  /// Model files, sorted within each folder.
  var models: [String] = []
  /// Refutation files, sorted within each folder.
  var refutations: [String] = []
  /// Attainment files, sorted within each folder.
  var attainments: [String] = []

  /// All of them.
  var files: [String] { models + refutations + attainments }

  /// How many files there are.
  var count: Int { files.count }

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
      let before = count
      try Self.files(in: path).forEach { add($0) }
      refutations += try Self.files(in: path, "counterexamples").filter(Self.isRefutation)
      attainments += try Self.files(in: path, "attainment").filter(Self.isAttainment)
      guard count > before else {
        throw CommandFailure(
          "\(path): no model in this folder; expected files ending in .json", .unreadable)
      }
    }
  }

  private mutating func add(_ file: String) {
    if Self.isRefutation(file) {
      refutations.append(file)
    } else if Self.isAttainment(file) {
      attainments.append(file)
    } else {
      models.append(file)
    }
  }

  private static func isRefutation(_ file: String) -> Bool { file.hasSuffix(".refutation.json") }

  private static func isAttainment(_ file: String) -> Bool { file.hasSuffix(".attainment.json") }

  /// The files in a folder's subfolder; none where there is no such folder.
  private static func files(in folder: String, _ subfolder: String) throws -> [String] {
    let path = (folder as NSString).appendingPathComponent(subfolder)
    return FileManager.default.fileExists(atPath: path) ? try files(in: path) : []
  }

  private static func files(in folder: String) throws -> [String] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw CommandFailure(
        "\(folder): the folder cannot be read; check its permissions", .unreadable)
    }
    return names.filter { $0.hasSuffix(".json") && !$0.hasSuffix(".policy.json") }.sorted()
      .map { (folder as NSString).appendingPathComponent($0) }
  }
}
