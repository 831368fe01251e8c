import Foundation

/// The files that the paths of a verification stand for.
///
/// A folder stands for the model files in it (`*.json`), for the refutation files in its
/// `counterexamples` folder (`*.refutation.json`), and for the attainment files in its `attainment`
/// folder (`*.attainment.json`); a file for itself. Policies may stand beside what they are policies of; what
/// is none of these is a stray.
struct VerificationSources {
  /// Model files, sorted within each folder.
  var models: [String] = []
  /// Refutation files, sorted within each folder.
  var refutations: [String] = []
  /// Attainment files, sorted within each folder.
  var attainments: [String] = []

  /// What folders hold besides.
  var strays: [String] = []

  /// All of them.
  var files: [String] { models + refutations + attainments }

  /// How many files there are.
  var count: Int { files.count }

  init(_ paths: [String]) throws {
    for path in paths {
      guard FileManager.default.fileExists(atPath: path) else {
        throw CommandFailure(
          "\(path): no such file or folder" + MissingFile.hint(path, or: []), .unreadable)
      }
      guard Self.isFolder(path) else {
        add(path)
        continue
      }
      let before = count
      try addFolder(path)
      guard count > before else {
        throw CommandFailure(
          "\(path): no model in this folder; expected files ending in .json", .unreadable)
      }
    }
  }

  /// Says what was skipped, or refuses it.
  func noteStrays(areRefused: Bool) throws {
    guard !strays.isEmpty else { return }
    let names = strays.joined(separator: ", ")
    guard !areRefused else {
      throw CommandFailure("--strict: neither models nor policies: \(names)", .badData)
    }
    Console.note("skipped, neither models nor policies: \(names)")
  }

  private mutating func addFolder(_ path: String) throws {
    for name in try Self.names(in: path) {
      let file = (path as NSString).appendingPathComponent(name)
      switch name {
      case "counterexamples", "attainment":
        let isKnown = name == "attainment" ? Self.isAttainment : Self.isRefutation
        for inner in Self.isFolder(file) ? try Self.names(in: file) : [] where isKnown(inner) {
          add((file as NSString).appendingPathComponent(inner))
        }
      case _ where Self.isPolicy(name): break
      case _ where name.hasSuffix(".json") && !name.hasPrefix(".") && !Self.isStray(file): add(file)
      default: strays.append(file)
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

  private static func isPolicy(_ file: String) -> Bool {
    file.hasSuffix(".policy.json") || file.hasSuffix(".npy")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Whether a file is a folder, or JSON of another sort. What cannot be read as JSON is no stray: it may be a
  /// model that is broken, and so may one without a schema.
  private static func isStray(_ file: String) -> Bool {
    guard !isFolder(file) else { return true }
    guard !isRefutation(file), !isAttainment(file),
      let data = FileManager.default.contents(atPath: file),
      data.range(of: Data("monotone/mdp/".utf8)) == nil,
      let value = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    else { return false }
    guard let object = value as? [String: Any] else { return true }
    return object["schema"] != nil || object["transitions"] == nil && object["states"] == nil
  }

  /// The names in a folder, sorted.
  private static func names(in folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw CommandFailure(
        "\(folder): the folder cannot be read; check its permissions", .unreadable)
    }
  }
}
