#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The Markov chain of a policy, solved by elimination.
struct Chain {
  /// A(s,a).
  let advantages: [[Double]]
  /// d(s), discounted and normalised.
  let visits: [Double]

  init(
    discount: Double, initial: [Double], transitions: [[[Double]]], rewards: [[Double]],
    policy: [[Double]], resets: Bool
  ) {
    let count = initial.count
    let start = initial.indices.max { initial[$0] < initial[$1] } ?? 0
    func next(_ state: Int, _ action: Int, _ target: Int) -> Double {
      var probability = transitions[state][action][target]
      guard resets else { return probability }
      // The planted fault: what should end goes on at the start.
      if transitions[target].isEmpty { probability = 0 }
      if target == start {
        for end in 0..<count where transitions[end].isEmpty {
          probability += transitions[state][action][end]
        }
      }
      return probability
    }
    var forward = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var backward = forward
    var reward = [Double](repeating: 0, count: count)
    for state in 0..<count {
      forward[state][state] = 1
      backward[state][state] += 1
      if transitions[state].isEmpty { backward[state][state] -= discount }
      for action in transitions[state].indices {
        reward[state] += policy[state][action] * rewards[state][action]
        for target in 0..<count {
          forward[state][target] -= discount * policy[state][action] * next(state, action, target)
          backward[target][state] -=
            discount * policy[state][action] * transitions[state][action][target]
        }
      }
    }
    let values = Self.solve(forward, reward)
    visits = Self.solve(backward, initial).map { (1 - discount) * $0 }
    var advantages: [[Double]] = []
    for state in 0..<count {
      var row: [Double] = []
      for action in transitions[state].indices {
        var future = 0.0
        for target in 0..<count { future += next(state, action, target) * values[target] }
        row.append(rewards[state][action] + discount * future - values[state])
      }
      advantages.append(row)
    }
    self.advantages = advantages
  }

  /// Gauss–Jordan elimination with partial pivoting.
  private static func solve(_ matrix: [[Double]], _ side: [Double]) -> [Double] {
    var rows = zip(matrix, side).map { $0 + [$1] }
    let count = side.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<count where row != column {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for index in column...count { rows[row][index] -= factor * rows[column][index] }
      }
    }
    return (0..<count).map { rows[$0][count] / rows[$0][$0] }
  }
}

/// π exp(size · direction), normalised.
func softmaxStep(_ policy: [[Double]], _ direction: [[Double]], _ size: Double) -> [[Double]] {
  zip(policy, direction).map { row, direction in
    let largest = direction.max() ?? 0
    let weights = zip(row, direction).map { $0 * exp(size * ($1 - largest)) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}

/// KL(p‖q).
func kullbackLeibler(_ p: [Double], _ q: [Double]) -> Double {
  zip(p, q).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.0 / $1.1) : 0) }
}
