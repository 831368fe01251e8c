internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The head: `@` entries, each with its value behind it or on the next line.
extension DRNParser {
  mutating func headLine(_ line: inout TextLine) {
    if let key = awaited, line.byte != UInt8(ascii: "@") {
      awaited = nil
      return value(of: key, &line)
    }
    awaited = nil
    let start = line.start
    guard let word = line.word(endingBefore: ":"), word.text.hasPrefix("@") else {
      log.add(
        .syntax, at: start, path: "head",
        "found \(line.rest().excerpt); expected an entry such as @type: MDP")
      return
    }
    _ = line.accept(":")
    switch word.text {
    case "@model": beginModel(at: start)
    case "@type", "@value_type": value(of: word.text, &line)
    case "@parameters", "@placeholders", "@reward_models", "@nr_states", "@nr_choices":
      if line.isAtEnd() { awaited = word.text } else { value(of: word.text, &line) }
    default:
      let known = [
        "@type", "@value_type", "@parameters", "@reward_models", "@nr_states", "@nr_choices",
        "@model",
      ]
      log.add(
        .schema, at: start, path: "head",
        "unknown entry \(word.excerpt)" + NearestName.hint(word.text, among: known))
    }
  }

  mutating func value(of key: String, _ line: inout TextLine) {
    let value = line.rest()
    switch key {
    case "@type":
      guard !value.equals("MDP"), !value.equals("DTMC") else { return }
      log.add(
        .schema, at: value.start, path: key, "found \(value.excerpt); expected MDP or DTMC")
    case "@value_type":
      isRational = value.equals("rational")
      if isRational { numbers = TextNumbers(decimals: .shortest) }
      guard !isRational, !value.equals("double") else { return }
      log.add(
        .schema, at: value.start, path: key, "found \(value.excerpt); expected double or rational")
    case "@parameters", "@placeholders":
      guard value.start < value.end else { return }
      log.add(
        .schema, at: value.start, path: key,
        "found \(value.excerpt); a model with parameters has no numbers: instantiate it")
    case "@reward_models":
      rewardNames = value.text.split(separator: " ").map(String.init)
    case "@nr_states":
      guard let count = value.wholeNumber,
        configuration.allows(states: count, in: input, at: value.start, log)
      else {
        if log.isEmpty {
          log.add(.syntax, at: value.start, path: key, "found \(value.excerpt); expected a count")
        }
        return
      }
      stateCount = count
    default: break
    }
  }

  private mutating func beginModel(at offset: Int) {
    guard let stateCount else {
      log.add(.syntax, at: offset, path: "head", "@nr_states is missing before @model; add it")
      return
    }
    if rewardNames.isEmpty || chosenReward() != nil {
    } else if let wanted = configuration.reward {
      log.add(
        .schema, at: offset, path: "--reward",
        "there is no reward model \(Excerpt.quoted(wanted)); found "
          + rewardNames.map(Excerpt.quoted).joined(separator: ", ")
          + NearestName.hint(wanted, among: rewardNames))
      return
    } else {
      log.add(
        .schema, at: offset, path: "--reward",
        "there are several reward models: \(rewardNames.map(Excerpt.quoted).joined(separator: ", ")); "
          + "name one with --reward")
      return
    }
    draft = ModelDraft(stateCount: stateCount, log: log, configuration)
    draft.decimals = numbers.decimals
    if hasNoTerminal { draft.marked = Array(repeating: false, count: stateCount) }
    isInitial = Array(repeating: false, count: stateCount)
    isInModel = true
  }

  /// Which of the rewards in brackets is taken; nil where that is not said.
  func chosenReward() -> Int? {
    if let wanted = configuration.reward { return rewardNames.firstIndex(of: wanted) }
    return rewardNames.count == 1 ? 0 : nil
  }
}
