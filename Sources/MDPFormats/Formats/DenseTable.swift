internal import MonotoneArithmetic
internal import MDPCore

/// Transition probabilities with their zeros, row by row.
struct DenseTable {
  private(set) var values: [Double]
  private let columns: Int

  /// The largest table that is written, in numbers: a gigabyte of them.
  private static let limit = 1 << 27

  /// A table of zeros.
  ///
  /// - Parameter noun: The format that asks for it, in messages.
  init(rows: Int, columns: Int, _ noun: String) throws(ModelNotHeld) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, count <= Self.limit else {
      throw ModelNotHeld(
        message:
          "\(noun) writes the zeros of a table of \(rows) rows and \(columns) columns, more than a "
          + "gigabyte; use npz or umb")
    }
    values = [Double](repeating: 0, count: count)
    self.columns = columns
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Fills a row with P(·|s,a) of a pair.
  mutating func set(_ row: Int, _ transitions: TransitionTable, _ pair: Int) {
    for entry in transitions.rowStart[pair]..<transitions.rowStart[pair + 1] {
      self[row, Int(transitions.nextState[entry])] = transitions.probability[entry].approximation
    }
  }
}

extension MDPDocument {
  /// The model with r(s), r(s,a) and r(s,a,s') in one number for each pair, their expectation.
  var withExpectedRewards: MDPDocument {
    let model = TextModelWriter(self, .exact, allowsFractions: true, "")
    var changed = self
    changed.actionRewards = ExactNumberArray(
      space.states.indices.flatMap { state in
        space.pairs(of: state).map { model.expectedReward($0) + model.stateReward(state) }
      })
    changed.stateRewards = ExactNumberArray()
    changed.transitionRewards = ExactNumberArray()
    return changed
  }
}
