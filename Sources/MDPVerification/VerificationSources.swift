package import MonotoneFiles
internal import MDPFormats

/// The files that the paths of a verification stand for.
///
/// A folder stands for the model files in it (`*.json`), for the refutation files in its
/// `counterexamples` folder (`*.refutation.json`), and for the attainment files in its `attainment`
/// folder (`*.attainment.json`); a file for itself. Policies may stand beside what they are policies of; what
/// is none of these is a stray.
package struct VerificationSources: Sendable {
  /// Model files, sorted within each folder.
  package private(set) var models: [String] = []
  /// Refutation files, sorted within each folder.
  package private(set) var refutations: [String] = []
  /// Attainment files, sorted within each folder.
  package private(set) var attainments: [String] = []
  /// The other files of the folders.
  package private(set) var strays: [String] = []

  /// All of them.
  package var files: [String] { models + refutations + attainments }

  /// How many files there are.
  package var count: Int { files.count }

  /// Finds the files.
  ///
  /// - Throws: ``MonotoneFiles/RunFailure`` for a path that leads nowhere, or to a folder without models.
  package init(_ paths: [String]) throws(RunFailure) {
    for path in paths {
      guard FileSystem.exists(path) else {
        throw RunFailure(
          "\(path): no such file or folder" + MissingFile.hint(path, or: []), .unreadable)
      }
      guard FileSystem.isFolder(path) else {
        add(path)
        continue
      }
      let before = count
      try addFolder(path)
      guard count > before else {
        throw RunFailure(
          "\(path): no model in this folder; expected files ending in .json", .unreadable)
      }
    }
  }

  /// Says what was skipped, or refuses it.
  package func noteStrays(areRefused: Bool, monitor: RunMonitor) throws(RunFailure) {
    guard !strays.isEmpty else { return }
    let names = strays.joined(separator: ", ")
    guard !areRefused else {
      throw RunFailure("--strict: neither models nor policies: \(names)", .badData)
    }
    monitor.note("skipped, neither models nor policies: \(names)")
  }

  private mutating func addFolder(_ path: String) throws(RunFailure) {
    for name in try Self.names(in: path) {
      let file = FileSystem.place(name, in: path)
      switch name {
      case "counterexamples", "attainment":
        let isKnown = name == "attainment" ? Self.isAttainment : Self.isRefutation
        for inner in FileSystem.isFolder(file) ? try Self.names(in: file) : [] where isKnown(inner)
        {
          add(FileSystem.place(inner, in: file))
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

  /// Whether a file is a folder, or JSON of another sort. What cannot be read as JSON is no stray: it may be a
  /// model that is broken, and so may one without a schema.
  private static func isStray(_ file: String) -> Bool {
    guard !FileSystem.isFolder(file) else { return true }
    return !isRefutation(file) && !isAttainment(file) && ModelGuess.isOther(file)
  }

  /// The names in a folder, sorted.
  private static func names(in folder: String) throws(RunFailure) -> [String] {
    guard FileSystem.canList(folder) else {
      throw RunFailure(
        "\(folder): the folder cannot be read; check its permissions", .unreadable)
    }
    return FileSystem.names(in: folder).sorted()
  }
}
