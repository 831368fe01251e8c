package import MonotoneArithmetic
package import MDPCore

/// Small models written in code, independent of any reader.
package enum TestModels {
  /// A model whose pair k = (state, action) leads to `next[k]` with `probability[k]`.
  package static func model(
    states: Int, actions: [Int], terminal: Set<Int> = [], start: [Rational],
    next: [[Int]], probability: [[Rational]], reward: [Rational], discount: Rational
  ) -> MDPDocument {
    var pairStart = [0]
    var pairAction: [Int32] = []
    for state in 0..<states {
      let count = terminal.contains(state) ? 0 : actions[state]
      pairAction += (0..<count).map { Int32($0) }
      pairStart.append(pairAction.count)
    }
    return MDPDocument(
      name: "test", discount: ExactNumber(discount),
      space: StateActionSpace(
        states: Names(count: states), actions: Names(count: actions.max() ?? 0),
        isTerminal: (0..<states).map(terminal.contains), pairStart: pairStart,
        pairAction: pairAction),
      initial: ExactNumberArray(start.map { ExactNumber($0) }),
      transitions: TransitionTable(
        rowStart: next.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) },
        nextState: next.flatMap { $0.map { Int32($0) } },
        probability: ExactNumberArray(probability.flatMap { $0.map { ExactNumber($0) } })),
      actionRewards: ExactNumberArray(reward.map { ExactNumber($0) }))
  }

  /// State 0 pays 1 and falls to state 1 with probability `fall`; state 1 pays 0 for ever, as a
  /// live state or as a terminal one.
  package static func decay(fall: Rational, discount: Rational, terminal: Bool) -> MDPDocument {
    let stay = Rational(1) - fall
    return model(
      states: 2, actions: [1, 1], terminal: terminal ? [1] : [],
      start: [Rational(1), Rational(0)], next: terminal ? [[0, 1]] : [[0, 1], [1]],
      probability: terminal ? [[stay, fall]] : [[stay, fall], [Rational(1)]],
      reward: terminal ? [Rational(1)] : [Rational(1), Rational(0)], discount: discount)
  }

  /// A cycle of `length` states that pays 1 in state 0, where it starts.
  package static func cycle(length: Int, discount: Rational) -> MDPDocument {
    model(
      states: length, actions: [Int](repeating: 1, count: length),
      start: (0..<length).map { Rational($0 == 0 ? 1 : 0) },
      next: (0..<length).map { [($0 + 1) % length] },
      probability: [[Rational]](repeating: [Rational(1)], count: length),
      reward: (0..<length).map { Rational($0 == 0 ? 1 : 0) }, discount: discount)
  }

  /// States in a row, one action, which goes right with a probability and otherwise left; at the ends it
  /// stays instead. A reward of 1 in the first state, which is where it starts.
  package static func drift(length: Int, right: Rational, discount: Rational) -> MDPDocument {
    let onlyRight = right == Rational(1)
    return model(
      states: length, actions: [Int](repeating: 1, count: length),
      start: (0..<length).map { Rational($0 == 0 ? 1 : 0) },
      next: (0..<length).map {
        onlyRight ? [min($0 + 1, length - 1)] : [max($0 - 1, 0), min($0 + 1, length - 1)]
      },
      probability: [[Rational]](
        repeating: onlyRight ? [Rational(1)] : [Rational(1) - right, right], count: length),
      reward: (0..<length).map { Rational($0 == 0 ? 1 : 0) }, discount: discount)
  }
}
