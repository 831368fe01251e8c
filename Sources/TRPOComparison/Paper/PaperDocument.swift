internal import MonotoneProbability

/// The paper's experiments, analysed: what `monotone report` makes of the runs.
public struct PaperDocument: Sendable, Equatable, Codable {
  public var schema = "monotone/paper/v1"
  /// Task by task, in the paper's order.
  public var experiments: [Experiment]
  /// The single path against every other method on every task; adjusted together.
  public var comparisons: [PairedComparison]
  /// The methods on finite models; empty before there are results.
  public var finite: [FiniteComparison.Summary]
  /// Runs in the paper's own settings; empty before there are results.
  public var scores: [PaperScores.Score]

  /// A task.
  public struct Experiment: Sendable, Equatable, Codable {
    public var experiment: PaperExperiment
    public var pointEvery: Int
    /// Episodes that a score is the mean of.
    public var episodes: Int
    public var versions: [String: String]
    public var arms: [PaperArmResult]
  }

  /// Analyses runs, a file per task, and results on finite models; takes scores as they are.
  public init(
    _ files: [PaperRuns], finite: FiniteComparison? = nil, scores: PaperScores? = nil
  ) {
    let files = PaperExperiment.allCases.compactMap { experiment in
      files.first { $0.experiment == experiment }
    }
    experiments = files.map { file in
      Experiment(
        experiment: file.experiment, pointEvery: file.pointEvery, episodes: file.episodes,
        versions: file.versions,
        arms: PaperArm.allCases.compactMap { arm in
          file.methods.first { $0.arm == arm }.map { PaperArmResult($0, file.runs) }
        })
    }
    self.finite = finite?.summaries ?? []
    self.scores = scores?.scores ?? []
    comparisons = files.flatMap { file in
      PaperArm.allCases.filter { $0 != .singlePath }.compactMap { PairedComparison($0, in: file) }
    }
    for (place, adjusted) in HolmAdjustment.adjusted(comparisons.map(\.probability)).enumerated() {
      comparisons[place].adjusted = adjusted
    }
  }
}
