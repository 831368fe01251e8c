internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension ModelDraft {
  /// Where episodes start.
  enum Initial {
    /// ρ₀ by state, with its place in the file.
    case distribution([(state: Int, probability: ExactNumber)], at: Int)
    /// Initial states, each as likely as the others.
    case states([Int], at: Int)
    /// Nothing is said: state 0.
    case unstated

    /// The states that are marked; nil where nothing is said.
    static func marked(_ isInitial: [Bool]?) -> Initial {
      guard let isInitial else { return .unstated }
      return .states(isInitial.indices.filter { isInitial[$0] }, at: 0)
    }
  }

  /// The statements of a file beside the choices.
  struct Header {
    var format: any ModelFormat
    var name: String
    var description: String?
    var source: String?
    /// γ, where the file holds one.
    var discount: ExactNumber?
    /// The names of states; nil for numbers.
    var states: Names?
    /// The names of actions, to which labels then refer; nil to take the labels as they come.
    var actions: Names?
    var initial = Initial.unstated
    var features: [[ExactNumber]] = []
    /// Whether the file holds decimals or floating-point numbers, not rationals only.
    var holdsDecimals = true
    /// The reading that the file itself asks for.
    var decimals: DecimalReading?
    var reward: String?
    var files: [String] = []
  }

  /// The document; nil, with faults, where there is none.
  mutating func finish(_ header: Header) -> MDPDocument? {
    let discount = discount(of: header)
    let initial = distribution(header.initial)
    let order = order()
    guard log.isEmpty, let discount, let initial else { return nil }
    let terminal = TerminalStates(draft: self, order: order)
    let rule = configuration.terminal ?? (marked == nil ? .absorbing : .marked)
    let isTerminal = terminal.states(by: rule)
    let naming = ActionNaming(draft: self, order: order, isTerminal: isTerminal, header.actions)
    guard log.isEmpty, let actions = naming.names else { return nil }

    var table = Table(draft: self)
    for state in 0..<stateCount {
      table.pairStart.append(table.pairAction.count)
      guard !isTerminal[state] else { continue }
      for choice in naming.sorted(order.choices(of: state)) {
        table.append(choice, action: naming.action(of: choice))
      }
    }
    table.pairStart.append(table.pairAction.count)
    var document = MDPDocument(
      name: header.name, description: header.description, source: header.source,
      discount: discount,
      space: StateActionSpace(
        states: header.states ?? Names(count: stateCount), actions: actions,
        isTerminal: isTerminal, pairStart: table.pairStart, pairAction: table.pairAction),
      initial: initial.numbers, initialSum: initial.sum, transitions: table.transitions,
      stateRewards: table.stateRewards(isTerminal),
      actionRewards: table.choiceRewards(pairs: table.pairAction.count),
      transitionRewards: table.entryRewards(), features: header.features,
      normalised: (initial.sum == nil ? [] : ["initial"]) + table.normalised)
    document.reading = ModelReading(
      format: header.format.name,
      discount: configuration.discount == nil ? "file" : "option",
      decimals: header.holdsDecimals
        ? (configuration.decimals ?? header.decimals ?? header.format.decimals)?.rawValue : nil,
      terminal: rule.rawValue, terminalStates: isTerminal.count { $0 }, reward: header.reward,
      initial: initial.rule, actions: naming.byLabel ? "labels" : "numbers",
      files: header.files.isEmpty ? nil : header.files)
    return document
  }

  private func discount(of header: Header) -> ExactNumber? {
    guard let discount = configuration.discount ?? header.discount else {
      log.add(
        .schema, at: 0, path: "discount", ModelFault.discount(missingIn: header.format.noun))
      return nil
    }
    guard discount.signum >= 0, discount <= ExactNumber(1) else {
      log.add(.value, at: 0, path: "discount", ModelFault.discount(discount))
      return nil
    }
    return discount
  }

  private struct Distribution {
    var numbers: ExactNumberArray
    var sum: ExactNumber?
    var rule: String
  }

  private func distribution(_ initial: Initial) -> Distribution? {
    var numbers = ExactNumberArray(zeros: stateCount)
    switch initial {
    case .unstated:
      numbers[0] = ExactNumber(1)
      return Distribution(numbers: numbers, rule: "first")
    case .states(let states, let offset):
      guard !states.isEmpty else {
        log.add(.value, at: offset, path: "initial", ModelFault.noInitialState)
        return nil
      }
      for state in states {
        numbers[state] = ExactNumber(numerator: 1, denominator: states.count)
      }
      return Distribution(numbers: numbers, rule: states.count == 1 ? "file" : "uniform")
    case .distribution(let entries, let offset):
      var sum = ExactSum()
      for entry in entries {
        guard entry.probability.signum >= 0 else {
          log.add(
            .value, at: offset, path: "initial, state \(entry.state)",
            ModelFault.negative(entry.probability))
          return nil
        }
        numbers[entry.state] = numbers[entry.state] + entry.probability
        sum.add(entry.probability)
      }
      let tolerance = configuration.rowTolerance.ofModels
      guard sum.isOne(within: tolerance) else {
        log.add(
          .value, at: offset, path: "initial",
          RowTolerance.message(sum: sum.value, tolerance: tolerance))
        return nil
      }
      return Distribution(numbers: numbers, sum: sum.isOne ? nil : sum.value, rule: "file")
    }
  }

  /// The choices by state and number.
  struct Order {
    /// Indices of choices.
    var sorted: [Int]
    /// Where each state's start.
    var start: [Int]

    func choices(of state: Int) -> ArraySlice<Int> { sorted[start[state]..<start[state + 1]] }
  }

  private func order() -> Order {
    let key = { (choice: Int) in (choices[choice].state, choices[choice].number) }
    var sorted = Array(choices.indices)
    if !zip(sorted, sorted.dropFirst()).allSatisfy({ key($0) < key($1) }) {
      sorted.sort { key($0) == key($1) ? $0 < $1 : key($0) < key($1) }
      for (first, second) in zip(sorted, sorted.dropFirst()) where key(first) == key(second) {
        log.add(
          .value, at: choices[second].offset, path: choices[second].path,
          "the choice is given twice; its transitions must stand together, and once")
      }
    }
    var start = [Int](repeating: 0, count: stateCount + 1)
    for choice in choices { start[Int(choice.state) + 1] += 1 }
    for state in 0..<stateCount { start[state + 1] += start[state] }
    return Order(sorted: sorted, start: start)
  }
}

/// The columns of a document, filled pair by pair.
private struct Table {
  let draft: ModelDraft
  var pairStart: [Int] = []
  var pairAction: [Int32] = []
  var transitions = TransitionTable()
  var normalised: [String] = []
  private var rewards = ExactNumberArray()
  private var byNextState = ExactNumberArray()

  init(draft: ModelDraft) { self.draft = draft }

  mutating func append(_ choice: Int, action: Int32) {
    let pair = pairAction.count
    let range = draft.entries(ofChoice: choice)
    if let sum = draft.sums[choice] {
      transitions.rowSum[pair] = sum
      normalised.append(draft.choices[choice].path)
    }
    rewards.set(draft.choiceRewards.value(at: choice), at: pair)
    for entry in range {
      byNextState.set(draft.entryRewards.value(at: entry), at: transitions.nextState.count)
      transitions.nextState.append(draft.entries.index[entry])
      transitions.probability.append(draft.entries.number, entry..<(entry + 1))
    }
    transitions.rowStart.append(transitions.nextState.count)
    pairAction.append(action)
  }

  /// r(s), empty where there is none.
  func stateRewards(_ isTerminal: [Bool]) -> ExactNumberArray {
    filled(draft.stateRewards, to: isTerminal.count)
  }

  func choiceRewards(pairs: Int) -> ExactNumberArray { filled(rewards, to: pairs) }

  func entryRewards() -> ExactNumberArray { filled(byNextState, to: transitions.nextState.count) }

  private func filled(_ numbers: ExactNumberArray, to count: Int) -> ExactNumberArray {
    guard !numbers.isAllZero else { return ExactNumberArray() }
    var filled = numbers
    while filled.count < count { filled.append(ExactNumber(0)) }
    return filled
  }
}
