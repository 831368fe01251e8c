package import MonotoneArithmetic
package import MDPCore

/// The exact evaluation of a policy by Gaussian elimination over the rationals: slow, and
/// independent of everything it is compared with.
package struct ExactReference {
  package var stateValues: [Rational]
  package var stateVisitation: [Rational]

  package init(_ document: MDPDocument, _ policy: ExactPolicy) {
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
