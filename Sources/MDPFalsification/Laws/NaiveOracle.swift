internal import MonotoneArithmetic

/// The quantities of an update once more, by textbook definitions and schoolbook elimination, slow
/// and plain, so that a fault shared with the solver is unlikely.
///
/// Terminal states are ordinary states here, with a self-loop and reward 0.
struct NaiveOracle {
  /// V_π by state, V_π̃ by state.
  let values: [[Rational]]
  /// ρ_π by state, ρ_π̃ by state.
  let visitations: [[Rational]]
  /// A_π by state and action.
  let advantages: [[Rational]]
  private let model: PlainModel

  init(_ model: PlainModel) {
    self.model = model
    var values: [[Rational]] = []
    var visitations: [[Rational]] = []
    for probability in [\PlainModel.Pair.current, \.candidate] {
      let (chain, reward) = Self.chain(model, probability)
      let identity = Self.identity(model.stateCount)
      let system = zip(identity, chain).map { zip($0, $1).map { $0 - model.discount * $1 } }
      values.append(Self.solve(system, reward))
      let transposed = model.pairs.indices.map { row in system.map { $0[row] } }
      visitations.append(Self.solve(transposed, model.initial))
    }
    self.values = values
    self.visitations = visitations
    advantages = model.pairs.indices.map { state in
      model.pairs[state].map { pair in
        pair.reward + model.discount * Self.dot(pair.next, values[0]) - values[0][state]
      }
    }
  }

  private static func chain(
    _ model: PlainModel, _ probability: KeyPath<PlainModel.Pair, Rational>
  ) -> (chain: [[Rational]], reward: [Rational]) {
    var chain = identity(model.stateCount)
    var reward = [Rational](repeating: .zero, count: model.stateCount)
    for (state, pairs) in model.pairs.enumerated() where !pairs.isEmpty {
      chain[state] = model.initial.indices.map { next in
        pairs.reduce(.zero) { $0 + $1[keyPath: probability] * $1.next[next] }
      }
      reward[state] = pairs.reduce(.zero) { $0 + $1[keyPath: probability] * $1.reward }
    }
    return (chain, reward)
  }

  private static func identity(_ count: Int) -> [[Rational]] {
    (0..<count).map { row in (0..<count).map { Rational($0 == row ? 1 : 0) } }
  }

  static func dot(_ a: [Rational], _ b: [Rational]) -> Rational {
    zip(a, b).reduce(.zero) { $0 + $1.0 * $1.1 }
  }

  /// Gauss–Jordan with the first nonzero pivot.
  private static func solve(_ matrix: [[Rational]], _ side: [Rational]) -> [Rational] {
    var rows = zip(matrix, side).map { $0 + [$1] }
    for column in rows.indices {
      guard let pivot = (column..<rows.count).first(where: { !rows[$0][column].isExactlyZero })
      else { preconditionFailure("I − γP is singular") }
      rows.swapAt(column, pivot)
      let scale = rows[column][column]
      rows[column] = rows[column].map { $0 / scale }
      for row in rows.indices where row != column && !rows[row][column].isExactlyZero {
        let factor = rows[row][column]
        rows[row] = zip(rows[row], rows[column]).map { $0 - factor * $1 }
      }
    }
    return rows.map { $0[side.count] }
  }
}

extension NaiveOracle {
  /// The rational quantities of the update by their names in results.
  var quantities: [(name: String, value: Rational)] {
    let expected = zip(model.pairs, advantages).map { pairs, advantages in
      zip(pairs, advantages).reduce(Rational.zero) { $0 + $1.0.candidate * $1.1 }
    }
    let policyAdvantage = Self.dot(visitations[0], expected)
    let distances = model.pairs.map { pairs in
      pairs.reduce(Rational.zero) { $0 + ($1.candidate - $1.current).magnitude } / Rational(2)
    }
    let maxAdvantage = Self.largest(advantages.joined())
    let distance = Rational(1) - model.discount
    let current = Self.dot(model.initial, values[0])
    return [
      ("returnCurrent", current), ("returnCandidate", Self.dot(model.initial, values[1])),
      ("policyAdvantage", policyAdvantage), ("surrogate", current + policyAdvantage),
      ("maxAdvantage", maxAdvantage), ("maxExpectedAdvantage", Self.largest(expected)),
      (
        "penaltyCoefficient",
        Rational(4) * maxAdvantage * model.discount / (distance * distance)
      ), ("maxTotalVariation", Self.largest(distances)),
      ("meanTotalVariation", distance * Self.dot(visitations[0], distances)),
    ]
  }

  private static func largest(_ values: some Sequence<Rational>) -> Rational {
    values.reduce(.zero) { max($0, $1.magnitude) }
  }

  /// Σ_a p ln(p/q) by state, at 256 bits; nil for +∞.
  func divergences(reversed: Bool) -> [Ball?] {
    Ball.$workingPrecision.withValue(256) {
      model.pairs.map { pairs in
        var sum = Ball.zero
        for pair in pairs {
          let (p, q) = reversed ? (pair.candidate, pair.current) : (pair.current, pair.candidate)
          if p.isExactlyZero { continue }
          if q.isExactlyZero { return nil }
          sum += Ball(p) * Ball.logarithm(Ball(p / q))
        }
        return sum
      }
    }
  }
}
