package import NeuralTRPO

/// An estimator in a sweep: which samples are taken of a policy, how advantages are estimated from them
/// and how states are weighed.
package struct SweepEstimator: Sendable {
  /// The name in reports.
  package var name: String
  /// A short name, for figures and narrow tables.
  package var label: String
  /// How advantages are estimated; λ is 1 where there are branches.
  package var returns: ReturnEstimator
  /// The weight of a row.
  package var weighting: StateWeighting
  /// V by state; zeros for no critic.
  package var critic: [Double]
  /// How states of the trajectories are branched off; nil for a single path.
  package var branches: Branches?

  /// Branches in some states of trajectories.
  package struct Branches: Sendable {
    /// How they are made. Its number of states is that of one trajectory, in the mean.
    package var vine: VineConfiguration
    /// Whether a state's branches are weighed relative to each other, as in eq. 16, rather than by π/q
    /// as they are, eq. 14. Nothing where every action is tried.
    package var isSelfNormalised: Bool

    package init(_ vine: VineConfiguration, isSelfNormalised: Bool = true) {
      self.vine = vine
      self.isSelfNormalised = isSelfNormalised
    }
  }

  package init(
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
