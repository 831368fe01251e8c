internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Parses Cassandra's format entry by entry; of entries that speak of the same thing the last counts.
struct POMDPParser {
  /// States, actions or observations: their names, and how many there are.
  struct Names {
    var count = 0
    var index: [String: Int] = [:]
    var list: [String]?
  }

  /// An entry `R: action : state : next state : observation value`, each part nil for all.
  private struct Reward {
    var action: Int?
    var state: Int?
    var target: Int?
    var observation: Int?
    var value: ExactNumber
  }

  static let keywords: Set<String> = [
    "discount", "values", "states", "actions", "observations", "start", "T", "O", "R",
  ]

  private let configuration: MDPReaderConfiguration
  private let log: FaultLog
  private let numbers: TextNumbers
  private var tokens: POMDPTokens
  private let input: InputBytes

  private var states = Names()
  private var actions = Names()
  private var observations: Names?
  private var discount: ExactNumber?
  private var isCost = false
  private var initial = ModelDraft.Initial.unstated
  /// T(s' | s, a) by a · |S| + s.
  private var transitions: [[Int: ExactNumber]] = []
  /// O(o | s', a) by a · |S| + s'.
  private var observed: [[Int: ExactNumber]] = []
  private var rewards: [Reward] = []
  /// How much more may be expanded: wildcards make much of little.
  private var budget = 20_000_000

  init(
    _ input: InputBytes, _ configuration: MDPReaderConfiguration, _ decimals: DecimalReading
  ) {
    self.input = input
    self.configuration = configuration
    log = FaultLog(limit: configuration.faultLimit, places: .text)
    numbers = TextNumbers(decimals: decimals)
    tokens = POMDPTokens(input)
  }

  mutating func read(_ format: any ModelFormat) throws(InvalidInput) -> MDPDocument {
    while let word = tokens.peek(), log.isEmpty {
      guard tokens.isAtEntry() else {
        log.add(
          .syntax, at: word.start, path: "file",
          "found \(word.excerpt); expected an entry such as `discount: 0.95`")
        break
      }
      entry()
    }
    if log.isEmpty, states.count == 0 || actions.count == 0 {
      log.add(.syntax, at: input.count, path: "file", "the entries states and actions are missing")
    }
    let seen = log.isEmpty ? stateOfObservation() : nil
    guard log.isEmpty else { throw log.error(in: input) }
    var draft = draft(seen)
    var header = ModelDraft.Header(format: format, name: input.name.modelName)
    header.discount = discount
    header.states = states.list.map { MDPCore.Names($0) }
    header.actions = MDPCore.Names(actions.list ?? (0..<actions.count).map(String.init))
    header.initial = initial
    if log.isEmpty, let document = draft.finish(header) { return document }
    throw log.error(in: input)
  }

  private mutating func entry() {
    guard let keyword = tokens.next() else { return }
    let place = keyword.start
    if keyword.equals("start"), tokens.peek()?.equals(":") != true { return startSet() }
    _ = tokens.acceptColon()
    switch keyword.text {
    case "discount": discount = number("discount")
    case "values":
      let word = tokens.next()
      isCost = word?.equals("cost") ?? false
      if !isCost, word?.equals("reward") != true {
        log.add(
          .value, at: word?.start ?? tokens.end, path: "values",
          "found \(word?.excerpt ?? "the end"); expected reward or cost")
      }
    case "states": states = names("states")
    case "actions": actions = names("actions")
    case "observations": observations = names("observations")
    case "start": start()
    case "T" where isReady(place): table("T", columns: states) { $0.transitions[$1] = $2 }
    case "O" where isReady(place):
      if let observations {
        table("O", columns: observations) { $0.observed[$1] = $2 }
      } else {
        log.add(
          .syntax, at: place, path: "O", "the entry observations is missing before it; add it")
      }
    case "R" where isReady(place): reward()
    default: break
    }
  }

  /// Whether states and actions are declared, as tables need; if not, that is a fault.
  private mutating func isReady(_ place: Int) -> Bool {
    guard states.count > 0, actions.count > 0 else {
      log.add(
        .syntax, at: place, path: "file",
        "the entries states and actions must stand before this one")
      return false
    }
    let (rows, overflow) = states.count.multipliedReportingOverflow(by: actions.count)
    guard !overflow, rows <= 10_000_000 else {
      log.add(
        .value, at: place, path: "file",
        "\(states.count) states and \(actions.count) actions are more than this format is read for")
      return false
    }
    if transitions.isEmpty {
      transitions = Array(repeating: [:], count: rows)
      observed = Array(repeating: [:], count: rows)
    }
    return true
  }

  private mutating func number(_ path: String) -> ExactNumber? {
    numbers.number(tokens.next(), log, at: tokens.end, path: path)
  }

  /// A count, or names.
  private mutating func names(_ path: String) -> Names {
    var names = Names()
    guard let first = tokens.peek() else { return names }
    if let count = first.wholeNumber {
      _ = tokens.next()
      guard count > 0, count <= 1_000_000 else {
        log.add(.value, at: first.start, path: path, "found \(count); expected 1 to 1,000,000")
        return names
      }
      names.count = count
      return names
    }
    var list: [String] = []
    while !tokens.isAtEntry(), let word = tokens.next() {
      guard names.index.updateValue(list.count, forKey: word.text) == nil else {
        log.add(.value, at: word.start, path: path, "\(word.excerpt) is named twice; rename one")
        return names
      }
      list.append(word.text)
    }
    names.count = list.count
    names.list = list
    if list.isEmpty {
      log.add(.syntax, at: first.start, path: path, "expected a count or names")
    }
    return names
  }

  /// A reference to one of some names, by name or number; nil for `*`.
  private mutating func reference(_ names: Names, _ path: String) -> Int?? {
    guard let word = tokens.next() else {
      log.add(.syntax, at: tokens.end, path: path, "the file ends within an entry")
      return nil
    }
    if word.equals("*") { return .some(nil) }
    if let index = names.index[word.text] { return .some(index) }
    if let index = word.wholeNumber, index < names.count { return .some(index) }
    log.add(
      .value, at: word.start, path: path,
      "unknown name \(word.excerpt)" + NearestName.hint(word.text, among: names.list ?? []))
    return nil
  }

  private mutating func start() {
    guard let first = tokens.peek() else { return }
    if first.equals("uniform") {
      _ = tokens.next()
      initial = .states(Array(0..<states.count), at: first.start)
    } else if states.index[first.text] != nil || (first.wholeNumber != nil && isLastOfEntry()) {
      if let state = reference(states, "start") ?? nil {
        initial = .states([state], at: first.start)
      }
    } else {
      var entries: [(state: Int, probability: ExactNumber)] = []
      for state in 0..<states.count {
        guard let probability = number("start") else { return }
        if !probability.isZero { entries.append((state, probability)) }
      }
      initial = .distribution(entries, at: first.start)
    }
  }

  /// Whether an entry follows the next word.
  private mutating func isLastOfEntry() -> Bool {
    guard let word = tokens.next() else { return true }
    defer { tokens.putBack(word) }
    return states.count > 1 && tokens.isAtEntry()
  }

  /// `start include: a b` or `start exclude: a b`.
  private mutating func startSet() {
    guard let word = tokens.next() else { return }
    let isExcluded = word.equals("exclude")
    _ = tokens.acceptColon()
    var isListed = Array(repeating: false, count: states.count)
    while !tokens.isAtEntry(), log.isEmpty {
      if let state = reference(states, "start") ?? nil { isListed[state] = true }
    }
    initial = .states(isListed.indices.filter { isListed[$0] != isExcluded }, at: word.start)
  }

  /// The indices that a reference stands for.
  private func range(_ reference: Int?, _ names: Names) -> Range<Int> {
    reference.map { $0..<($0 + 1) } ?? 0..<names.count
  }

  /// `T: a : s : s' p`, `T: a : s` and a row, or `T: a` and a matrix; `O` alike.
  private mutating func table(
    _ path: String, columns: Names, _ set: (inout POMDPParser, Int, [Int: ExactNumber]) -> Void
  ) {
    guard let action = reference(actions, path) else { return }
    let isTransition = path == "T"
    guard tokens.acceptColon() else {
      if let word = tokens.peek(), word.equals("identity") || word.equals("uniform") {
        _ = tokens.next()
        for state in 0..<states.count {
          let row =
            word.equals("identity") ? [state: ExactNumber(1)] : uniform(columns.count)
          store(path, action, state, row, set)
        }
        return
      }
      for state in 0..<states.count {
        guard let row = row(columns.count, path) else { return }
        store(path, action, state, row, set)
      }
      return
    }
    guard let state = reference(states, path) else { return }
    if tokens.acceptColon() {
      guard let column = reference(columns, path), let value = number(path) else { return }
      for a in range(action, actions) {
        for s in range(state, states) {
          guard spend(range(column, columns).count, path) else { return }
          let place = a * states.count + s
          for target in range(column, columns) {
            if isTransition {
              transitions[place][target] = value
            } else {
              observed[place][target] = value
            }
          }
        }
      }
      return
    }
    let row: [Int: ExactNumber]
    if tokens.peek()?.equals("uniform") == true {
      _ = tokens.next()
      row = uniform(columns.count)
    } else {
      guard let read = self.row(columns.count, path) else { return }
      row = read
    }
    store(path, action, state, row, set)
  }

  private func uniform(_ count: Int) -> [Int: ExactNumber] {
    let share = ExactNumber(numerator: 1, denominator: count)
    return Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, share) })
  }

  private mutating func row(_ count: Int, _ path: String) -> [Int: ExactNumber]? {
    var row: [Int: ExactNumber] = [:]
    for column in 0..<count {
      guard let value = number(path) else { return nil }
      if !value.isZero { row[column] = value }
    }
    return row
  }

  private mutating func store(
    _ path: String, _ action: Int?, _ state: Int?, _ row: [Int: ExactNumber],
    _ set: (inout POMDPParser, Int, [Int: ExactNumber]) -> Void
  ) {
    for a in range(action, actions) {
      for s in range(state, states) {
        guard spend(row.count, path) else { return }
        set(&self, a * states.count + s, row)
      }
    }
  }

  private mutating func spend(_ count: Int, _ path: String) -> Bool {
    budget -= count + 1
    if budget < 0, log.isEmpty {
      log.add(
        .value, at: tokens.peek()?.start ?? tokens.end, path: path,
        "up to here, the file stands for more than 20 million numbers; use a sparse format")
    }
    return budget >= 0
  }

  /// `R: a : s : s' : o r`, without `o` where there are no observations, or with a row or matrix behind fewer.
  private mutating func reward() {
    guard let action = reference(actions, "R"), tokens.acceptColon(),
      let state = reference(states, "R")
    else { return syntax("R") }
    guard tokens.acceptColon() else {
      // A matrix by next state and observation, or without observations a row by next state.
      for target in 0..<states.count {
        guard rewardRow(action, state, target) else { return }
      }
      return
    }
    guard let target = reference(states, "R") else { return }
    guard let observations else {
      if let value = number("R") {
        append(Reward(action: action, state: state, target: target, value: value))
      }
      return
    }
    guard tokens.acceptColon() else {
      _ = rewardRow(action, state, target)
      return
    }
    guard let observation = reference(observations, "R"), let value = number("R") else { return }
    append(
      Reward(
        action: action, state: state, target: target, observation: observation, value: value))
  }

  /// The rewards of a next state, one for each observation.
  private mutating func rewardRow(_ action: Int?, _ state: Int?, _ target: Int?) -> Bool {
    for observation in 0..<(observations?.count ?? 1) {
      guard let value = number("R") else { return false }
      append(
        Reward(
          action: action, state: state, target: target,
          observation: observations == nil ? nil : observation, value: value))
    }
    return true
  }

  private mutating func append(_ reward: Reward) {
    guard spend(1, "R") else { return }
    rewards.append(reward)
  }

  private mutating func syntax(_ path: String) {
    guard log.isEmpty else { return }
    log.add(
      .syntax, at: tokens.peek()?.start ?? tokens.end, path: path,
      "expected `:` and a state behind the action")
  }

  /// The observation of each state, where states have different ones; nil, and perhaps a fault, where not.
  private mutating func stateOfObservation() -> [Int]? {
    guard let observations else { return nil }
    guard isReady(input.count) else { return nil }
    var seen = Array(repeating: -1, count: states.count)
    var taken = Array(repeating: -1, count: observations.count)
    for action in 0..<actions.count {
      for state in 0..<states.count {
        let row = observed[action * states.count + state].filter { !$0.value.isZero }
        guard row.count == 1, let entry = row.first, entry.value == ExactNumber(1),
          seen[state] < 0 || seen[state] == entry.key,
          taken[entry.key] < 0 || taken[entry.key] == state
        else {
          log.add(
            .value, at: 0, path: "O",
            "state \(states.list?[state] ?? "\(state)") has not one observation of its own: the model is "
              + "only partially observed, and cannot be read as an MDP")
          return nil
        }
        seen[state] = entry.key
        taken[entry.key] = state
      }
    }
    return seen
  }

  private mutating func draft(_ seen: [Int]?) -> ModelDraft {
    var draft = ModelDraft(stateCount: states.count, log: log, configuration)
    draft.decimals = numbers.decimals
    guard isReady(input.count) else { return draft }
    for state in 0..<states.count {
      for action in 0..<actions.count {
        let path = "state \(state), action \(action)"
        // Looking through the rewards costs something for each pair, too.
        guard spend(rewards.count / 8, "R") else { return draft }
        let row = transitions[action * states.count + state].sorted { $0.key < $1.key }
        var paid = Array(repeating: ExactNumber(0), count: row.count)
        for reward in rewards
        where (reward.action ?? action) == action && (reward.state ?? state) == state {
          guard spend(row.count, "R") else { return draft }
          for (index, entry) in row.enumerated() where (reward.target ?? entry.key) == entry.key {
            if let wanted = reward.observation, let seen, seen[entry.key] != wanted { continue }
            paid[index] = isCost ? ExactNumber(-reward.value.rational) : reward.value
          }
        }
        for (entry, reward) in zip(row, paid) {
          draft.add(
            to: entry.key, probability: entry.value, reward: reward, at: 0, path: path)
        }
        draft.endChoice(
          .init(state: Int32(state), number: Int32(action), label: Int32(action), offset: 0))
      }
    }
    draft.shareRewards()
    return draft
  }
}
