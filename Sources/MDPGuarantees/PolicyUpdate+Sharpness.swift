internal import MonotoneArithmetic
internal import MDPSolvers

extension PolicyUpdate {
  /// The share of its scale that a quantity's error bound may be before it is computed again at a
  /// higher rigour.
  private static var sharpness: Double { 1e-9 }

  /// Whether every quantity that documents show is known as well as its scale asks for.
  var isSharp: Bool {
    let values = valueScale
    return UpdateQuantity.allCases.allSatisfy { quantity in
      let value = self[quantity]
      let scale =
        switch quantity.scale {
        case .values: values
        case .one: 1.0
        case .itself: Double.greatest(1, abs(value.approximation))
        }
      let radius = value.radius
      return radius.isFinite && radius <= Self.sharpness * scale || radius == 0
    }
  }

  /// The largest |V| or |Q|, of either policy.
  private var valueScale: Double {
    [current, candidate].lazy.map { evaluation in
      Double.greatest(
        evaluation.stateValues.lazy.map(\.approximation).greatestMagnitude,
        evaluation.actionValues.lazy.map(\.approximation).greatestMagnitude)
    }.greatestMagnitude
  }
}
