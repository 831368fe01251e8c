public import Arithmetic
public import MDPCore

// Policies that an evaluation suggests: the candidates of verification runs.

extension PolicyEvaluation<TrackedDouble> {
  /// The deterministic policy that is greedy in Q; among actions that float64 cannot tell apart,
  /// the first.
  public var greedyPolicy: ExactPolicy {
    let choice = GreedyChoice.greedy(self)
    return ExactPolicy.deterministic(mdp.space) { choice[$0] ?? -1 }
  }

  /// π̃ ∝ π exp(step · A/ε_max): a step of the softmax natural gradient, in units that do not
  /// depend on the scale of the rewards.
  ///
  /// The weights exp(…) are rounded to multiples of ``weightUnit`` and divided by their exact sum:
  /// the policy is what it says in every arithmetic, and its numbers stay short.
  public func softmaxStep(_ step: Double, from policy: ExactPolicy) -> ExactPolicy {
    let largest = advantages.reduce(0) { max($0, abs($1.value)) }
    // Divided by the largest first: step/ε_max overflows where the rewards are tiny.
    let exponents = advantages.map { largest > 0 ? step * ($0.value / largest) : 0 }
    let best = mdp.space.states.indices.map { state in
      exponents[mdp.space.pairs(of: state)].max() ?? 0
    }
    return reweighted(policy) { state, pair, probability in
      let weight = Double.exponential(exponents[pair] - best[state])
      // At least one unit, so that no action is dropped.
      let units = max(1, Int((weight / Self.weightUnit).rounded()))
      return probability * Rational(units)
    }
  }

  /// A relative 1.5e-8 of the largest weight in the state.
  private static let weightUnit = 0x1p-26

  /// π with the probability of its worst action moved to its others, in every state where it
  /// takes more than one.
  public func withoutWorstAction(from policy: ExactPolicy) -> ExactPolicy {
    let space = mdp.space
    var dropped = Set<Int>()
    for state in space.liveStates {
      let taken = space.pairs(of: state).filter { !policy[$0].isExactlyZero }
      guard taken.count > 1 else { continue }
      let worst = taken.min { advantages[$0].value < advantages[$1].value }
      if let worst { dropped.insert(worst) }
    }
    return reweighted(policy) { _, pair, probability in
      dropped.contains(pair) ? Rational(0) : probability
    }
  }

  /// The policy π̃(a|s) ∝ weight(s, pair, π(a|s)).
  private func reweighted(
    _ policy: ExactPolicy,
    _ weight: (_ state: Int, _ pair: Int, _ probability: Rational) -> Rational
  ) -> ExactPolicy {
    precondition(
      policy.space.pairCount == mdp.space.pairCount,
      "a policy of \(policy.space.pairCount) pairs for a model of \(mdp.space.pairCount)")
    var probabilities = policy.probabilities
    for state in mdp.space.liveStates {
      let pairs = mdp.space.pairs(of: state)
      let weights = pairs.map { weight(state, $0, policy[$0]) }
      let total = weights.reduce(Rational(0), +)
      for (pair, share) in zip(pairs, weights) { probabilities[pair] = share / total }
    }
    return ExactPolicy(space: policy.space, probabilities: probabilities)
  }
}
