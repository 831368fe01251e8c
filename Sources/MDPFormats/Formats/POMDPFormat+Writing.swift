internal import MonotoneArithmetic
internal import MDPCore

extension POMDPFormat: WritableModelFormat {
  package var marks: [String] { ["\nobservations:"] }

  /// Every state must offer every action, and is observed as itself. Terminal states lead back to themselves;
  /// a comment says which they are, because an absorbing state need not be one.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let model = TextModelWriter(document, writing.numbers, allowsFractions: false, noun)
    let space = document.space
    let terminal = space.states.indices.filter { space.isTerminal[$0] }
    let states = Self.declared(space.states)
    var text = "\(POMDPTokens.terminalMark)"
    for state in terminal { text += " \(state)" }
    text += """

      discount: \(try model.text(document.discount))
      values: reward
      states: \(states)
      actions: \(Self.declared(space.actions))
      observations: \(states)
      start:
      """
    for number in model.document.initial { text += " \(try model.text(number))" }
    text += "\n\n"
    for state in space.states.indices {
      text += "O: * : \(state) : \(state) 1\n"
      if space.isTerminal[state] {
        text += "T: * : \(state) : \(state) 1\n"
        continue
      }
      for action in space.actions.indices {
        text += try rows(of: try space.pair(state, action, in: noun), state, action, model)
      }
    }
    return [ModelFile(ending: "pomdp", bytes: Array(text.utf8))]
  }

  /// T and R of a pair.
  private func rows(
    of pair: Int, _ state: Int, _ action: Int, _ model: TextModelWriter
  ) throws(ModelNotHeld) -> String {
    let transitions = model.document.transitions
    var text = ""
    var rewards: [ExactNumber] = []
    for entry in model.entries(pair) {
      let probability = try model.text(transitions.probability[entry])
      text += "T: \(action) : \(state) : \(transitions.nextState[entry]) \(probability)\n"
      rewards.append(model.reward(pair, entry: entry) + model.stateReward(state))
    }
    if let first = rewards.first, rewards.allSatisfy({ $0 == first }) {
      return first.isZero
        ? text : text + "R: \(action) : \(state) : * : * \(try model.text(first))\n"
    }
    for (entry, reward) in zip(model.entries(pair), rewards) where !reward.isZero {
      let target = transitions.nextState[entry]
      text += "R: \(action) : \(state) : \(target) : * \(try model.text(reward))\n"
    }
    return text
  }

  /// Names where the format allows for all of them, else their count.
  private static func declared(_ names: Names) -> String {
    let others = POMDPParser.keywords.union([
      "include", "exclude", "reward", "cost", "uniform", "identity", "reset",
    ])
    let isHeld =
      !names.isCount
      && names.allSatisfy { name in
        name.first?.isASCIILetter == true && !others.contains(name)
          && name.allSatisfy { $0.isASCIILetter || ("0"..."9").contains($0) || "_-".contains($0) }
      }
    return isHeld ? names.joined(separator: " ") : "\(names.count)"
  }
}

extension Character {
  fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
