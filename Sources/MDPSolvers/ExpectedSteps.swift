public import MonotoneArithmetic
internal import MDPCore

/// The expected number of steps until the process ends, T = (I − P_π)⁻¹ 1: what 1/(1−γ) is to discounted
/// models. Only for γ = 1, under a policy whose paths end.
///
/// **Theorem.** Let T̂ > 0 on the live states and ε = ‖1 + P_πT̂ − T̂‖∞ < 1 there. Then I − P_π is regular,
/// its inverse N is non-negative,
///
///     ‖N‖∞ ≤ max T̂/(1−ε)   and   ‖T − T̂‖∞ ≤ ε ‖N‖∞.
///
/// *Proof.* M = I − P_π has no positive entry off its diagonal, and MT̂ ≥ (1−ε) 1 > 0 for a positive T̂:
/// M is a regular M-matrix, so N ≥ 0, and N applied to that inequality gives T = N1 ≤ T̂/(1−ε). The row
/// sums of N are T, and T − T̂ = N(1 + P_πT̂ − T̂). ∎
///
/// Source: Berman & Plemmons, *Nonnegative Matrices in the Mathematical Sciences*, ch. 6, Thm 2.3 (I27).
public struct ExpectedSteps<Number: Scalar>: Sendable {
  /// T by state; 0 at terminal states.
  public let values: [Number]
  /// A bound on max T = ‖(I − P_π)⁻¹‖∞; 0 if no state is live.
  public let largest: Number

  init(values: [Number], largest: Number) {
    self.values = values
    self.largest = largest
  }

  /// T, enclosed around numbers without error of their own; nil where these prove nothing.
  ///
  /// Complexity: O(stored transitions).
  init?(around steps: [Number], mdp: FiniteMDP<Number>, policy: TabularPolicy<Number>) {
    let space = mdp.space
    var next = mdp.expectedReward
    mdp.transitions.multiply(steps, into: &next)
    var (miss, longest) = (Number.zero, Number.zero)
    for state in space.liveStates {
      guard steps[state].isPositive == .yes else { return nil }
      var expected = Number.one
      for pair in space.pairs(of: state) where !policy[pair].isExactlyZero {
        expected += policy[pair] * next[pair]
      }
      miss = Number.maximum(miss, (expected - steps[state]).magnitude)
      longest = Number.maximum(longest, steps[state])
    }
    let share = Number.one - miss
    guard share.isPositive == .yes else { return nil }
    let largest = longest / share
    let radius = miss * largest
    self.init(
      values: steps.indices.map { space.isTerminal[$0] ? .zero : steps[$0].widened(by: radius) },
      largest: largest)
  }

  /// The expected steps converted to another type of number.
  func map<Other: Scalar>(_ convert: (Number) -> Other) -> ExpectedSteps<Other> {
    ExpectedSteps<Other>(values: values.map(convert), largest: convert(largest))
  }
}

extension PolicyEvaluation {
  /// Σ_s ρ_π(s) as the theory has it: 1/(1−γ), for γ = 1 the expected number of steps ρ₀·T.
  public var expectedVisits: Number {
    guard let expectedSteps else { return Number.one / (Number.one - mdp.discount) }
    return Number.sum(
      over: mdp.initial.indices, { mdp.initial[$0] }, times: { expectedSteps.values[$0] })
  }

  /// ‖(I − γP_π)⁻¹‖∞: 1/(1−γ), for γ = 1 the largest expected number of steps.
  public var resolventNorm: Number {
    expectedSteps?.largest ?? Number.one / (Number.one - mdp.discount)
  }
}
