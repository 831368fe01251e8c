/// Rows as an update takes them, made of branches: see
/// ``PolicyBatch/load(observations:actions:advantages:weights:importance:groupSize:mask:parameters:)``.
package struct VineRows<Number: NetworkNumber>: Sendable {
  /// Row by row, each state's as often as it has branches.
  package var observations: [Number] = []
  /// Row by row.
  package var actions: [Number] = []
  /// By row. They may be scaled, all by one factor, but not shifted.
  package var advantages: [Number] = []
  /// By row; a state's rows together weigh what the state does.
  package var weights: [Number] = []
  /// π_old/q by row; nil where actions were drawn from π_old or listed.
  package var importance: [Number]?
  /// K, where the rows of a state are to be self-normalised.
  package var groupSize: Int?
  /// Row by row; empty if all choices are always available.
  package var masks: [Bool] = []
  /// By row: the trajectory that its state is of.
  package var trajectories: [Int32] = []
}

extension VineRollout {
  /// Rows of an update.
  ///
  /// With every action tried once, the surrogate of a state is Σ_a π_θ(a|s) Q̂(s,a), eq. 15; as rows
  /// count with the ratio π_θ/π_old, each has the advantage K π_old(a|s) Â(s,a) and a K-th of its
  /// state's weight. With actions drawn from q it is self-normalised, eq. 16:
  ///
  ///     Σ_k ρ_k Q̂(s,a_k) / Σ_k ρ_k      with ρ_k = π_θ(a_k|s)/q(a_k|s)
  ///
  /// Either way a constant taken from all of a state's Q̂ changes nothing, so that Â is what remains
  /// when their mean under π_old is taken.
  ///
  /// Source: Schulman et al. 2015, §5.2.
  ///
  /// - Parameter finalValues: As for ``actionValues(finalValues:)``.
  package func rows(finalValues: [Double] = []) -> VineRows<Number> {
    let values = actionValues(finalValues: finalValues)
    var rows = VineRows<Number>(actions: actions)
    let outputs = masks.count / stateCount
    var first = 0
    while first < branchCount {
      let state = states[first]
      let group = first..<(states[first...].firstIndex { $0 != state } ?? branchCount)
      let ratios = group.map { choice == .every ? probabilities[$0] : importance[$0] }
      let total = ratios.reduce(0, +)
      let mean = zip(ratios, group).reduce(0) { $0 + $1.0 * values[$1.1] } / total
      for branch in group {
        let fold = choice == .every ? Double(group.count) * probabilities[branch] : 1
        rows.advantages.append(Number(fold * (values[branch] - mean)))
        rows.weights.append(Number(weights[state] / Double(group.count)))
        rows.observations +=
          observations[(state * observationWidth)..<((state + 1) * observationWidth)]
        rows.masks += masks[(state * outputs)..<((state + 1) * outputs)]
        rows.trajectories.append(trajectories[state])
      }
      first = group.upperBound
    }
    if choice != .every { rows.groupSize = branchCount / stateCount }
    if choice == .uniform { rows.importance = importance.map { Number($0) } }
    return rows
  }
}
