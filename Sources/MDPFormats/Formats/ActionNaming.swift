internal import MDPCore
internal import MonotoneArithmetic
internal import MonotoneFiles

/// Which action each choice is: its label, where labels tell the choices of every state apart; else its
/// number within the state.
struct ActionNaming {
  private let draft: ModelDraft
  /// Whether actions go by labels.
  let byLabel: Bool
  /// The action of each label, where the file does not declare its actions.
  private var place: [Int32]?
  /// The names of all actions; nil, with a fault, where there are too many.
  let names: Names?

  /// - Parameter declared: The names that the file declares, to which the labels refer.
  init(
    draft: ModelDraft, order: ModelDraft.Order, isTerminal: [Bool], _ declared: Names?
  ) {
    self.draft = draft
    let live = isTerminal.indices.filter { !isTerminal[$0] }
    let byLabel = live.allSatisfy { state in
      let labels = order.choices(of: state).map { draft.choices[$0].label }
      return labels.allSatisfy { $0 >= 0 } && Set(labels).count == labels.count
    }
    self.byLabel = byLabel && (declared != nil || !draft.labels.names.isEmpty)
    guard !self.byLabel else {
      if let declared {
        let beyond = live.lazy.flatMap { order.choices(of: $0) }
          .first { Int(draft.choices[$0].label) >= declared.count }
        if let beyond {
          draft.log.add(
            .value, at: draft.choices[beyond].offset, path: "state \(draft.choices[beyond].state)",
            "action \(draft.choices[beyond].label); the file declares 0 to \(declared.count - 1)")
        }
        names = beyond == nil ? declared : nil
        return
      }
      // Labels of terminal states alone name no action.
      var isUsed = Array(repeating: false, count: draft.labels.names.count)
      for state in live {
        for choice in order.choices(of: state) { isUsed[Int(draft.choices[choice].label)] = true }
      }
      var used: [String] = []
      place = zip(draft.labels.names, isUsed).map { name, isUsed in
        guard isUsed else { return -1 }
        used.append(name)
        return Int32(used.count - 1)
      }
      names = used.isEmpty ? Names(count: 1) : Names(used)
      return
    }
    var count = 1
    for state in live {
      for choice in order.choices(of: state) {
        count = max(count, Int(draft.choices[choice].number) + 1)
      }
    }
    // A table by action costs something for each of them.
    guard count <= draft.configuration.memoryLimit / 64, count <= 1 << 24 else {
      draft.log.add(
        .value, at: 0, path: "choices",
        "choice \(count - 1); a state has at most \(1 << 24) choices")
      names = nil
      return
    }
    names = Names(count: count)
  }

  /// The action of a choice.
  func action(of choice: Int) -> Int32 {
    guard byLabel else { return draft.choices[choice].number }
    let label = draft.choices[choice].label
    return place.map { $0[Int(label)] } ?? label
  }

  /// Adds the choices of a state to a list by ascending action.
  func add(_ choices: ModelDraft.Choices, to list: inout [Int]) {
    // By number they are in order already.
    let isSorted =
      !byLabel || zip(choices, choices.dropFirst()).allSatisfy { action(of: $0) < action(of: $1) }
    if isSorted {
      list += choices
    } else {
      list += choices.sorted { action(of: $0) < action(of: $1) }
    }
  }
}
