internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

/// The exact side of an update, as float64 numbers.
struct BatchTruth {
  /// π and π̃ by pair.
  let before: [Double]
  let after: [Double]
  /// A by pair, and how far rounding may have moved any of them.
  let advantages: [Double]
  let resolution: Double
  /// KL(π‖π̃) by state.
  let divergence: [Double]
  /// Σ_live ρ, and d by state; 0 at terminal states, and everywhere if no live state is ever visited.
  let liveMass: Double
  let stateShares: [Double]
  let isVisited: [Bool]
  let space: StateActionSpace

  init(_ update: PolicyUpdate<FloatBall>) {
    let current = update.current
    space = current.mdp.space
    before = current.policy.probabilities.map(\.approximation)
    after = update.candidate.policy.probabilities.map(\.approximation)
    advantages = current.advantages.map(\.approximation)
    resolution = current.advantages.lazy.map(\.radius).greatestMagnitude
    divergence = update.divergence.map(\.approximation)
    isVisited = current.stateVisitation.isVisited
    let twin = Twin(theory: current)
    liveMass = twin.totalWeight
    stateShares = liveMass > 0 ? twin.scaled(toWeight: 1).stateWeights : twin.stateWeights
  }
}
