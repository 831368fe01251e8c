internal import MonotoneArithmetic
public import MDPCore

/// A model in plain float64 tables, for code that knows nothing of this package.
public struct TabularModel: Sendable, Equatable {
  /// The model itself, for code that does know this package.
  public let document: MDPDocument
  /// γ.
  public let discount: Double
  /// ρ₀ by state.
  public let initial: [Double]
  /// P(s'|s,a) by state, available action and next state; no actions in a terminal state.
  public let transitions: [[[Double]]]
  /// r(s,a) by state and available action.
  public let rewards: [[Double]]

  /// Whether a state ends the process.
  public func isTerminal(_ state: Int) -> Bool { transitions[state].isEmpty }

  /// The tables of a document.
  ///
  /// - Throws: ``NumberOutOfRange`` where a number leaves the range of float64.
  init(_ document: MDPDocument) throws {
    let mdp = try FiniteMDP<Double>(document)
    self.document = document
    discount = mdp.discount
    initial = mdp.initial
    transitions = mdp.space.states.indices.map { state in
      mdp.space.pairs(of: state).map { pair in
        var row = [Double](repeating: 0, count: mdp.stateCount)
        for entry in mdp.transitions.entries(ofRow: pair) {
          row[Int(mdp.transitions.columns[entry])] = mdp.transitions.values[entry]
        }
        return row
      }
    }
    rewards = mdp.space.states.indices.map { state in
      mdp.space.pairs(of: state).map { mdp.expectedReward[$0] }
    }
  }
}

extension ExactPolicy {
  /// The probabilities by state and available action.
  var table: [[Double]] {
    space.states.indices.map { state in space.pairs(of: state).map { self[$0].doubleValue } }
  }

  /// The policy of a table of float64 numbers, its rows divided by their exact sums.
  ///
  /// - Throws: ``Broken`` for a table of another shape, numbers that are no probabilities, and rows
  ///   that miss 1 by more than 1e-9.
  init(_ table: [[Double]], space: StateActionSpace) throws(Broken) {
    guard table.count == space.stateCount else {
      throw Broken(description: "\(table.count) rows for \(space.stateCount) states")
    }
    var probabilities: [Rational] = []
    for state in space.states.indices {
      let row = table[state]
      let pairs = space.pairs(of: state)
      if pairs.isEmpty { continue }
      guard row.count == pairs.count else {
        throw Broken(
          description: "state \(state): \(row.count) probabilities for \(pairs.count) actions")
      }
      guard row.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
        throw Broken(description: "state \(state): \(row) are no probabilities")
      }
      let numbers = row.map { Rational(finite: $0) }
      let sum = numbers.reduce(Rational(0), +)
      guard (sum - Rational(1)).magnitude <= MDPDocument.rowSumTolerance.rational else {
        throw Broken(description: "state \(state): the row sums to \(sum.doubleValue)")
      }
      probabilities += numbers.map { $0 / sum }
    }
    self.init(space: space, probabilities: probabilities)
  }
}
