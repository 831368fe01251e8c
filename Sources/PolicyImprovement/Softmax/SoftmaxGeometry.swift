internal import MonotoneArithmetic
internal import MDPCore
internal import MDPSolvers

/// The surrogate's gradient and the Fisher matrix of a softmax policy π(a|s) ∝ exp θ(s,a), exact.
///
///     g(s,a) = ∂L/∂θ(s,a) = ρ(s) π(a|s) A(s,a)             (ρ unnormalised)
///     F = E_{s~d, a~π} ∇ln π ∇ln πᵀ, block s: d(s) (diag π_s − π_s π_sᵀ),   d = ρ/Σρ
///
/// A constant added to all logits of a state changes nothing, so each block has a null space, and
/// a state that is never visited has a zero block. F⁺ g = A/(1−γ) less its mean in each visited state:
/// up to such constants −gap/(1−γ), whose largest number, at the best action, is exactly 0.
///
/// Where advantages cannot be told apart within their error bounds the gradient is 0: rules that
/// scale a direction to a budget would otherwise spend it on rounding errors.
///
/// Source: Kakade 2002; Schulman et al. 2015, §6 and App. C.
struct SoftmaxGeometry {
  private let start: EvaluatedPolicy
  /// The power of two that is the unit of ``gradient``: that of the largest gap in a visited state.
  let unit: Int

  /// - Throws: ``RuleFailure/unsupportedAction(state:action:)`` where π is 0 at an available
  ///   action.
  init(_ start: EvaluatedPolicy) throws(RuleFailure) {
    self.start = start
    unit = start.unit(visitedOnly: true)
    let space = start.space
    for state in space.liveStates {
      for pair in space.pairs(of: state) where start.policy[pair].isExactlyZero {
        throw .unsupportedAction(
          state: space.states[state], action: space.actionName(ofPair: pair))
      }
    }
  }

  /// (1−γ) ∇L = d π A by pair, in ``unit``.
  var gradient: [Double] {
    pairs { state, pair, mean in
      start.share[state] * start.probability[pair]
        * (start.scale(of: state, in: unit) * (mean - start.gaps.values[pair]))
    }
  }

  /// Logits along the natural gradient: −gap, in a unit of choice, in visited states.
  ///
  /// - Parameter factor: What a gap in a unit of 2^exponent is worth.
  func logits(_ factor: (_ exponent: Int) -> Double) -> [Double] {
    pairs { state, pair, _ in
      let gap = start.gaps.values[pair]
      guard gap > 0, let exponent = start.gaps.exponents[state] else { return 0 }
      return -gap * factor(exponent)
    }
  }

  /// xᵀFx = Σ d Σ π A² for the natural direction x = A, in ``unit`` squared.
  var curvature: Double {
    pairs { state, pair, mean in
      let advantage = start.scale(of: state, in: unit) * (mean - start.gaps.values[pair])
      return start.share[state] * start.probability[pair] * advantage * advantage
    }.reduce(0, +)
  }

  /// F v.
  func product(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: start.space.pairCount)
    for state in start.space.liveStates {
      let pairs = start.space.pairs(of: state)
      let mean = pairs.reduce(0) { $0 + start.probability[$1] * vector[$1] }
      for pair in pairs {
        result[pair] = start.share[state] * start.probability[pair] * (vector[pair] - mean)
      }
    }
    return result
  }

  /// A number by pair of the visited states whose actions differ; 0 elsewhere.
  private func pairs(
    _ number: (_ state: Int, _ pair: Int, _ meanGap: Double) -> Double
  ) -> [Double] {
    var numbers = [Double](repeating: 0, count: start.space.pairCount)
    for state in start.unevenStates(visitedOnly: true) {
      let mean = start.meanGap(in: state)
      for pair in start.space.pairs(of: state) { numbers[pair] = number(state, pair, mean) }
    }
    return numbers
  }
}

extension [Double] {
  /// Σ x y.
  func dot(_ other: [Double]) -> Double {
    precondition(count == other.count, "vectors of \(count) and \(other.count)")
    return zip(self, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
