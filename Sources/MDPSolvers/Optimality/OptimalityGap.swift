internal import MonotoneArithmetic
internal import MDPCore

/// How far the values of a policy are from the optimal ones, by one application of the Bellman operators.
///
/// **Theorem.** Let 0 ≤ γ < 1, V̂ any values, 0 at terminal states, π a policy, and
///
///     δ⁺ ≥ (T V̂ − V̂)(s)        δ⁻ ≤ (T_π V̂ − V̂)(s)        in every live state s,
///
/// with δ⁻ ≤ 0 ≤ δ⁺ if there are terminal states. Then in every live state
///
///     T_π V̂ + γδ⁻/(1−γ) ≤ V_π ≤ V* ≤ T V̂ + γδ⁺/(1−γ).
///
/// *Proof.* Let c = δ⁺/(1−γ) and W = V̂ + c in every state. Rows of P sum to 1, so T W = T V̂ + γc ≤ V̂ + δ⁺ + γc = W
/// in live states; a terminal state keeps γc ≤ c. T is monotone, hence V* = lim Tⁿ W ≤ T W = T V̂ + γc. With
/// T_π and c = δ⁻/(1−γ) all inequalities turn round, and V_π = lim T_πⁿ W ≥ T_π W. V_π ≤ V* always. ∎
///
/// So V* − V_π ≤ γ(δ⁺ − δ⁻)/(1−γ) + (T − T_π)V̂: the span of the residual counts, not its size, and a constant by
/// which V̂ is wrong costs nothing.
///
/// **Rounding.** Float64 computes each backup within E of its exact value (``RoundedMDP/backupError(ofValuesUpTo:)``),
/// and the difference from V̂ within half a unit in the last place. π keeps an action
/// unless another is better by 2E as computed, which takes one more rounding below E, so T V̂ is at most 4E above the
/// computed T_π V̂. γ, ρ₀, the sum over ρ₀ and the bounds themselves carry their errors
/// (``TrackedDouble``). What is claimed is true of the rational numbers in the file.
///
/// Source: MacQueen 1966; Puterman 1994, Prop. 6.6.5 and Thm 6.6.6.
struct OptimalityGap {
  /// V*(s) − V_π(s) at most, in every state.
  let gap: Double
  /// η(π) at least.
  let lower: Double
  /// η* at most.
  let upper: Double
  /// Whether the residual is no more than rounding, so that other values would hardly show a smaller gap.
  let isRounding: Bool

  /// The gap by the residuals of values.
  ///
  /// - Parameters:
  ///   - residuals: Of T and T_π at V̂.
  ///   - backup: T_π V̂ by state, as computed.
  ///   - error: E.
  init(
    _ model: RoundedMDP, _ residuals: BellmanOperator.Residuals, backup: [Double], error: Double
  ) {
    let space = model.mdp.space
    let endsSomewhere = space.liveStates.count < space.stateCount
    func residual(_ value: Double) -> TrackedDouble {
      TrackedDouble(value: value, error: (error + 0x1p-53 * abs(value)) * (1 + 0x1p-50))
    }
    var (high, low) = (residual(residuals.highest), residual(residuals.lowest))
    if space.liveStates.isEmpty { (high, low) = (.zero, .zero) }
    if endsSomewhere {
      (high, low) = (.maximum(high, .zero), .minimum(low, .zero))
    }
    let distance = TrackedDouble.one - model.discount
    let (below, above) = (TrackedDouble(error), TrackedDouble(4 * error))
    let drop = model.discount * low / distance - below
    let rise = model.discount * high / distance + above
    gap = (rise - drop).upperEnd
    let mean = TrackedDouble.sum(
      over: backup.indices, { model.initial[$0] }, times: { TrackedDouble(backup[$0]) })
    upper = (mean + rise).upperEnd
    lower = -(-(mean + drop)).upperEnd
    isRounding = high.value - low.value <= 4 * error
  }
}
