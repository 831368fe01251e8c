/// One row of the ledger: what a sampled update saw, and what it did.
///
/// The sampled estimate differs from the theory by *noise*, its distance from its own expectation, and by
/// *bias*, what that expectation is off: horizon, weighting of states, critic, λ.
public struct UpdateComparison: Sendable, Equatable, Codable {
  /// The iteration, from 1.
  public var iteration: Int
  /// Environment steps made before the update.
  public var steps: Int
  /// Rows in its batch.
  public var rows: Int
  /// How the update ended: accepted, rejected, stationary.
  public var outcome: String
  /// The update's true gain, exact KL and verdicts.
  public var audit: UpdateAudit
  /// The batch's mean KL of the step.
  public var sampledKL: Double
  /// β of the sampled update.
  public var stepLength: Double
  /// gᵀΔθ, as a gain of return; nil where the scale of advantages means nothing.
  public var predictedGain: Double?
  /// The gain of the sampled surrogate, as a gain of return; nil likewise.
  public var sampledGain: Double?
  /// Against what the theory says, weighted like the batch.
  public var theory: TwinComparison
  /// Against what the estimates expect; nil where that is not known.
  public var practice: TwinComparison?
  /// Why there is no practice twin.
  public var practiceNotApplicable: String?
  /// Whether the practice twin is a ratio of expectations.
  public var practiceIsRatio: Bool?
  /// Its errors split into noise and bias; nil where there is no practice twin.
  public var errors: UpdateErrors?
}
