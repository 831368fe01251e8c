internal import MonotoneArithmetic

/// Messages about faults that models of every format can have.
enum ModelFault {
  static func nextState(_ state: Int, stateCount: Int) -> String {
    "next state \(state); the states are 0 to \(stateCount - 1)"
  }

  static func negative(_ probability: ExactNumber) -> String {
    "found \(probability.excerpt); a probability must not be negative"
  }

  static let leavesTerminal =
    "the state is marked as terminal, but leads elsewhere or earns a reward; correct it, or read the "
    + "file with --terminal absorbing"

  static func noChoice(under rule: TerminalRule) -> String {
    "the state has no choice; give it one"
      + (rule == .absorbing ? "" : ", or read the file with --terminal absorbing")
  }

  static let unmarked = "this file marks no terminal states; use absorbing or none"

  static func discount(missingIn noun: String) -> String {
    "\(noun) holds no discount here; give it with --discount, such as --discount 0.95"
  }

  static func discount(_ discount: ExactNumber) -> String {
    "the discount \(discount.excerpt) is not in [0, 1]; choose one below 1, or 1 where every path ends"
  }

  static let noInitialState = "there is no initial state; mark at least one"
}
