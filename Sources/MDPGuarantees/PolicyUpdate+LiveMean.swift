public import MonotoneArithmetic
internal import MDPSolvers

extension PolicyUpdate {
  /// The mean of KL(π‖π̃) over the steps that are taken: under d_π given that the episode goes on. What
  /// samplers average; ``meanDivergence`` counts the time after an end, too, with 0.
  public var liveMeanDivergence: Extended<Number.Real> {
    let isTerminal = mdp.space.isTerminal
    let liveMass = current.stateVisitation.sum { isTerminal[$0] ? .zero : .one }
    guard liveMass.isZero != .yes,
      case .finite(let sum) = current.stateVisitation.sum(divergence: { divergence[$0] })
    else { return current.stateVisitation.sum { divergence[$0] } }
    return .finite(sum / liveMass.real)
  }

  /// The state where KL(π‖π̃) is largest; nil if there is no live state.
  public var maxDivergenceState: Int? { worstState { divergence[$0] } }
}
