internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The entries that declare states, actions and where episodes start.
extension POMDPParser {
  /// Whether names are declared for the first time; if not, that is a fault: tables have their sizes by them.
  func isNew(_ names: Names?, _ path: String, _ place: Int) -> Bool {
    guard let names, names.count > 0 else { return true }
    log.add(.syntax, at: place, path: path, "the entry \(path) stands twice; remove one")
    return false
  }

  /// Whether states and actions are declared, as tables need; if not, that is a fault.
  mutating func isReady(_ place: Int) -> Bool {
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

  /// A count, or names.
  mutating func names(_ path: String) -> Names {
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

  mutating func start() {
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
  mutating func startSet() {
    guard let word = tokens.next() else { return }
    let isExcluded = word.equals("exclude")
    _ = tokens.acceptColon()
    var isListed = Array(repeating: false, count: states.count)
    while !tokens.isAtEntry(), log.isEmpty {
      if let state = reference(states, "start") ?? nil { isListed[state] = true }
    }
    initial = .states(isListed.indices.filter { isListed[$0] != isExcluded }, at: word.start)
  }
}
