import MonotoneArithmetic
import MDPCore

/// A step between two policies of a stress model.
struct StressUpdate {
  /// Where the step starts.
  enum Start: String, CaseIterable {
    case uniform
    /// Probabilities in thirds and sevenths, which no binary fraction is.
    case skewed
    /// The first action but for one time in 10¹².
    case nearlyPure
    /// The first action only.
    case pure
  }

  /// Where it goes.
  enum Step: String, CaseIterable {
    /// Nowhere.
    case none
    /// Toward the last action by 10⁻⁸: a KL divergence of about 10⁻¹⁶.
    case tiny
    /// Toward the last action by 10⁻¹⁵: a KL divergence of about 10⁻³⁰.
    case tiniest
    /// Half way toward the last action.
    case half
    /// The last action only: infinite KL wherever another was taken.
    case pure
    /// The first action dropped in all but the first two states.
    case dropped
  }

  var start: Start
  var step: Step

  /// π.
  func current(_ space: StateActionSpace) -> ExactPolicy {
    switch start {
    case .uniform: return .uniform(space)
    case .skewed: return .fromWeights(space) { 1 + $0 % 3 * 2 }
    case .nearlyPure: return first(space).mixed(with: .uniform(space), weight: .trillionth)
    case .pure: return first(space)
    }
  }

  /// π̃.
  func candidate(_ space: StateActionSpace) -> ExactPolicy {
    let current = current(space)
    func toward(_ weight: Rational) -> ExactPolicy {
      current.mixed(with: last(space), weight: weight)
    }
    switch step {
    case .none: return current
    case .tiny: return toward(Rational(numerator: 1, denominator: 100_000_000))
    case .tiniest: return toward(.trillionth * Rational(numerator: 1, denominator: 1000))
    case .half: return toward(Rational(numerator: 1, denominator: 2))
    case .pure: return last(space)
    case .dropped: return dropped(current)
    }
  }

  private func first(_ space: StateActionSpace) -> ExactPolicy {
    .deterministic(space) { space.pairs(of: $0).lowerBound }
  }

  private func last(_ space: StateActionSpace) -> ExactPolicy {
    .deterministic(space) { space.pairs(of: $0).upperBound - 1 }
  }

  private func dropped(_ policy: ExactPolicy) -> ExactPolicy {
    let space = policy.space
    var probabilities = policy.probabilities
    for state in space.liveStates.dropFirst(2) {
      let pairs = space.pairs(of: state)
      probabilities[pairs.upperBound - 1] += probabilities[pairs.lowerBound]
      probabilities[pairs.lowerBound] = .zero
    }
    return ExactPolicy(space: space, probabilities: probabilities)
  }
}
