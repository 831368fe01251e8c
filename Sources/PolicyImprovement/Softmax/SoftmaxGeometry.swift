internal import Arithmetic
internal import MDPCore
internal import MDPSolvers

/// The surrogate's gradient and the Fisher matrix of a softmax policy π(a|s) ∝ exp θ(s,a), exact.
///
///     g(s,a) = ∂L/∂θ(s,a) = ρ(s) π(a|s) A(s,a)             (ρ unnormalised)
///     F = E_{s~d, a~π} ∇ln π ∇ln πᵀ, block s: d(s) (diag π_s − π_s π_sᵀ),   d = (1−γ) ρ
///
/// A constant added to all logits of a state changes nothing, so each block has a null space, and
/// a state that is never visited has a zero block. F⁺ g is the solution of least norm: g sums to 0
/// in each state and x = g/(d π) solves the block; taking away its mean makes it the shortest.
///
/// Where advantages cannot be told apart within their error bounds the gradient is 0: rules that
/// scale a direction to a budget would otherwise spend it on rounding errors.
///
/// Source: Kakade 2002; Schulman et al. 2015, §6 and App. C.
struct SoftmaxGeometry {
  private let space: StateActionSpace
  private let probability: [Double]
  private let weight: [Double]
  /// g = ∇L by pair.
  let gradient: [Double]

  /// - Throws: ``RuleFailure/unsupportedAction(state:action:)`` where π is 0 at an available
  ///   action.
  init(_ start: EvaluatedPolicy) throws(RuleFailure) {
    space = start.space
    var gradient = [Double](repeating: 0, count: space.pairCount)
    var weight = [Double](repeating: 0, count: space.stateCount)
    let probability = start.evaluation.policy.probabilities.map(\.value)
    for state in space.liveStates {
      let visited = start.isVisited(state)
      let canGain = visited && !Self.isLevel(space.pairs(of: state), start.evaluation)
      if visited { weight[state] = (1 - start.discount) * start.visitation(state) }
      // Σ π A is 0 but for rounding, which would outweigh the best advantage of a nearly
      // deterministic policy.
      let mean = space.pairs(of: state).reduce(0) {
        $0 + probability[$1] * start.evaluation.advantages[$1].value
      }
      for pair in space.pairs(of: state) {
        guard !start.policy[pair].isExactlyZero else {
          throw .unsupportedAction(
            state: space.states[state], action: space.actionName(ofPair: pair))
        }
        if canGain {
          gradient[pair] =
            start.visitation(state) * probability[pair]
            * (start.evaluation.advantages[pair].value - mean)
        }
      }
    }
    self.probability = probability
    self.weight = weight
    self.gradient = gradient
  }

  private static func isLevel(
    _ pairs: Range<Int>, _ evaluation: PolicyEvaluation<TrackedDouble>
  ) -> Bool {
    var (best, worst, noise) = (-Double.infinity, Double.infinity, 0.0)
    for pair in pairs {
      let advantage = evaluation.advantages[pair]
      (best, worst) = (max(best, advantage.value), min(worst, advantage.value))
      noise = max(noise, advantage.error)
    }
    return best - worst <= 2 * noise
  }

  /// F v.
  func product(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: space.pairCount)
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      let mean = pairs.reduce(0) { $0 + probability[$1] * vector[$1] }
      for pair in pairs {
        result[pair] = weight[state] * probability[pair] * (vector[pair] - mean)
      }
    }
    return result
  }

  /// F⁺ g, the natural gradient: A/(1−γ) less its mean in each visited state, 0 in the others.
  var naturalGradient: [Double] {
    var result = [Double](repeating: 0, count: space.pairCount)
    for state in space.liveStates where weight[state] > 0 {
      let pairs = space.pairs(of: state)
      for pair in pairs { result[pair] = gradient[pair] / (weight[state] * probability[pair]) }
      let mean = pairs.reduce(0) { $0 + result[$1] } / Double(pairs.count)
      for pair in pairs { result[pair] -= mean }
    }
    return result
  }
}

extension [Double] {
  /// Σ x y.
  func dot(_ other: [Double]) -> Double {
    precondition(count == other.count, "vectors of \(count) and \(other.count)")
    return zip(self, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
