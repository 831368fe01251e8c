internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Rewards: which structure is wanted, and its lines.
extension PRISMParser {
  /// Whether the rewards at hand are those that are asked for; notes their structure.
  mutating func isWanted() -> Bool {
    if !rewardNames.contains(reward) { rewardNames.append(reward) }
    return configuration.reward.map { $0 == reward } ?? (rewardNames.count == 1)
  }

  func chosenReward() -> String? {
    if let wanted = configuration.reward, !rewardNames.contains(wanted) {
      log.add(
        .schema, at: 0, path: "--reward",
        "there is no reward structure \(Excerpt.quoted(wanted)); found "
          + (rewardNames.isEmpty ? "none" : rewardNames.map(Excerpt.quoted).joined(separator: ", "))
          + NearestName.hint(wanted, among: rewardNames))
    } else if configuration.reward == nil, rewardNames.count > 1 {
      log.add(
        .schema, at: 0, path: "--reward",
        "there are several reward structures: \(rewardNames.map(Excerpt.quoted).joined(separator: ", ")); "
          + "name one with --reward")
    }
    let name = configuration.reward ?? rewardNames.first
    return name.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// `s r`.
  mutating func stateReward(_ line: inout TextLine) {
    header.lines += 1
    guard
      let state = TextNumbers.index(
        line.word(), below: draft.stateCount, "state", draft.log, at: line.end,
        path: "state rewards")
    else { return }
    let path = "state \(state)"
    let word = line.word()
    guard let reward = numbers.number(word, draft.log, at: line.end, path: path) else { return }
    requireEnd(&line, path)
    guard isWanted() else { return }
    draft.setReward(reward, state: state, at: word?.start ?? 0, path)
  }

  /// `s c t r`: r(s,a,s').
  mutating func transitionReward(_ line: inout TextLine) {
    header.lines += 1
    let start = line.start
    guard
      let state = TextNumbers.index(
        line.word(), below: draft.stateCount, "state", draft.log, at: line.end,
        path: "transition rewards"),
      let number = TextNumbers.index(
        line.word(), below: Int(Int32.max), "choice", draft.log, at: line.end,
        path: "state \(state)"),
      let target = TextNumbers.index(
        line.word(), below: draft.stateCount, "state", draft.log, at: line.end,
        path: "state \(state), choice \(number)")
    else { return }
    let path = "state \(state), choice \(number)"
    guard let reward = numbers.number(line.word(), draft.log, at: line.end, path: path) else {
      return
    }
    requireEnd(&line, path)
    guard isWanted() else { return }
    guard let choice = draft.choice(state: state, number: number),
      let entry = draft.entry(ofChoice: choice, to: target)
    else {
      draft.log.add(
        .value, at: start, path: path,
        "a reward for a transition to state \(target), which the choice has not; remove it")
      return
    }
    draft.setReward(reward, entry: entry, at: start, path)
  }
}
