public import MDPCore

extension PolicyEvaluator {
  /// The seconds that the exact evaluation of a policy of short numbers is expected to take.
  public var exactSecondsEstimate: Double { exactCost(of: nil).seconds }

  /// The expected cost of the exact evaluation of a policy; of a deterministic one, if none is
  /// given.
  package func exactCost(of policy: ExactPolicy?) -> ExactCost {
    ModelDigits.leastCost(space) ?? digits.cost(policy)
  }

  /// The seconds that an exact check of an update is expected to take, both evaluations included.
  public func exactSeconds(checking current: ExactPolicy, to candidate: ExactPolicy) -> Double {
    let costs = [exactCost(of: current), exactCost(of: candidate)]
    return costs[0].seconds + costs[1].seconds + ExactCost.claimSeconds(costs[0], costs[1])
  }
}
