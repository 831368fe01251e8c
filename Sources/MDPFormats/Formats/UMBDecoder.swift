internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Decodes a model from the arrays of a UMB archive.
struct UMBDecoder {
  let archive: TarArchive
  let index: UMBIndex
  let configuration: MDPReaderConfiguration
  let log: FaultLog
  let decimals: DecimalReading
  /// The notes of this project's writer by name, as places in the index.
  let parameters: [String: Int]

  init(
    _ archive: TarArchive, _ index: UMBIndex, _ configuration: MDPReaderConfiguration,
    _ log: FaultLog
  ) {
    self.archive = archive
    self.index = index
    self.configuration = configuration
    self.log = log
    decimals = configuration.decimals ?? .exact
    parameters = index.parameters.map { index.object($0.root) } ?? [:]
  }

  mutating func read(
    _ format: any ModelFormat, name: String
  ) throws(ArchiveFault) -> MDPDocument? {
    try requireSizes()
    let reward = try reward()
    var draft = ModelDraft(stateCount: index.states, log: log, configuration)
    draft.decimals = holdsDecimals(reward) ? decimals : nil
    let labels = try actionLabels(&draft)
    try addChoices(&draft, labels, reward)
    if let reward, reward.appliesTo.contains("states"),
      let values = try values(of: reward, "states", index.states), let type = reward.numbers
    {
      for state in 0..<index.states {
        guard let number = number(values, state, type) else { continue }
        draft.setReward(number, state: state, at: values.offset(state), values.path(state))
      }
    }
    if let bits = try terminalMarks() {
      draft.marked = (0..<index.states).map(bits.bit)
    }
    var header = ModelDraft.Header(format: format, name: index.name ?? name)
    header.description = index.description
    header.source = text("source")
    header.discount = parameter("discount")
    header.initial = try initial()
    header.states = try stateNames()
    header.actions = try declaredActions(&draft)
    header.features = features()
    header.reward = reward?.alias
    header.holdsDecimals = holdsDecimals(reward)
    guard log.isEmpty else { return nil }
    return draft.finish(header)
  }

  /// Whether each state bears the label `terminal`; nil where there is no such label.
  func terminalMarks() throws(ArchiveFault) -> UMBArray? {
    guard let terminal = index.labels.first(where: { $0.alias == "terminal" }) else { return nil }
    return try archive.bits(
      "annotations/aps/\(terminal.id)/states/values.bin", count: index.states)
  }

  private func holdsDecimals(_ reward: UMBIndex.Annotation?) -> Bool {
    [index.probabilities, reward?.numbers].contains {
      if case .double? = $0 { true } else { false }
    }
  }

  /// The counts of the index are believed once the archive has an array of that length.
  func requireSizes() throws(ArchiveFault) {
    // A shard may be empty.
    guard index.states > 0 || index.shard != nil, index.states < Int(Int32.max) else {
      throw ArchiveFault(
        offset: 0, member: "index.json", "\(index.states) states; expected at least one")
    }
    let bytes = archive.input.count
    for (noun, count) in [
      ("states", index.states), ("choices", index.choices), ("branches", index.branches),
    ] where count > bytes {
      throw ArchiveFault(
        offset: 0, member: "index.json", "\(count) \(noun), for which the archive is too short")
    }
  }

  /// The reward structure that is asked for, or the only one.
  func reward() throws(ArchiveFault) -> UMBIndex.Annotation? {
    let names = index.rewards.map(\.alias)
    let list = names.map(Excerpt.quoted).joined(separator: ", ")
    let reward: UMBIndex.Annotation?
    if let wanted = configuration.reward {
      reward = index.rewards.first { $0.alias == wanted } ?? index.rewards.first { $0.id == wanted }
      if reward == nil {
        throw ArchiveFault(
          offset: 0, member: "--reward",
          "there is no reward structure \(Excerpt.quoted(wanted)); found \(names.isEmpty ? "none" : list)"
            + NearestName.hint(wanted, among: names))
      }
    } else {
      guard names.count <= 1 else {
        throw ArchiveFault(
          offset: 0, member: "--reward",
          "there are several reward structures: \(list); name one with --reward")
      }
      reward = index.rewards.first
    }
    if let reward, reward.numbers == nil || reward.appliesTo.isEmpty {
      throw ArchiveFault(
        offset: 0, member: "index.json",
        "the rewards \(Excerpt.quoted(reward.alias)) are neither double nor rational, or apply to nothing"
      )
    }
    return reward
  }

  func values(
    of reward: UMBIndex.Annotation, _ part: String, _ count: Int
  ) throws(ArchiveFault) -> UMBArray? {
    guard reward.appliesTo.contains(part), let type = reward.numbers else { return nil }
    let name = "annotations/rewards/\(reward.id)/\(part)/values.bin"
    guard let array = try archive.array(name, count: count, size: type.size) else {
      throw ArchiveFault(offset: 0, member: name, "the array is missing; add it")
    }
    return array
  }

  /// The label of each choice; nil where there are none.
  private func actionLabels(_ draft: inout ModelDraft) throws(ArchiveFault) -> [Int32]? {
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

  private func addChoices(
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
        let path = "state \(state), choice \(number)"
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
            at: targets.offset(branch), path: path)
        }
        if let choiceRewards, let type = reward?.numbers,
          let number = self.number(choiceRewards, choice, type)
        {
          draft.setReward(
            number, choice: draft.choices.count, at: choiceRewards.offset(choice), path)
        }
        draft.endChoice(
          .init(
            state: Int32(state), number: Int32(number), label: labels?[choice] ?? -1,
            offset: branchStart[choice] < index.branches
              ? targets.offset(branchStart[choice]) : targets.range.upperBound))
      }
    }
  }

  func number(_ array: UMBArray, _ index: Int, _ type: UMBIndex.Numbers) -> ExactNumber? {
    if let number = array.number(index, type, decimals) { return number }
    log.add(
      .value, at: array.offset(index), path: array.path(index),
      "not a number: NaN, infinite, or over 0")
    return nil
  }

  /// ρ₀ as this project's writer notes it where the initial states are not equally likely; nil elsewhere.
  ///
  /// - Parameter stateCount: How many states the model has.
  func initialDistribution(
    stateCount: Int
  ) throws(ArchiveFault) -> [(state: Int, probability: ExactNumber)]? {
    guard let place = parameters["initial"] else { return nil }
    var entries: [(state: Int, probability: ExactNumber)] = []
    for (key, value) in index.object(place).sorted(by: { $0.key < $1.key }) {
      guard let state = Int(key), (0..<stateCount).contains(state), let number = exact(value)
      else { throw index.fault(value, "expected a probability by the number of a state") }
      entries.append((state, number))
    }
    return entries
  }

  private func initial() throws(ArchiveFault) -> ModelDraft.Initial {
    if let entries = try initialDistribution(stateCount: index.states) {
      return .distribution(entries, at: 0)
    }
    return .marked(
      try archive.bits("state-is-initial.bin", count: index.states).map { bits in
        (0..<index.states).map(bits.bit)
      })
  }

  // What this project's own writer notes.

  func exact(_ place: Int) -> ExactNumber? {
    index.text(place).flatMap { try? ExactNumber(parsing: $0) }
  }

  func parameter(_ name: String) -> ExactNumber? { parameters[name].flatMap(exact) }

  private func text(_ name: String) -> String? { parameters[name].flatMap(index.text) }

  private func elements(_ place: Int) -> [Int] {
    var places: [Int] = []
    var cursor = index.json.cursor(at: place)
    var more = cursor.kind == .array && cursor.enter()
    while more {
      places.append(cursor.position)
      cursor.skipValue()
      more = cursor.next()
    }
    return places
  }

  private func stateNames() throws(ArchiveFault) -> Names? {
    guard let place = parameters["states"] else { return nil }
    let names = elements(place).compactMap(index.text)
    guard names.count == index.states, Set(names).count == names.count, !names.contains("") else {
      throw index.fault(place, "expected \(index.states) different names of states")
    }
    return Names(names)
  }

  /// The first of the actions, which this project's writer puts before one for terminal states.
  private func declaredActions(_ draft: inout ModelDraft) throws(ArchiveFault) -> Names? {
    guard let place = parameters["actions"] else { return nil }
    guard let count = index.text(place).flatMap({ Int($0) }), count > 0,
      count <= draft.labels.names.count
    else { throw index.fault(place, "expected how many of the actions are the model's") }
    return Names(Array(draft.labels.names.prefix(count)))
  }

  private func features() -> [[ExactNumber]] {
    guard let place = parameters["features"] else { return [] }
    let vectors = elements(place).map { elements($0).compactMap(exact) }
    let isSound =
      vectors.count == index.states && !vectors[0].isEmpty
      && vectors.allSatisfy { $0.count == vectors[0].count }
    return isSound ? vectors : []
  }
}

extension UMBIndex.Numbers {
  /// The bytes of a number.
  var size: Int {
    switch self {
    case .double: 8
    case .rational(let width): 2 * width
    }
  }
}
