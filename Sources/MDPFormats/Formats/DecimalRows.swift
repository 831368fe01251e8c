internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Rows of arrays as nearly all are: positive short decimals by ascending next state, which sum to exactly 1.
///
/// Other rows are left to ``ModelDraft``'s own checks, number by number, which also say what is wrong.
struct DecimalRows {
  private let targets: Targets
  private let probabilities: NPYElements<Double>
  private var decimals: RepeatedDecimals

  /// Rows of arrays whose numbers are read as shortest decimals; nil for arrays that have other elements.
  init?(_ targets: NPYTable, _ probabilities: NPYTable) {
    guard let targets = Targets(targets), let numbers = probabilities.doubles,
      let decimals = RepeatedDecimals()
    else { return nil }
    self.targets = targets
    self.probabilities = numbers
    self.decimals = decimals
  }

  /// Next states in one of the widths that arrays of indices have.
  private enum Targets {
    case long(NPYElements<Int64>)
    case short(NPYElements<Int32>)

    init?(_ array: NPYTable) {
      if let elements = array.longs {
        self = .long(elements)
      } else if let elements = array.integers {
        self = .short(elements)
      } else {
        return nil
      }
    }

    subscript(entry: Int) -> Int {
      switch self {
      case .long(let elements): Int(elements[entry])
      case .short(let elements): Int(elements[entry])
      }
    }
  }

  /// The shortest decimal of a number that has one of few digits; nil for others.
  mutating func decimal(_ value: Double) -> ShortDecimal? { decimals.decimal(value) }

  /// Adds the entries of a row to the choice at hand; false, and nothing added, for other rows.
  mutating func add(_ entries: Range<Int>, to draft: inout ModelDraft) -> Bool {
    var sum = ExactSum()
    var last = -1
    for entry in entries {
      let target = targets[entry]
      guard target > last, target < draft.stateCount,
        let decimal = decimals.decimal(probabilities[entry]), decimal.significand > 0
      else {
        draft.removeDecimals()
        return false
      }
      last = target
      sum.add(decimal)
      draft.addDecimal(decimal, to: Int32(target))
    }
    guard sum.isOne else {
      draft.removeDecimals()
      return false
    }
    return true
  }
}
