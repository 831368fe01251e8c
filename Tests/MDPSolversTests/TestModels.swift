import MonotoneArithmetic
import MDPCore

/// Small models written in code, independent of any reader.
enum TestModels {
  /// A model whose pair k = (state, action) leads to `next[k]` with `probability[k]`.
  static func model(
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
  static func decay(fall: Rational, discount: Rational, terminal: Bool) -> MDPDocument {
    let stay = Rational(1) - fall
    return model(
      states: 2, actions: [1, 1], terminal: terminal ? [1] : [],
      start: [Rational(1), Rational(0)], next: terminal ? [[0, 1]] : [[0, 1], [1]],
      probability: terminal ? [[stay, fall]] : [[stay, fall], [Rational(1)]],
      reward: terminal ? [Rational(1)] : [Rational(1), Rational(0)], discount: discount)
  }

  /// A cycle of `length` states that pays 1 in state 0, where it starts.
  static func cycle(length: Int, discount: Rational) -> MDPDocument {
    model(
      states: length, actions: [Int](repeating: 1, count: length),
      start: (0..<length).map { Rational($0 == 0 ? 1 : 0) },
      next: (0..<length).map { [($0 + 1) % length] },
      probability: [[Rational]](repeating: [Rational(1)], count: length),
      reward: (0..<length).map { Rational($0 == 0 ? 1 : 0) }, discount: discount)
  }
}

/// The exact evaluation of a policy by Gaussian elimination over the rationals: slow, and
/// independent of everything it is compared with.
struct ExactReference {
  var stateValues: [Rational]
  var stateVisitation: [Rational]

  init(_ document: MDPDocument, _ policy: ExactPolicy) {
    let space = document.space
    let count = space.stateCount
    let discount = document.discount.rational
    let zero = Rational(0)
    var system = (0..<count).map { row in (0..<count).map { Rational($0 == row ? 1 : 0) } }
    var reward = [Rational](repeating: zero, count: count)
    for state in 0..<count {
      if space.isTerminal[state] {
        system[state][state] = Rational(1) - discount
        continue
      }
      for pair in space.pairs(of: state) {
        var expected = zero
        if !document.stateRewards.isEmpty { expected += document.stateRewards[state].rational }
        if !document.actionRewards.isEmpty { expected += document.actionRewards[pair].rational }
        let table = document.transitions
        for entry in table.rowStart[pair]..<table.rowStart[pair + 1] {
          let probability = table.probability[entry].rational
          let next = Int(table.nextState[entry])
          system[state][next] = system[state][next] - discount * policy[pair] * probability
          if !document.transitionRewards.isEmpty {
            expected += probability * document.transitionRewards[entry].rational
          }
        }
        reward[state] += policy[pair] * expected
      }
    }
    let transposed = (0..<count).map { row in (0..<count).map { system[$0][row] } }
    stateValues = Self.solve(system, reward)
    stateVisitation = Self.solve(transposed, document.initial.map(\.rational))
  }

  private static func solve(_ matrix: [[Rational]], _ right: [Rational]) -> [Rational] {
    var (a, b) = (matrix, right)
    let count = b.count
    for column in 0..<count {
      let pivot = (column..<count).first { !a[$0][column].isExactlyZero } ?? column
      a.swapAt(column, pivot)
      b.swapAt(column, pivot)
      for row in 0..<count where row != column && !a[row][column].isExactlyZero {
        let factor = a[row][column] / a[column][column]
        for index in column..<count { a[row][index] = a[row][index] - factor * a[column][index] }
        b[row] = b[row] - factor * b[column]
      }
    }
    return (0..<count).map { b[$0] / a[$0][$0] }
  }
}
