package import MDPCore
package import NeuralTRPO

/// The observation of each live state of a finite MDP, and the actions available there.
package struct ObservedStates: Sendable {
  /// Where the states are those of.
  package let environment: SampledMDP
  /// How observations are changed before a network sees them; nil for not at all.
  package let scaling: ObservationScaling?
  /// A row a live state, in order.
  package let observations: [Double]
  /// Whether each action is available, a row a live state; empty if all always are.
  package let masks: [Bool]

  /// The states of an environment.
  package init(_ environment: SampledMDP, scaling: ObservationScaling? = nil) {
    self.environment = environment
    self.scaling = scaling
    let space = environment.model.space
    let (width, choices) = (environment.observationWidth, space.actions.count)
    var raw = [Double](repeating: 0, count: space.liveStates.count * width)
    var masks = [Bool](
      repeating: true,
      count: environment.hasUnavailableActions ? space.liveStates.count * choices : 0)
    raw.withUnsafeMutableBufferPointer { raw in
      masks.withUnsafeMutableBufferPointer { masks in
        guard let first = raw.baseAddress else { return }
        for (row, state) in space.liveStates.enumerated() {
          environment.observe(.init(index: state), into: first + row * width)
          guard environment.hasUnavailableActions, let flags = masks.baseAddress else { continue }
          environment.availability(.init(index: state), into: flags + row * choices)
        }
      }
    }
    self.masks = masks
    isOneHot =
      scaling == nil && width == space.stateCount
      && space.liveStates.enumerated().allSatisfy { row, state in
        raw[row * width..<(row + 1) * width].enumerated().allSatisfy {
          $1 == ($0 == state ? 1 : 0)
        }
      }
    observations = ObservationScaling.rows(scaling, of: raw, width: width)
  }

  /// States, actions and pairs.
  package var space: StateActionSpace { environment.model.space }
  /// Whether an observation is the state's number, as a 1 among zeros.
  package let isOneHot: Bool
  /// Live states.
  package var count: Int { space.liveStates.count }
  /// How many numbers make an observation.
  package var width: Int { environment.observationWidth }

  /// The policy of probabilities that stand a row a live state, an entry an action.
  package func policy(_ rows: [Double]) -> TabularPolicy<Double> {
    let (space, choices) = (self.space, self.space.actions.count)
    precondition(rows.count == count * choices, "\(rows.count) probabilities for \(count) states")
    var probabilities: [Double] = []
    probabilities.reserveCapacity(space.pairCount)
    for (row, state) in space.liveStates.enumerated() {
      for pair in space.pairs(of: state) {
        probabilities.append(rows[row * choices + Int(space.pairAction[pair])])
      }
    }
    return TabularPolicy(space: space, probabilities: probabilities)
  }
}

extension ObservedStates {
  /// The part of a state that tells it from others.
  private struct Look: Hashable {
    var observation: ArraySlice<Double>
    var mask: ArraySlice<Bool>
  }

  /// A state that looks like each of some observations.
  ///
  /// - Parameter masks: Which actions were available; given these, the state's are the same. Empty where
  ///   that does not matter, or all always are.
  func states(seen observations: [Double], masks seen: [Bool] = []) -> [Int] {
    let rows = observations.count / width
    let choices = seen.isEmpty ? 0 : space.actions.count
    guard isOneHot else {
      var known: [Look: Int] = [:]
      for (row, state) in space.liveStates.enumerated() {
        let look = Look(
          observation: self.observations[row * width..<(row + 1) * width],
          mask: masks[row * choices..<(row + 1) * choices])
        known[look] = state
      }
      return (0..<rows).map { row in
        let look = Look(
          observation: observations[row * width..<(row + 1) * width],
          mask: seen[row * choices..<(row + 1) * choices])
        guard let state = known[look] else {
          preconditionFailure("row \(row) looks like no state")
        }
        return state
      }
    }
    return observations.withUnsafeBufferPointer { observations in
      (0..<rows).map { row in
        var state = 0
        while observations[row * width + state] == 0 { state += 1 }
        return state
      }
    }
  }
}
