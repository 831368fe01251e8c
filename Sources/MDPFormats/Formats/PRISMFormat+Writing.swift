internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension PRISMFormat: WritableModelFormat {
  package var isSeveral: Bool { true }

  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let writer = try PRISMWriter(document, writing, isStorm: false, noun)
    return try [
      writer.transitions().file("tra"), writer.labels().file("lab"),
      writer.stateRewards().file("srew"), writer.transitionRewards().file("trew"),
    ]
  }
}

/// Storm's dialect of PRISM's explicit files, which read as `prism`.
struct StormFormat: WritableModelFormat {
  let name = "storm"
  let noun = "Storm's explicit format"
  let extensions: [String] = []
  var decimals: DecimalReading? { .shortest }
  package var isSeveral: Bool { true }

  func read(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration
  ) throws(InvalidInput) -> MDPDocument { try PRISMFormat().read(input, configuration) }

  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let writer = try PRISMWriter(document, writing, isStorm: true, noun)
    return try [
      writer.transitions().file("tra"), writer.labels().file("lab"),
      writer.stateRewards().file("state.rew"), writer.transitionRewards().file("trans.rew"),
    ]
  }
}

extension PRISMExportFormat: WritableModelFormat {
  package var beginnings: [String] { ["# Transitions"] }

  func write(
    _ document: MDPDocument, _ writing: ModelWriting
  ) throws(ModelNotHeld) -> [ModelFile] {
    let writer = try PRISMWriter(document, writing, isStorm: false, noun)
    let reward = "# Reward structure \"\(writing.reward)\"\n"
    let text = try [
      "# Transitions (MDP)\n" + writer.transitions(), "# Labels\n" + writer.labels(),
      reward + "# State rewards\n" + writer.stateRewards(),
      reward + "# Transition rewards\n" + writer.transitionRewards(),
    ]
    return [text.joined(separator: "\n").file("pexp")]
  }
}

extension String {
  fileprivate func file(_ ending: String) -> ModelFile {
    ModelFile(ending: ending, bytes: Array(utf8))
  }
}

/// Writes the parts of PRISM's explicit files; a terminal state gets the label `terminal` and one choice
/// that leads back to it.
private struct PRISMWriter {
  private let model: TextModelWriter
  private let isStorm: Bool
  private let initial: [Int]
  private let words: [String]

  init(
    _ document: MDPDocument, _ writing: ModelWriting, isStorm: Bool, _ noun: String
  ) throws(ModelNotHeld) {
    self.isStorm = isStorm
    model = TextModelWriter(document, writing.numbers, allowsFractions: !isStorm, noun)
    initial = try model.initialStates()
    words = model.actionWords()
  }

  private var space: StateActionSpace { model.space }

  func transitions() throws(ModelNotHeld) -> String {
    let table = model.document.transitions
    let terminalCount = space.isTerminal.count { $0 }
    var text =
      isStorm
      ? "mdp\n"
      : "\(space.stateCount) \(space.pairCount + terminalCount) "
        + "\(table.nextState.count + terminalCount)\n"
    for state in space.states.indices {
      if space.isTerminal[state] { text += "\(state) 0 \(state) 1\n" }
      for (number, pair) in space.pairs(of: state).enumerated() {
        for entry in model.entries(pair) {
          let probability = try model.text(table.probability[entry])
          text += "\(state) \(number) \(table.nextState[entry]) \(probability)"
          text += " \(words[Int(space.pairAction[pair])])\n"
        }
      }
    }
    return text
  }

  func labels() -> String {
    var isInitial = Array(repeating: false, count: space.stateCount)
    for state in initial { isInitial[state] = true }
    var text =
      isStorm
      ? "#DECLARATION\ninit terminal\n#END\n" : "0=\"init\" 1=\"deadlock\" 2=\"terminal\"\n"
    for state in space.states.indices {
      let labels =
        (isInitial[state] ? [isStorm ? "init" : "0"] : [])
        + (space.isTerminal[state] ? [isStorm ? "terminal" : "2"] : [])
      guard !labels.isEmpty else { continue }
      text += "\(state)\(isStorm ? "" : ":") \(labels.joined(separator: " "))\n"
    }
    return text
  }

  func stateRewards() throws(ModelNotHeld) -> String {
    let states = space.states.indices.filter { !model.stateReward($0).isZero }
    var text = isStorm ? "" : "\(space.stateCount) \(states.count)\n"
    // Storm does not read empty files.
    if isStorm, states.isEmpty { text = "0 0\n" }
    for state in states { text += "\(state) \(try model.text(model.stateReward(state)))\n" }
    return text
  }

  func transitionRewards() throws(ModelNotHeld) -> String {
    var (text, count) = ("", 0)
    let terminalCount = space.isTerminal.count { $0 }
    for state in space.states.indices {
      for (number, pair) in space.pairs(of: state).enumerated() {
        for entry in model.entries(pair) {
          let reward = model.reward(pair, entry: entry)
          guard !reward.isZero else { continue }
          guard !isStorm || reward.signum > 0 else {
            throw ModelNotHeld(
              message:
                "Storm refuses rewards of transitions below 0, such as \(reward.excerpt); use drn or umb"
            )
          }
          count += 1
          text += "\(state) \(number) \(model.document.transitions.nextState[entry]) "
          text += "\(try model.text(reward))\n"
        }
      }
    }
    if isStorm, text.isEmpty {
      let first = space.isTerminal[0] ? 0 : model.document.transitions.nextState[0]
      text = "0 0 \(first) 0\n"
    }
    return isStorm
      ? text : "\(space.stateCount) \(space.pairCount + terminalCount) \(count)\n" + text
  }
}
