internal import MonotoneArithmetic
internal import MonotoneProbability

/// A training run of the paper's experiments: an entry of the files of `Benchmarks/paper.py`.
public struct PaperRun: Sendable, Equatable, Codable {
  /// The purpose of a run.
  public enum Stage: String, Sendable, Codable {
    /// To choose among the values of the swept option.
    case tuning
    /// To be compared, on other seeds than any of tuning.
    case evaluation
  }

  public var arm: PaperArm
  public var stage: Stage
  /// The value of the swept option.
  public var value: Double
  public var seed: Int
  /// Environment steps in all.
  public var steps: Int
  /// The mean return of recent training episodes at every ``PaperRuns/pointEvery`` steps; null before there is one.
  public var curve: [Double?]
  /// The mean return of the final policy.
  public var score: Double

  /// The mean of the learning curve; nil of none.
  var curveMean: Double? {
    let points = curve.compactMap(\.self)
    return points.isEmpty ? nil : SampleStatistics.mean(points)
  }

  /// The return at the beginning: the first point of the curve.
  var beginning: Double? { curve.lazy.compactMap(\.self).first }

  /// The number it is judged by.
  func measure(_ measure: PaperMeasure) -> Double? {
    switch measure {
    case .score: score
    case .curve: curveMean
    }
  }
}

/// The runs of a task: a file of `Benchmarks/paper.py`.
public struct PaperRuns: Sendable, Equatable, Codable {
  /// The name and version of the document.
  public static let schemaName = "monotone/paper-runs/v1"

  public var schema: String
  public var experiment: PaperExperiment
  /// Environment steps between two points of a curve.
  public var pointEvery: Int
  /// Episodes that a score is the mean of.
  public var episodes: Int
  /// How each method was run: its command, and the option that is swept.
  public var methods: [Method]
  /// Versions by program.
  public var versions: [String: String]
  public var runs: [PaperRun]

  /// How a method was run.
  public struct Method: Sendable, Equatable, Codable {
    public var arm: PaperArm
    /// The option whose values are swept.
    public var swept: String
    /// With the words `VALUE` and `SEED` where a run has its own.
    public var command: String

    /// The command of a run.
    func command(_ run: PaperRun) -> String {
      command.split(separator: " ").map { word in
        switch word {
        case "VALUE": NumberFormat.text(run.value)
        case "SEED": "\(run.seed)"
        default: String(word)
        }
      }.joined(separator: " ")
    }
  }

  /// The faults of the file, as far as it shows them itself.
  public var faults: [String] {
    var faults: [String] = []
    if schema != Self.schemaName {
      faults.append("schema: found \"\(schema)\"; this version reads \"\(Self.schemaName)\"")
    }
    if pointEvery < 1 { faults.append("pointEvery: found \(pointEvery); expected at least 1") }
    if episodes < 1 { faults.append("episodes: found \(episodes); expected at least 1") }
    var seen: Set<String> = []
    let tuned = Set(runs.filter { $0.stage == .tuning }.map(\.seed))
    for (place, run) in runs.enumerated() {
      let path = "runs[\(place)]"
      if !seen.insert("\(run.arm) \(run.stage) \(run.value) \(run.seed)").inserted {
        faults.append("\(path): \(run.arm.rawValue) with seed \(run.seed) is there twice")
      }
      if run.stage == .evaluation, tuned.contains(run.seed) {
        faults.append("\(path).seed: \(run.seed) was used for tuning; evaluate with other seeds")
      }
      if !methods.contains(where: { $0.arm == run.arm }) {
        faults.append("\(path).arm: \(run.arm.rawValue) is not among the methods")
      }
    }
    return faults
  }
}
