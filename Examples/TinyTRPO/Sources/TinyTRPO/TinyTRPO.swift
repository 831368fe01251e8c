/// Trust region policy optimization for tables, with exact expectations.
///
/// Written to be tested: it knows nothing of the package that tests it, and can be given one of three
/// faults that real implementations have had.
public struct TinyTRPO: Sendable {
  /// A fault to plant.
  public enum Bug: Sendable, CaseIterable {
    /// The average KL weighs all states alike, visited or not.
    case uniformStateWeights
    /// The full step is taken without a line search.
    case noLineSearch
    /// The value behind a terminal state is that of the start, as if the environment had been reset.
    case bootstrapsThroughReset
  }

  /// δ, the limit on the average KL.
  public var budget: Double
  /// The fault; none for a correct implementation.
  public var bug: Bug?

  public init(budget: Double = 0.01, bug: Bug? = nil) {
    self.budget = budget
    self.bug = bug
  }

  /// One step from a policy that takes every action.
  ///
  /// - Parameters:
  ///   - discount: γ.
  ///   - initial: ρ₀ by state.
  ///   - transitions: P(s'|s,a) by state, action, next state; no actions in a terminal state.
  ///   - rewards: r(s,a).
  ///   - policy: π(a|s).
  public func step(
    discount: Double, initial: [Double], transitions: [[[Double]]], rewards: [[Double]],
    policy: [[Double]]
  ) -> [[Double]] {
    let chain = Chain(
      discount: discount, initial: initial, transitions: transitions, rewards: rewards,
      policy: policy, resets: bug == .bootstrapsThroughReset)
    let (advantages, visits) = (chain.advantages, chain.visits)
    // For softmax logits F⁺g is the advantage itself, up to a factor, where a state is visited.
    let direction = advantages.indices.map { state in
      visits[state] > 0 ? advantages[state] : advantages[state].map { _ in 0 }
    }
    let curvature = weighted(visits) { state in
      zip(policy[state], direction[state]).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    }
    guard curvature > 1e-20 else { return policy }
    var size = (2 * budget / curvature).squareRoot()
    for _ in 0..<60 {
      let candidate = softmaxStep(policy, direction, size)
      if bug == .noLineSearch { return candidate }
      let gain = weighted(visits) { state in
        zip(candidate[state], advantages[state]).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let weights =
        bug == .uniformStateWeights ? visits.map { _ in 1 / Double(visits.count) } : visits
      let divergence = weighted(weights) { kullbackLeibler(policy[$0], candidate[$0]) }
      if gain >= 0, divergence <= budget { return candidate }
      size /= 2
    }
    return policy
  }

  private func weighted(_ weights: [Double], _ value: (Int) -> Double) -> Double {
    weights.indices.reduce(0) { $0 + (weights[$1] > 0 ? weights[$1] * value($1) : 0) }
  }
}
