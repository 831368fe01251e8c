internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension GymnasiumFormat: WritableModelFormat {
  package var marks: [String] { ["\"initial_state_distrib\""] }

  /// Every state must offer every action. A terminal state gets rows of its own that lead back to it, as in
  /// Gymnasium's own tables.
  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let model = TextModelWriter(document, writing.numbers, allowsFractions: false, noun)
    let space = document.space
    var text = "{\"env_id\": \(JSONText.quoted(document.name)), "
    text += "\"discount\": \"\(document.discount)\",\n"
    text += "\"initial_state_distrib\": ["
    for (state, number) in model.document.initial.enumerated() {
      text += (state == 0 ? "" : ", ") + (try model.text(number))
    }
    text += "],\n\"P\": {\n"
    for state in space.states.indices {
      text += "\"\(state)\": {"
      for action in space.actions.indices {
        text += (action == 0 ? "" : ", ") + "\"\(action)\": ["
        if space.isTerminal[state] {
          text += "[1, \(state), 0, true]"
        } else {
          text += try row(try space.pair(state, action, in: noun), model, model.stateReward(state))
        }
        text += "]"
      }
      text += state + 1 == space.stateCount ? "}\n" : "},\n"
    }
    text += "}}\n"
    return [ModelFile(ending: "json", bytes: Array(text.utf8))]
  }

  private func row(
    _ pair: Int, _ model: TextModelWriter, _ stateReward: ExactNumber
  ) throws(ModelNotHeld) -> String {
    var outcomes: [String] = []
    for entry in model.entries(pair) {
      let target = Int(model.document.transitions.nextState[entry])
      let probability = try model.text(model.document.transitions.probability[entry])
      let reward = try model.text(model.reward(pair, entry: entry) + stateReward)
      outcomes.append(
        "[\(probability), \(target), \(reward), \(model.space.isTerminal[target])]")
    }
    return outcomes.joined(separator: ", ")
  }
}
