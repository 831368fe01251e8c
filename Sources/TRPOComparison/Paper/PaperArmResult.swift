public import MonotoneProbability

/// A method on a task: its sweep, and its runs with the value that the sweep chose.
public struct PaperArmResult: Sendable, Equatable, Codable {
  public var arm: PaperArm
  /// The option that was swept.
  public var swept: String
  /// The command of the first run of the evaluation; of methods without runs as in ``PaperRuns/Method``.
  public var command: String
  /// The scores of each value on the tuning seeds.
  public var sweep: [Trial]
  /// The value of the evaluation; nil without runs.
  public var value: Double?
  /// Whether that is the value of the best mean score in the sweep.
  public var isBestOfSweep: Bool
  /// The seeds of the evaluation, ascending.
  public var seeds: [Int]
  /// The final scores, seed by seed.
  public var scores: [Double]
  /// Steps of each run.
  public var steps: Int
  /// The interquartile mean of the scores; nil without runs.
  public var score: StratifiedBootstrap.Estimate?
  /// The interquartile mean of the means of the curves; nil where a run has none.
  public var curveMean: StratifiedBootstrap.Estimate?
  /// The interquartile mean of the curves, point by point.
  public var curve: [StratifiedBootstrap.Estimate?]

  /// A value of a sweep.
  public struct Trial: Sendable, Equatable, Codable {
    public var value: Double
    /// The scores, seed by seed.
    public var scores: [Double]
    public var mean: Double
  }

  init(_ method: PaperRuns.Method, _ all: [PaperRun]) {
    let runs = all.filter { $0.arm == method.arm }
    (arm, swept) = (method.arm, method.swept)
    let tuning = Dictionary(grouping: runs.filter { $0.stage == .tuning }, by: \.value)
    let sweep = tuning.sorted { $0.key < $1.key }.map { value, runs in
      let scores = runs.sorted { $0.seed < $1.seed }.map(\.score)
      return Trial(value: value, scores: scores, mean: SampleStatistics.mean(scores))
    }
    self.sweep = sweep
    let evaluation = runs.filter { $0.stage == .evaluation }.sorted { $0.seed < $1.seed }
    value = evaluation.first?.value
    let best = sweep.map(\.mean).max()
    isBestOfSweep = evaluation.allSatisfy { run in
      sweep.isEmpty || sweep.contains { $0.value == run.value && $0.mean == best }
    }
    seeds = evaluation.map(\.seed)
    scores = evaluation.map(\.score)
    steps = evaluation.first?.steps ?? 0
    command = evaluation.first.map(method.command) ?? method.command
    score = scores.isEmpty ? nil : StratifiedBootstrap([scores]).estimate()
    let means = evaluation.compactMap(\.curveMean)
    curveMean =
      means.isEmpty || means.count < evaluation.count
      ? nil : StratifiedBootstrap([means]).estimate()
    curve = StratifiedBootstrap.band(evaluation.map(\.curve), repetitions: Self.repetitions)
  }

  /// Of the bootstrap at each point of a curve.
  static let repetitions = 1000
}
