internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Parses DRN: a head of `@` entries, then the states, line by line.
struct DRNParser {
  private let input: InputBytes
  private let configuration: MDPReaderConfiguration
  private let log: FaultLog
  private var numbers: TextNumbers
  private var draft: ModelDraft

  /// The head's entry whose value stands on the next line.
  private var awaited: String?
  private var isRational = false
  private var hasNoTerminal = false
  private var rewardNames: [String] = []
  private var stateCount: Int?
  private var isInModel = false

  /// The state whose choices are being read; −1 before the first.
  private var state = -1
  private var open: ModelDraft.Choice?
  private var isInitial: [Bool] = []

  init(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration, _ decimals: DecimalReading
  ) {
    self.input = input
    self.configuration = configuration
    log = FaultLog(limit: configuration.faultLimit, places: .text)
    numbers = TextNumbers(decimals: decimals)
    draft = ModelDraft(stateCount: 0, log: log, configuration)
  }

  /// Reads the whole file.
  mutating func read(_ format: any ModelFormat) throws(InvalidInput) -> MDPDocument {
    for var line in TextLines(input) {
      guard !line.isAtEnd() else { continue }
      guard !Self.isComment(line) else {
        if !isInModel, line.rest().equals(Self.noTerminalMark) { hasNoTerminal = true }
        continue
      }
      if isInModel { modelLine(&line) } else { headLine(&line) }
      // Nothing is known of what follows a broken head.
      if !isInModel, !log.isEmpty { throw log.error(in: input) }
    }
    endChoice()
    guard isInModel else {
      log.add(.syntax, at: input.count, path: "head", "the file ends before @model")
      throw log.error(in: input)
    }
    if state + 1 < draft.stateCount {
      log.add(
        .syntax, at: input.count, path: "state \(state + 1)",
        "the file ends; expected \(draft.stateCount) states, found \(state + 1)")
    }
    var header = ModelDraft.Header(format: format, name: input.name.modelName)
    header.initial = .marked(isInitial)
    header.reward = rewardNames.isEmpty ? nil : rewardNames[chosenReward() ?? 0]
    header.holdsDecimals = !isRational
    if log.isEmpty, let document = draft.finish(header) { return document }
    throw log.error(in: input)
  }

  /// The comment by which a model without terminal states says so: labels cannot.
  static let noTerminalMark: StaticString = "// no terminal states"

  private static func isComment(_ line: TextLine) -> Bool {
    var line = line
    return line.accept("/") && line.byte == UInt8(ascii: "/")
  }

  private mutating func headLine(_ line: inout TextLine) {
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

  private mutating func value(of key: String, _ line: inout TextLine) {
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
  private func chosenReward() -> Int? {
    if let wanted = configuration.reward { return rewardNames.firstIndex(of: wanted) }
    return rewardNames.count == 1 ? 0 : nil
  }

  private mutating func modelLine(_ line: inout TextLine) {
    let start = line.start
    guard let word = line.word() else { return }
    if word.equals("state") {
      endChoice()
      beginState(&line, at: start)
    } else if word.equals("action"), state >= 0 {
      endChoice()
      beginChoice(&line, at: start)
    } else if open != nil {
      branch(word, &line)
    } else {
      log.add(
        .syntax, at: start, path: place, "found \(word.excerpt); expected `state` or `action`")
    }
  }

  private var place: String { open?.path ?? "state \(max(state, 0))" }

  private mutating func beginState(_ line: inout TextLine, at start: Int) {
    let word = line.word()
    state += 1
    if word?.wholeNumber != state || state >= draft.stateCount {
      log.add(
        .value, at: word?.start ?? start, path: "state \(state)",
        "found state \(word?.excerpt ?? "without a number"); expected \(state), states in order"
          + (state >= draft.stateCount ? "; the head counts \(draft.stateCount)" : ""))
    }
    guard state < draft.stateCount else { return }
    if let reward = reward(&line) {
      draft.setReward(reward, state: state, at: start, "state \(state)")
    }
    while let label = line.quoted() ?? line.word() {
      switch label.text {
      case "init": isInitial[state] = true
      case "terminal":
        if draft.marked == nil {
          draft.marked = Array(repeating: false, count: draft.stateCount)
        }
        draft.marked?[state] = true
      default: break
      }
    }
  }

  /// `[1, 2]`: one reward of each reward model.
  private mutating func reward(_ line: inout TextLine) -> ExactNumber? {
    guard line.accept("[") else { return nil }
    var reward: ExactNumber?
    var count = 0
    while !line.accept("]") {
      guard !line.isAtEnd() else {
        log.add(.syntax, at: line.start, path: place, "the line ends; expected `]`")
        return nil
      }
      let start = line.start
      let word = line.word(endingBefore: ",]")
      if rewardNames.isEmpty {
        // Older files write [0] where there are no rewards.
      } else if let number = numbers.number(word, log, at: start, path: place),
        count == chosenReward()
      {
        reward = number
      }
      count += 1
      _ = line.accept(",")
    }
    if count != rewardNames.count, !rewardNames.isEmpty {
      log.add(
        .value, at: line.start, path: place,
        "found \(count) rewards; expected \(rewardNames.count), one of each reward model")
    }
    return reward
  }

  private mutating func beginChoice(_ line: inout TextLine, at start: Int) {
    guard state < draft.stateCount else { return }
    guard let name = line.word() else {
      log.add(.syntax, at: line.start, path: place, "the line ends; expected the action's name")
      return
    }
    let number = choicesOfState
    choicesOfState += 1
    let choice = ModelDraft.Choice(
      state: Int32(state), number: Int32(number),
      label: name.equals("__NOLABEL__") ? -1 : draft.labels.number(of: name.text), offset: start)
    open = choice
    if let reward = reward(&line) {
      draft.setReward(reward, choice: draft.choices.count, at: start, choice.path)
    }
    if !line.isAtEnd() {
      log.add(
        .syntax, at: line.start, path: choice.path,
        "found \(line.rest().excerpt); expected the end of the line")
    }
  }

  private var choicesOfState: Int {
    get { stateOfCount == state ? choiceCount : 0 }
    set { (stateOfCount, choiceCount) = (state, newValue) }
  }
  private var stateOfCount = -1
  private var choiceCount = 0

  /// `1 : 0.5`.
  private mutating func branch(_ word: TextWord, _ line: inout TextLine) {
    let path = place
    guard let target = word.wholeNumber else {
      log.add(
        .syntax, at: word.start, path: path,
        "found \(word.excerpt); expected a branch such as `1 : 0.5`, an action, or a state")
      return draft.doubt()
    }
    guard line.accept(":") else {
      log.add(.syntax, at: line.start, path: path, "expected `:` behind the next state")
      return draft.doubt()
    }
    let probability = numbers.number(line.word(), log, at: line.start, path: path)
    draft.add(to: target, probability: probability, at: word.start, path: path)
    if !line.isAtEnd() {
      log.add(
        .syntax, at: line.start, path: path,
        "found \(line.rest().excerpt); expected the end of the line")
    }
  }

  private mutating func endChoice() {
    guard let choice = open else { return }
    draft.endChoice(choice)
    open = nil
  }
}
