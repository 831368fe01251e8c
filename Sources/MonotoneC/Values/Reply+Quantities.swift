internal import MDPCore
internal import MonotoneArithmetic

extension Reply.Output {
  /// Quantities as float64 numbers, and the radii of intervals around these that hold the true ones.
  ///
  /// A number of float64 arithmetic has no proved error: its radius is NaN. Unknown numbers are NaN with an
  /// infinite radius.
  static func enclosures(
    _ name: StaticString, _ radius: StaticString, _ shape: [Int], _ quantities: [Quantity]
  ) -> [Self] {
    [
      Self(name: name, shape: shape, elements: .float64(quantities.map(\.approximation))),
      Self(name: radius, shape: shape, elements: .float64(quantities.map(\.radius))),
    ]
  }

  /// π(a|s), 0 at unavailable actions and terminal states.
  static func probabilities(_ policy: ExactPolicy) -> Self {
    let space = policy.space
    var values = [Double](repeating: 0, count: space.stateCount * space.actions.count)
    for state in space.states.indices {
      for pair in space.pairs(of: state) {
        values[state * space.actions.count + Int(space.pairAction[pair])] = policy[pair].doubleValue
      }
    }
    return Self(
      name: "probabilities", shape: [space.stateCount, space.actions.count],
      elements: .float64(values))
  }
}
