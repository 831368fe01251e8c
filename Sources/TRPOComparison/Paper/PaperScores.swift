/// Final scores of runs in the paper's own settings, as far as a budget allowed them: single runs, compared with nothing.
///
/// `Benchmarks/paper.py` gathers them from the results that the benchmarks of robots and games leave.
public struct PaperScores: Sendable, Equatable, Codable {
  /// The name and version of the document.
  public static let schemaName = "monotone/paper-scores/v1"

  public var schema: String
  public var scores: [Score]

  /// A run.
  public struct Score: Sendable, Equatable, Codable {
    /// The environment of `train`.
    public var environment: String
    public var arm: PaperArm
    public var seed: Int
    /// Environment steps in all.
    public var steps: Int
    /// The mean return of episodes of the final policy.
    public var score: Double
    /// The result file, in the project.
    public var source: String
  }
}
