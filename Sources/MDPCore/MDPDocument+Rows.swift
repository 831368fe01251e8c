internal import MonotoneArithmetic

/// The numbers of a document in some arithmetic, row by row, divided by their sums where it says so.
extension MDPDocument {
  /// Adds P(·|s,a) of a pair to an array, and gives r(s,a), all forms of reward together.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the arithmetic's range.
  func appendRow<Number: Scalar>(
    ofPair pair: Int, state: Int, to probabilities: inout [Number]
  ) throws(NumberOutOfRange) -> Number {
    let entries = transitions.rowStart[pair]..<transitions.rowStart[pair + 1]
    let first = probabilities.count
    let sum = transitions.rowSum.isEmpty ? nil : transitions.rowSum[pair]
    for entry in entries { probabilities.append(try Number(transitions.probability[entry])) }
    if let sum {
      let divisor = try Number(sum)
      for index in first..<probabilities.count {
        probabilities[index] = probabilities[index] / divisor
      }
    }
    var reward = stateRewards.isEmpty ? Number.zero : try Number(stateRewards[state])
    if !actionRewards.isEmpty { reward += try Number(actionRewards[pair]) }
    guard !transitionRewards.isEmpty else { return reward }
    for (index, entry) in entries.enumerated() where !transitionRewards[entry].isZero {
      reward += probabilities[first + index] * (try Number(transitionRewards[entry]))
    }
    return reward
  }

  /// Adds P(·|s,a) of a pair to an array, and gives r(s,a), as ``appendRow(ofPair:state:to:)`` does in any numbers:
  /// rows as long files have them, short decimals that sum to 1, at the speed of float64.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the range of float64.
  func appendTrackedRow(
    ofPair pair: Int, state: Int, to probabilities: inout [TrackedDouble]
  ) throws(NumberOutOfRange) -> TrackedDouble {
    guard transitionRewards.isEmpty, transitions.rowSum.isEmpty || transitions.rowSum[pair] == nil
    else { return try appendRow(ofPair: pair, state: state, to: &probabilities) }
    for entry in transitions.rowStart[pair]..<transitions.rowStart[pair + 1] {
      probabilities.append(try transitions.probability.tracked(entry))
    }
    guard !actionRewards.isEmpty else {
      return stateRewards.isEmpty ? .zero : try stateRewards.tracked(state)
    }
    let reward = try actionRewards.tracked(pair)
    return stateRewards.isEmpty ? reward : try stateRewards.tracked(state) + reward
  }

  /// ρ₀ by state.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the arithmetic's range.
  func initialDistribution<Number: Scalar>() throws(NumberOutOfRange) -> [Number] {
    var distribution: [Number] = []
    distribution.reserveCapacity(initial.count)
    for number in initial { distribution.append(try Number(number)) }
    guard let initialSum else { return distribution }
    let divisor = try Number(initialSum)
    return distribution.map { $0 / divisor }
  }
}
