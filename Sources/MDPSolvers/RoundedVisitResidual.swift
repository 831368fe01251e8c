internal import MonotoneArithmetic
internal import MonotoneLinearAlgebra
internal import MDPCore

/// By how much visitations in float64 miss a policy's equation, bounded a priori in the 1-norm.
///
/// **Theorem.** Let Ĉ be P_π as float64 adds it up over the live states, whose entries are sums of at most k products;
/// ω and τ the relative errors of π̂ and P̂, e_γ that of γ̂, E₀ the sum of those of ρ₀, G = ‖ρ̂‖₁ and u = 2⁻⁵³. Let m̂ be
/// fl(fl(ρ̂₀ + γ̂ ĝ) − ρ̂), with ĝ(s) the float64 number next to the ``CompensatedSum`` of Ĉ's column s and ρ̂. Then
///
///     ‖ρ₀ + γP_πᵀρ̂ − ρ̂‖₁ ≤ Σ |m̂| (1 + u) + E₀ + (ku + ω + τ + e_γ + 4u + (2nu)²) (1 + 2⁻¹⁵) (G + 1) + N 2⁻¹⁰⁷² (G + 1)
///
/// over the live states, with n the longest column and N the number of stored transitions.
///
/// *Proof.* All terms of an entry of Ĉ are non-negative, so that it misses that of P_π by at most (ku + ω + τ)(1 + 2⁻¹⁷)
/// of itself, and 2⁻¹⁰⁷⁵ for each product that underflows. Rows of P_π sum to at most 1, hence those of Ĉ to 1 + 2⁻¹⁷:
/// Σ_s Σ_i Ĉ(i,s) |ρ̂(i)| ≤ (1 + 2⁻¹⁷) G, which each of these errors is a share of, as are that of the compensated sums,
/// their last rounding, that of the product with γ̂, and e_γ. The sum with ρ̂₀, of size G + 1 in all, and the difference
/// are rounded once more. ∎
///
/// The flow into terminal states is added up in ``TrackedDouble`` by pairs, and so is their own equation.
///
/// Complexity: O(stored transitions).
struct RoundedVisitResidual {
  /// ‖ρ₀ + γP_πᵀρ̂ − ρ̂‖₁ as computed.
  let residual: Double
  /// An upper bound of ‖ρ₀ + γP_πᵀρ̂ − ρ̂‖₁; +∞ where nothing is proved.
  let bound: Double

  init(
    _ model: RoundedMDP, _ policy: RoundedPolicy, _ transposed: SparseRows<Double>,
    visits: [Double], _ work: SharedWork
  ) {
    let space = model.mdp.space
    let live = space.liveStates
    let mass = live.map { visits[$0] }
    let initial = live.map { model.mdp.initial[$0] }
    let parts = transposed.withEntries { columns, values in
      mass.withUnsafeBufferPointer { mass in
        work.map(live.count, Part()) {
          Self.part($0, transposed, columns, values, mass, initial, model.mdp.discount)
        }
      }
    }
    var total = Part()
    for part in parts { total.include(part) }

    let unit = 0x1p-53
    let flow =
      TrackedDouble(VectorNorm.sum(mass)).widened(
        by: TrackedDouble(Double(mass.count) * unit * VectorNorm.sum(mass))) + .one
    let actions = Double(space.actions.count)
    let column = 2 * Double(total.longest) * unit
    let share =
      actions * unit + policy.relativeError + model.probabilityError + model.discount.error
      + 4 * unit + column * column
    let ends = Self.missedAtTerminals(model, policy, visits)
    residual = total.missed + ends.value
    guard share < 0x1p-20 else {
      bound = .infinity
      return
    }
    var start = TrackedDouble.zero
    for state in live { start += TrackedDouble(model.initial[state].error) }
    let underflow = Double(model.mdp.transitions.entryCount + 1) * 0x1p-1072
    let missed =
      TrackedDouble(total.missed).widened(
        by: TrackedDouble(total.missed * Double(live.count + 2) * unit))
      + start + TrackedDouble(share * (1 + 0x1p-14)) * flow + TrackedDouble(underflow) * flow
    bound = (missed + ends).upperEnd
  }

  /// The equations of some states.
  private struct Part {
    var missed = 0.0
    var longest = 0

    mutating func include(_ other: Part) {
      missed += other.missed
      longest = max(longest, other.longest)
    }
  }

  private static func part(
    _ states: Range<Int>, _ matrix: SparseRows<Double>, _ columns: UnsafeBufferPointer<Int32>,
    _ values: UnsafeBufferPointer<Double>, _ mass: UnsafeBufferPointer<Double>,
    _ initial: [Double], _ discount: Double
  ) -> Part {
    var part = Part()
    for state in states {
      var inflow = CompensatedSum()
      let entries = matrix.entries(ofRow: state)
      for entry in entries { inflow.add(values[entry], times: mass[Int(columns[entry])]) }
      let arrived = initial[state] + discount * (inflow.high + inflow.low)
      part.missed += abs(arrived - mass[state])
      part.longest = max(part.longest, entries.count)
    }
    return part
  }

  /// Σ |ρ₀ + γ inflow + γρ̂ − ρ̂| over the terminal states.
  private static func missedAtTerminals(
    _ model: RoundedMDP, _ policy: RoundedPolicy, _ visits: [Double]
  ) -> TrackedDouble {
    let (mdp, space) = (model.mdp, model.mdp.space)
    guard space.liveStates.count < space.stateCount else { return .zero }
    var inflow = [TrackedDouble](repeating: .zero, count: space.stateCount)
    for state in space.liveStates {
      for pair in space.pairs(of: state) where policy.policy[pair] != 0 {
        let weight = policy.policy[pair]
        let flow =
          TrackedDouble(value: weight, error: weight * policy.relativeError)
          * TrackedDouble(visits[state])
        for entry in mdp.transitions.entries(ofRow: pair) {
          let next = Int(mdp.transitions.columns[entry])
          guard space.isTerminal[next] else { continue }
          let probability = mdp.transitions.values[entry]
          inflow[next] +=
            flow
            * TrackedDouble(value: probability, error: probability * model.probabilityError)
        }
      }
    }
    var missed = TrackedDouble.zero
    for state in space.states.indices where space.isTerminal[state] {
      let own = TrackedDouble(visits[state])
      missed +=
        (model.initial[state] + model.discount * (inflow[state] + own) - own).magnitude
    }
    return missed
  }
}
