internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore
internal import MDPSolvers

// What the bounds of the ladder are made of beside the quantities of every update. A terminal state
// absorbs and counts here, with Ā = TVP = 0: in the span, in the distance between visitations.

extension PolicyUpdate {
  /// sp = max_s Ā(s) − min_s Ā(s), at most 2 ε_exp.
  var advantageSpan: Number { Number.span(expectedAdvantages) }

  /// σ = max_s (max_a A_π(s,a) − min_a A_π(s,a)), at most 2 ε_max.
  var advantageRange: Number {
    mdp.space.liveStates.reduce(.zero) { largest, state in
      Number.maximum(largest, Number.span(current.advantages[mdp.space.pairs(of: state)]))
    }
  }

  /// 1/(1−γ).
  var horizon: Number { Number.one / (Number.one - mdp.discount) }

  /// 1/(1−γ)².
  var squaredHorizon: Number {
    let distance = Number.one - mdp.discount
    return Number.one / (distance * distance)
  }

  /// 1/((1−γ)(1−γ(1−α))) for a probability α of disagreeing in a step, at most 1/(1−γ)².
  ///
  /// γα times this is Σ_t γ^t (1 − (1−α)^t): the discounted time after a first disagreement.
  func couplingCount(_ weight: Number) -> Number {
    let discount = mdp.discount
    return Number.one
      / ((Number.one - discount) * (Number.one - discount * (Number.one - weight)))
  }

  /// c, for α = max_s TV(s).
  var couplingCount: Number { couplingCount(maxTotalVariation) }

  /// The smallest α for which π̃ = (1−α)π + απ' for some policy π': max over π > 0 of 1 − π̃/π.
  ///
  /// π' = π + (π̃ − π)/α is non-negative if and only if α ≥ 1 − π̃/π wherever π > 0. At least
  /// max_s TV(s), because the two mixtures agree with probability 1 − α; 0 only if π̃ = π.
  var mixtureWeight: Number {
    var weight = Number.zero
    for pair in current.policy.probabilities.indices where !current.policy[pair].isExactlyZero {
      weight = Number.maximum(
        weight, Number.one - candidate.policy[pair] / current.policy[pair])
    }
    return weight
  }

  /// ‖ρ_π̃ − ρ_π‖₁.
  var visitationShift: Number {
    let (before, after) = (current.stateVisitation, candidate.stateVisitation)
    var shift = Number.zero
    for state in before.mass.indices {
      shift += (after.mass[state] - before.mass[state]).magnitude
    }
    return shift.widened(by: before.massError + after.massError)
  }

  /// TVP(s) = ½ ‖P_π̃(s,·) − P_π(s,·)‖₁ by state, at most TV(s); 0 at terminal states.
  ///
  /// Complexity: O(stored transitions).
  var transitionVariation: [Number] {
    let (space, transitions) = (mdp.space, mdp.transitions)
    let (before, after) = (current.policy.probabilities, candidate.policy.probabilities)
    var row = SparseAccumulator<Number>(count: space.stateCount)
    return space.states.indices.map { state in
      for pair in space.pairs(of: state) {
        let change = after[pair] - before[pair]
        if change.isExactlyZero { continue }
        row.add(transitions, row: pair, times: change)
      }
      var sum = Number.zero
      row.drain { sum += $1.magnitude }
      return sum / Number(2)
    }
  }

  /// γ Σ_s ρ_π(s) size(s).
  func discountedSum(_ size: (_ state: Int) -> Number) -> Number {
    mdp.discount * current.stateVisitation.sum(size)
  }

  /// A witness at the live state that contributes most to Σ_s ρ_π(s) size(s).
  func visitedWitness(maximising size: (_ state: Int) -> Number) -> Witness? {
    witness { current.stateVisitation.mass[$0] * size($0) }
  }

  /// A witness at the live state that contributes most to Σ_s ρ_π(s) size(s), for a divergence as size.
  func visitedWitness(maximising size: (_ state: Int) -> Extended<Number.Real>) -> Witness? {
    witness { current.stateVisitation.mass[$0].real * size($0) }
  }
}

extension Scalar {
  /// The largest of some numbers less the smallest; 0 for none, and for one even if it is known
  /// but roughly.
  static func span(_ numbers: some Collection<Self>) -> Self {
    guard let first = numbers.first, numbers.count > 1 else { return .zero }
    var (largest, smallest) = (first, first)
    for number in numbers.dropFirst() {
      largest = maximum(largest, number)
      smallest = minimum(smallest, number)
    }
    return largest - smallest
  }
}
