internal import MonotoneArithmetic
internal import MDPCore

extension DRNFormat: WritableModelFormat {
  package var marks: [String] { ["@nr_states"] }

  /// Rewards by next state are written as their expectation; a terminal state gets the label `terminal` and
  /// one choice that leads back to it.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let model = TextModelWriter(document, writing.numbers, allowsFractions: true, noun)
    let space = document.space
    let words = model.actionWords()
    var isInitial = Array(repeating: false, count: space.stateCount)
    for state in try model.initialStates() { isInitial[state] = true }
    let terminalCount = space.isTerminal.count { $0 }
    var text = terminalCount == 0 ? "\(DRNParser.noTerminalMark)\n" : ""
    text += """
      @type: MDP
      @value_type: \(writing.numbers == .exact ? "rational" : "double")
      @parameters

      @reward_models
      \(writing.reward)
      @nr_states
      \(space.stateCount)
      @nr_choices
      \(space.pairCount + terminalCount)
      @model

      """
    for state in space.states.indices {
      text += "state \(state) [\(try model.text(model.stateReward(state)))]"
      if isInitial[state] { text += " init" }
      if space.isTerminal[state] {
        text += " terminal\n\taction __NOLABEL__ [0]\n\t\t\(state) : 1\n"
        continue
      }
      text += "\n"
      for pair in space.pairs(of: state) {
        let reward = try model.text(model.expectedReward(pair))
        text += "\taction \(words[Int(space.pairAction[pair])]) [\(reward)]\n"
        for entry in model.entries(pair) {
          let number = model.document.transitions.probability[entry]
          text += "\t\t\(model.document.transitions.nextState[entry]) : \(try model.text(number))\n"
        }
      }
    }
    return [ModelFile(ending: "drn", bytes: Array(text.utf8))]
  }
}
