internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The layouts of arrays.
extension NPZDecoder {
  /// An empty draft of so many states.
  private func draft(_ states: Int, in array: NPYTable) throws(ArchiveFault) -> ModelDraft {
    guard states > 0, states < Int(Int32.max) else {
      throw ArchiveFault(
        offset: 0, member: array.input.name, "\(states) states; expected at least one")
    }
    var draft = ModelDraft(stateCount: states, log: log, configuration)
    draft.decimals = decimals
    return draft
  }

  /// Rows of a compressed sparse matrix, one for each pair of a state and an action.
  func ownLayout() throws(ArchiveFault) -> ModelDraft {
    let actions = try arrays.array("pair_action", shape: [nil])
    let targets = try arrays.array("next_state", shape: [nil])
    let probabilities = try arrays.array("probability", shape: [targets.count])
    let pairStart = try starts("pair_start", rows: nil, to: actions.count)
    let rowStart = try starts("row_start", rows: actions.count, to: targets.count)
    let rewards =
      try arrays.has("reward") ? arrays.array("reward", shape: [actions.count]) : nil
    let byNextState =
      try arrays.has("next_state_reward")
      ? arrays.array("next_state_reward", shape: [targets.count]) : nil
    let paid = rewards?.doubles
    let states = pairStart.rowCount
    var draft = try draft(states, in: actions)
    draft.reserveCapacity(choices: actions.count, entries: targets.count)
    var rows =
      decimals == .shortest && byNextState == nil ? DecimalRows(targets, probabilities) : nil
    for state in 0..<states {
      for pair in pairStart[state] {
        let action = index(actions, pair, "pair_action", in: 0..<1 << 24)
        func path() -> String { "state \(state), action \(action ?? 0)" }
        let entries = rowStart[pair]
        let isChecked = rows?.add(entries, to: &draft) ?? false
        if !isChecked {
          for entry in entries {
            draft.add(
              to: index(targets, entry, "next_state", in: 0..<states),
              probability: number(probabilities, entry, "probability"),
              reward: byNextState.flatMap { number($0, entry, "next_state_reward") },
              at: probabilities.offset(entry), path: path())
          }
        }
        if let decimal = paid.flatMap({ rows?.decimal($0[pair]) }) {
          draft.choiceRewards.set(ExactNumber(decimal), at: draft.choices.count)
        } else if let rewards, let reward = number(rewards, pair, "reward") {
          draft.setReward(reward, choice: draft.choices.count, at: rewards.offset(pair), path())
        }
        let choice = ModelDraft.Choice(
          state: Int32(state), number: Int32(action ?? 0), label: -1, offset: actions.offset(pair))
        if isChecked { draft.close(choice) } else { draft.endChoice(choice) }
      }
    }
    if arrays.has("state_reward") {
      let rewards = try arrays.array("state_reward", shape: [states])
      for state in 0..<states {
        guard let reward = number(rewards, state, "state_reward") else { continue }
        draft.setReward(reward, state: state, at: rewards.offset(state), "state \(state)")
      }
    }
    return draft
  }

  /// pymdptoolbox: `P` (A, S, S) and `R`.
  func toolbox() throws(ArchiveFault) -> ModelDraft {
    let table = try arrays.array("P", shape: [nil, nil, nil])
    let (actions, states) = (table.shape[0], table.shape[1])
    guard table.shape[2] == states else {
      throw ArchiveFault(
        offset: 0, member: "P.npy",
        "shape \(table.shape); expected (actions, states, states)")
    }
    guard let rewards = try arrays.array("R"), !rewards.isText else {
      throw ArchiveFault(offset: 0, member: "R", "the array is missing; add it")
    }
    let shapes = [[states], [states, actions], [actions, states, states]]
    guard shapes.contains(rewards.shape) else {
      throw ArchiveFault(
        offset: 0, member: "R.npy",
        "shape \(rewards.shape); expected (\(states)), (\(states), \(actions)) or (\(actions), \(states), "
          + "\(states))")
    }
    var draft = try draft(states, in: table)
    for state in 0..<states {
      for action in 0..<actions {
        let row = (action * states + state) * states
        func path() -> String { "state \(state), action \(action)" }
        addRow(&draft, table, "P", from: row, path()) { target in
          rewards.shape.count == 3 ? self.number(rewards, row + target, "R") : nil
        }
        let shared =
          rewards.shape.count == 1
          ? state : rewards.shape.count == 2 ? state * actions + action : nil
        if let shared, let reward = number(rewards, shared, "R") {
          draft.setReward(reward, choice: draft.choices.count, at: rewards.offset(shared), path())
        }
        draft.endChoice(
          .init(
            state: Int32(state), number: Int32(action), label: -1, offset: table.offset(row)))
      }
    }
    return draft
  }

  /// QuantEcon's pairs: `s_indices`, `a_indices`, `R` (L) and `Q` (L, S).
  func quantEconPairs() throws(ArchiveFault) -> ModelDraft {
    let table = try arrays.array("Q", shape: [nil, nil])
    let (pairs, states) = (table.shape[0], table.shape[1])
    let stateOf = try arrays.array("s_indices", shape: [pairs])
    let actionOf = try arrays.array("a_indices", shape: [pairs])
    let rewards = try arrays.array("R", shape: [pairs])
    var draft = try draft(states, in: table)
    for pair in 0..<pairs {
      guard let state = index(stateOf, pair, "s_indices", in: 0..<states),
        let action = index(actionOf, pair, "a_indices", in: 0..<1 << 24)
      else { continue }
      func path() -> String { "state \(state), action \(action)" }
      addRow(&draft, table, "Q", from: pair * states, path()) { _ in nil }
      if let reward = number(rewards, pair, "R") {
        draft.setReward(reward, choice: draft.choices.count, at: rewards.offset(pair), path())
      }
      draft.endChoice(
        .init(
          state: Int32(state), number: Int32(action), label: -1, offset: stateOf.offset(pair)))
    }
    return draft
  }

  /// QuantEcon's products: `R` (S, A), −∞ where an action is unavailable, and `Q` (S, A, S).
  func quantEconDense() throws(ArchiveFault) -> ModelDraft {
    let table = try arrays.array("Q", shape: [nil, nil, nil])
    let (states, actions) = (table.shape[0], table.shape[1])
    guard table.shape[2] == states else {
      throw ArchiveFault(
        offset: 0, member: "Q.npy", "shape \(table.shape); expected (states, actions, states)")
    }
    let rewards = try arrays.array("R", shape: [states, actions])
    var draft = try draft(states, in: table)
    for state in 0..<states {
      for action in 0..<actions {
        let pair = state * actions + action
        if rewards.number(pair) == -.infinity { continue }
        func path() -> String { "state \(state), action \(action)" }
        addRow(&draft, table, "Q", from: pair * states, path()) { _ in nil }
        if let reward = number(rewards, pair, "R") {
          draft.setReward(reward, choice: draft.choices.count, at: rewards.offset(pair), path())
        }
        draft.endChoice(
          .init(
            state: Int32(state), number: Int32(action), label: -1,
            offset: table.offset(pair * states)))
      }
    }
    return draft
  }

  /// A row of a dense table.
  private func addRow(
    _ draft: inout ModelDraft, _ table: NPYTable, _ name: String, from start: Int, _ path: String,
    reward: (Int) -> ExactNumber?
  ) {
    for target in 0..<draft.stateCount {
      guard table.number(start + target) != 0 else { continue }
      draft.add(
        to: target, probability: number(table, start + target, name), reward: reward(target),
        at: table.offset(start + target), path: path)
    }
  }
}
