internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Choices with their actions, and the branches of each.
extension UMBDecoder {
  /// The label of each choice; nil where there are none.
  func actionLabels(_ draft: inout ModelDraft) throws(ArchiveFault) -> [Int32]? {
    guard
      let values = try archive.array(
        "actions/choices/values.bin", count: index.choices, size: 4)
    else { return nil }
    guard let names = try actionNames() else { return nil }
    for name in names { _ = draft.labels.number(of: name) }
    return (0..<index.choices).map { choice in
      let action = values.word(choice)
      guard action < names.count else {
        log.add(
          .value, at: values.offset(choice), path: values.path(choice),
          "action \(action); the actions are 0 to \(names.count - 1)")
        return -1
      }
      return draft.labels.number(of: names[action])
    }
  }

  /// The strings of actions; nil where there are none.
  private func actionNames() throws(ArchiveFault) -> [String]? {
    guard let bytes = archive.members["actions/choices/strings.bin"] else { return nil }
    guard index.actions <= archive.input.count else {
      throw ArchiveFault(offset: 0, member: "index.json", "\(index.actions) actions are too many")
    }
    let starts = try archive.starts(
      "actions/choices/string-mapping.bin", rows: index.actions, to: bytes.range.count)
    return (0..<index.actions).map { action in
      let start = bytes.range.lowerBound
      return String(
        decoding: archive.input.buffer[(start + starts[action])..<(start + starts[action + 1])],
        as: UTF8.self)
    }
  }

  func addChoices(
    _ draft: inout ModelDraft, _ labels: [Int32]?, _ reward: UMBIndex.Annotation?
  ) throws(ArchiveFault) {
    let choiceStart = try archive.starts(
      "state-to-choices.bin", rows: index.states, to: index.choices)
    let branchStart = try archive.starts(
      "choice-to-branches.bin", rows: index.choices, to: index.branches)
    guard
      let targets = try archive.array("branch-to-target.bin", count: index.branches, size: 8)
    else {
      throw ArchiveFault(offset: 0, member: "branch-to-target.bin", "the array is missing; add it")
    }
    let probabilities = try index.probabilities.flatMap { type throws(ArchiveFault) in
      try archive.array("branch-to-probability.bin", count: index.branches, size: type.size)
    }
    if probabilities == nil, index.branches != index.choices {
      throw ArchiveFault(
        offset: 0, member: "branch-to-probability.bin", "the array is missing; add it")
    }
    let choiceRewards = try reward.flatMap { reward throws(ArchiveFault) in
      try values(of: reward, "choices", index.choices)
    }
    let branchRewards = try reward.flatMap { reward throws(ArchiveFault) in
      try values(of: reward, "branches", index.branches)
    }
    for state in 0..<index.states {
      for choice in choiceStart[state]..<choiceStart[state + 1] {
        let number = choice - choiceStart[state]
        // A text for each of millions of choices takes longer than all else.
        func path() -> String { "state \(state), choice \(number)" }
        for branch in branchStart[choice]..<branchStart[choice + 1] {
          var probability: ExactNumber? = ExactNumber(1)
          if let probabilities, let type = index.probabilities {
            probability = self.number(probabilities, branch, type)
          }
          var earned: ExactNumber?
          if let branchRewards, let type = reward?.numbers {
            earned = self.number(branchRewards, branch, type)
          }
          draft.add(
            to: targets.long(branch), probability: probability, reward: earned,
            at: targets.offset(branch), path: path())
        }
        if let choiceRewards, let type = reward?.numbers,
          let number = self.number(choiceRewards, choice, type)
        {
          draft.setReward(
            number, choice: draft.choices.count, at: choiceRewards.offset(choice), path())
        }
        draft.endChoice(
          .init(
            state: Int32(state), number: Int32(number), label: labels?[choice] ?? -1,
            offset: branchStart[choice] < index.branches
              ? targets.offset(branchStart[choice]) : targets.range.upperBound))
      }
    }
  }
}
