public import NeuralTRPO

/// An estimator in a sweep: which samples are taken of a policy, how advantages are estimated from them
/// and how states are weighed.
public struct SweepEstimator: Sendable {
  /// What reports call it.
  public var name: String
  /// A short name, for figures and narrow tables.
  public var label: String
  /// How advantages are estimated; λ is 1 where there are branches.
  public var returns: ReturnEstimator
  /// What a row weighs.
  public var weighting: StateWeighting
  /// V by state; zeros for no critic.
  public var critic: [Double]
  /// How states of the trajectories are branched off; nil for a single path.
  public var branches: Branches?

  /// Branches in some states of trajectories.
  public struct Branches: Sendable {
    /// How they are made. Its number of states is that of one trajectory, in the mean.
    public var vine: VineConfiguration
    /// Whether a state's branches are weighed relative to each other, as in eq. 16, rather than by π/q
    /// as they are, eq. 14. Nothing where every action is tried.
    public var isSelfNormalised: Bool

    public init(_ vine: VineConfiguration, isSelfNormalised: Bool = true) {
      self.vine = vine
      self.isSelfNormalised = isSelfNormalised
    }
  }

  public init(
    name: String, label: String? = nil, returns: ReturnEstimator, weighting: StateWeighting,
    critic: [Double], branches: Branches? = nil
  ) {
    precondition(
      branches.map { $0.isSelfNormalised || $0.vine.choice == .uniform } ?? true,
      "only draws that are not the policy's have weights of their own")
    self.name = name
    self.label = label ?? name
    self.returns = returns
    self.weighting = weighting
    self.critic = critic
    self.branches = branches
  }

  /// Whether Σ π/q over branches stands beside the gradient, expected to be the weight of their states.
  var hasRatios: Bool { branches.map { !$0.isSelfNormalised } ?? false }
}
