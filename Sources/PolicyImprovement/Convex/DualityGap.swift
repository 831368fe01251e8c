internal import MonotoneArithmetic
internal import MonotoneProbability
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

/// An upper bound on the shortfall of a step from the best answer to a convex rule's problem.
///
/// The rules maximise Σ_s ρ(s) Σ_a p A less a price on divergences, or within a budget of them.
/// For any multipliers κ_s ≥ 0 and prices ν_s ≥ max_a A(s,a), weak duality bounds a state's part:
///
///     Σ_a p' A − κ KL(π‖p') ≤ ν − κ + κ Σ_{π>0} π ln(κ/(ν − A))     for every distribution p'
///
/// (maximise p'(A − ν) + κ π ln p' over each p'(a) > 0 by itself). The difference to what the step p
/// attains is, with q = κ π/(ν − A),
///
///     gap_s = κ Σ_{π>0} π (x − ln(1 + x)) + Σ_{π=0} p (ν − A),   x = p/q − 1,
///
/// a sum of non-negative terms, 0 exactly where p is optimal, and of second order near it: no
/// difference of large numbers, so a gap of 1e-15 is a gap of 1e-15. What a rule adds is its
/// ``Slackness``. Certified arithmetic makes the upper end of the result a theorem.
///
/// Source: Boyd & Vandenberghe, *Convex Optimization*, §5.1–5.5.
struct DualityGap: OptimalityResidual {
  /// How a rule prices divergence.
  enum Slackness {
    /// Objective less C · mean KL: any κ ≤ C(1 − γ), and Σ ρ (C(1 − γ) − κ) KL is lost.
    case meanPenalty
    /// Objective less C · max KL: any κ with Σ ρ κ ≤ C, and C·max KL − Σ ρ κ KL is lost.
    case maxPenalty
    /// Mean KL ≤ δ: one κ for all states, and κ (δ − mean KL)/(1 − γ) is lost.
    case meanBudget(Double, multiplier: Double)
    /// KL(s) ≤ δ in each state: a κ each, and Σ ρ κ (δ − KL) is lost.
    case maxBudget(Double)
  }

  var slackness: Slackness
  /// κ by state; 0 at states that stay as they are for lack of anything to gain.
  var multipliers: [Double]
  /// ν by state.
  var prices: [Double]
  /// The power of two that is the unit of multipliers and prices.
  var unit: Int

  var meaning: String {
    "duality gap: what the step's objective lacks, at most, to the best possible, in units of return"
  }

  func value<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let gap = scaledValue(
      from: current.scalingRewards(byPowerOfTwo: -unit), to: candidate)
    guard case .finite(let gap) = gap else { return .infinity }
    return .finite(gap.scaled(byPowerOfTwo: unit))
  }

  /// The gap in units of 2^``unit``, the unit of the prices.
  private func scaledValue<Number: Scalar>(
    from current: PolicyEvaluation<Number>, to candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let space = current.mdp.space
    let divergences = space.states.indices.map { state in
      Divergences.kullbackLeibler(
        space.pairs(of: state), { current.policy[$0] }, { candidate[$0] })
    }
    let kappa = multipliers(in: current)
    let lacking = current.stateVisitation.sum(divergence: { state in
      gap(in: state, multiplier: kappa[state], current, candidate)
    })
    return lacking + slack(current, multipliers: kappa, divergences)
  }

  /// κ by state, made to satisfy what the rule asks of multipliers in any arithmetic.
  private func multipliers<Number: Scalar>(in current: PolicyEvaluation<Number>) -> [Number] {
    let chosen = multipliers.map { Number($0) }
    switch slackness {
    case .maxBudget: return chosen
    case .meanBudget(_, let multiplier): return chosen.map { _ in Number(multiplier) }
    case .meanPenalty:
      let price = current.penaltyCoefficient * (Number.one - current.mdp.discount)
      return chosen.map { $0.isExactlyZero ? $0 : price }
    case .maxPenalty:
      let total = current.stateVisitation.sum { chosen[$0] }
      guard case .yes = total.isPositive else { return chosen.map { _ in .zero } }
      let share = Number.minimum(.one, current.penaltyCoefficient / total)
      return chosen.map { share * $0 }
    }
  }

  private func gap<Number: Scalar>(
    in state: Int, multiplier: Number, _ current: PolicyEvaluation<Number>,
    _ candidate: TabularPolicy<Number>
  ) -> Extended<Number.Real> {
    let pairs = current.mdp.space.pairs(of: state)
    // Actions that π never takes bound the price from below; the supported ones must lie under it
    // for certain, or the logarithms below have no value.
    var lowest = prices[state]
    for pair in pairs where !current.policy[pair].isExactlyZero {
      let advantage = current.advantages[pair]
      // Two radii for each end of the difference.
      lowest = .greatest(lowest, (advantage.approximation + 4 * advantage.radius).nextUp)
    }
    // No enclosure, no price: then nothing is known of the gap.
    guard lowest.isFinite else { return .infinity }
    var price = Number(multiplier.isExactlyZero ? prices[state] : lowest)
    for pair in pairs where multiplier.isExactlyZero || current.policy[pair].isExactlyZero {
      price = Number.maximum(price, current.advantages[pair])
    }
    var gap = Number.Real.zero
    for pair in pairs {
      let (before, after) = (current.policy[pair], candidate[pair])
      let room = price - current.advantages[pair]
      if multiplier.isExactlyZero || before.isExactlyZero {
        if !after.isExactlyZero { gap += (after * room).real }
        continue
      }
      guard case .yes = room.isPositive, case .no = after.isZero else { return .infinity }
      let weight = multiplier * before
      gap += weight.real * Number.Real.logarithmicExcess((after * room / weight - .one).real)
    }
    return .finite(gap)
  }

  private func slack<Number: Scalar>(
    _ current: PolicyEvaluation<Number>, multipliers kappa: [Number],
    _ divergences: [Extended<Number.Real>]
  ) -> Extended<Number.Real> {
    let visitation = current.stateVisitation
    switch slackness {
    case .meanPenalty:
      let price = current.penaltyCoefficient * (Number.one - current.mdp.discount)
      // Where κ is the price itself nothing is lost, whatever the error of their difference.
      return visitation.sum(divergence: { state in
        kappa[state].isExactlyZero ? price.real * divergences[state] : .zero
      })
    case .meanBudget(let budget, let multiplier):
      let spent = visitation.sum(divergence: { divergences[$0] })
      guard case .finite(let spent) = spent else { return .infinity }
      let horizon = (Number.one / (Number.one - current.mdp.discount)).real
      return Self.priced(Number(multiplier), left: Number(budget).real * horizon - spent)
    case .maxBudget(let budget):
      return visitation.sum(divergence: { state in
        guard case .finite(let spent) = divergences[state] else { return .infinity }
        return Self.priced(kappa[state], left: Number(budget).real - spent)
      })
    case .maxPenalty:
      let largest = divergences.reduce(.zero) { Extended.maximum($0, $1) }
      let priced = visitation.sum(divergence: { kappa[$0].real * divergences[$0] })
      guard case .finite(let priced) = priced,
        case .finite(let penalty) = current.penaltyCoefficient.real * largest
      else { return .infinity }
      return .finite(penalty - priced)
    }
  }
}

extension DualityGap {
  /// κ times what is left of a budget; +∞ where more was spent than there is, because such a step
  /// is no answer at all.
  private static func priced<Number: Scalar>(
    _ kappa: Number, left: Number.Real
  ) -> Extended<Number.Real> {
    if case .no = left.isNonNegative { return .infinity }
    return .finite(kappa.real * left)
  }
}
