public import NeuralTRPO

/// An estimator in a sweep: how advantages are estimated and states weighed, from the same trajectories.
public struct SweepEstimator: Sendable {
  /// What reports call it.
  public var name: String
  /// How advantages are estimated.
  public var returns: ReturnEstimator
  /// What a row weighs.
  public var weighting: StateWeighting
  /// V by state; zeros for no critic.
  public var critic: [Double]

  public init(
    name: String, returns: ReturnEstimator, weighting: StateWeighting, critic: [Double]
  ) {
    self.name = name
    self.returns = returns
    self.weighting = weighting
    self.critic = critic
  }
}
