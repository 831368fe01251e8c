internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

extension ModelDraft {
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

    let table = ModelTable(draft: self, order, naming, isTerminal)
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
}
