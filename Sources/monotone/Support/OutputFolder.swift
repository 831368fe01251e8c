import MonotoneFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that a command will write into: checked before the work begins.
struct OutputFolder {
  /// Runs that leave a folder, by the file that tells of each.
  enum Kind: String, CaseIterable {
    case verification = "verification.json"
    case comparison = "comparison.json"
    case survey = "survey.json"
    case falsification = "ladder.json"
    case counterexample = "falsification.json"
    case training = "config.json"
    case check = "check.json"
    case audit = "audit.json"
    case fuzz = "fuzz.json"
    case paper = "paper.json"
    case distributed = "distributed.json"

    /// The name of such a run.
    var name: String {
      switch self {
      case .verification: "a verification"
      case .comparison: "a comparison"
      case .survey: "a survey of estimators"
      case .falsification: "a search of the bounds"
      case .counterexample: "a search for a counterexample"
      case .training: "a training run"
      case .check: "the check of an update"
      case .audit: "an audit"
      case .fuzz: "a campaign"
      case .paper: "a report of the paper's experiments"
      case .distributed: "a distributed run"
      }
    }

    /// The beginning of the file by which such a folder is recognised.
    private var mark: OutputKind {
      let schema =
        switch self {
        case .verification: "verification"
        case .comparison: "comparison"
        case .survey: "estimator-survey"
        case .falsification: "ladder-search"
        case .counterexample: "falsification"
        case .training: "training"
        case .check: "check"
        case .audit: "audit"
        case .fuzz: "fuzz"
        case .paper: "paper"
        case .distributed: "distributed"
        }
      return OutputKind(name: name, marks: ["\"monotone/\(schema)/"])
    }

    /// Files that such a run writes, beside its own, and that others may have written.
    fileprivate var shared: [String] {
      switch self {
      case .verification:
        ["index.html", "results.js", "summary.md", "junit.xml", "environment.json", "figures"]
      case .comparison, .survey, .paper: ["index.html", "summary.md", "figures"]
      case .falsification: ["index.html", "summary.md", "figures"]
      case .counterexample: ["index.html", "summary.md"]
      case .check, .fuzz: ["index.html", "summary.md", "junit.xml"]
      case .audit: ["index.html", "summary.md", "junit.xml", "figures"]
      case .training: ["model.json", "progress.csv", "learning-curve.svg"]
      case .distributed: []
      }
    }

    fileprivate func isIn(_ folder: String) -> Bool {
      let file = "\(folder)/\(rawValue)"
      return FileSystem.exists(file) && mark.matches(file)
    }
  }

  /// Where it is.
  let path: String

  /// Makes sure that a folder can be written, and that it is not another run's.
  ///
  /// - Parameter inputs: Arguments that name what is read.
  init(_ path: String, for kind: Kind, inputs: [String], overwrites: OverwriteOption) throws {
    self.path = path
    try Self.requireWritable(path)
    let own = "\(path)/\(kind.rawValue)"
    let written = ([kind.rawValue] + kind.shared).map { FileIdentity("\(path)/\($0)") }
    if let input = inputs.first(where: { FileIdentity.ofInput($0).map(written.contains) ?? false })
    {
      throw CommandFailure(
        "\(path): the command would overwrite \(input), which it reads; name another folder", .usage
      )
    }
    guard !overwrites.overwrite else { return }
    if let other = Kind.allCases.first(where: { $0 != kind && $0.isIn(path) }) {
      throw CommandFailure(
        "\(path) holds \(other.name), which is kept; name another folder, or add --overwrite",
        .unwritable)
    }
    guard !kind.isIn(path) else { return }
    if let file = ([own] + kind.shared.map { "\(path)/\($0)" }).first(where: FileSystem.exists) {
      throw CommandFailure(
        "\(file) exists, and is not of \(kind.name); it is kept: name another folder, or add "
          + "--overwrite", .unwritable)
    }
  }

  /// Refuses a folder that cannot be made or written to.
  static func requireWritable(_ path: String) throws {
    do throws(UnwritableOutput) { try FileSystem.probeFolder(path) } catch {
      throw CommandFailure(error)
    }
  }
}
