internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Rewards of states, choices and entries.
extension ModelDraft {
  /// Sets r(s,a) of a choice that has ended, or of the one at hand.
  mutating func setReward(
    _ reward: ExactNumber, choice: Int, at offset: Int, _ path: @autoclosure () -> String
  ) {
    guard isAffordable(reward, at: offset, path()) else { return }
    choiceRewards.set(reward, at: choice)
  }

  /// Sets r(s).
  mutating func setReward(
    _ reward: ExactNumber, state: Int, at offset: Int, _ path: @autoclosure () -> String
  ) {
    guard isAffordable(reward, at: offset, path()) else { return }
    stateRewards.set(reward, at: state)
  }

  /// Sets r(s,a,s') of an entry.
  mutating func setReward(
    _ reward: ExactNumber, entry: Int, at offset: Int, _ path: @autoclosure () -> String
  ) {
    guard isAffordable(reward, at: offset, path()) else { return }
    entryRewards.set(reward, at: entry)
  }

  /// Makes the reward of all transitions of a choice that of the choice.
  mutating func share(_ reward: ExactNumber, of choice: Int) {
    for entry in entries(ofChoice: choice) { entryRewards[entry] = ExactNumber(0) }
    choiceRewards.set(choiceRewards.value(at: choice) + reward, at: choice)
  }

  /// Where all transitions of a choice earn the same, makes that the reward of the choice.
  mutating func shareRewards() {
    for choice in choices.indices {
      let range = entries(ofChoice: choice)
      guard range.upperBound <= entryRewards.count, let first = range.first,
        !entryRewards[first].isZero,
        range.allSatisfy({ entryRewards[$0] == entryRewards[first] })
      else { continue }
      share(entryRewards[first], of: choice)
    }
  }
}
