internal import Arithmetic
internal import MDPCore

/// Collects transition rows as the file gives them, and puts them in order at the end.
struct TransitionBuilder {
  /// Which pair a row belongs to: state · (number of actions) + action.
  private(set) var rowKey: [Int] = []
  /// Where the file gives the row.
  private var rowOffset: [Int] = []
  private var rowStart: [Int] = [0]
  var entries = SparseEntries()
  /// The rows that do not sum to 1.
  private var rowSum: [Int: ExactNumber] = [:]
  /// r(s,a) by row; empty until there is one.
  private var actionRewards = ExactNumberArray()
  /// r(s,a,s') by entry; empty until there is one.
  private var transitionRewards = ExactNumberArray()

  /// Ends a row, which is made of the entries since the last one.
  mutating func endRow(key: Int, sum: ExactNumber?, at offset: Int) {
    if let sum { rowSum[rowKey.count] = sum }
    rowKey.append(key)
    rowOffset.append(offset)
    rowStart.append(entries.count)
  }

  /// Sets r(s,a) of a row.
  mutating func setReward(_ reward: ExactNumber, row: Int) {
    guard !reward.isZero else { return }
    while actionRewards.count <= row { actionRewards.append(ExactNumber(0)) }
    actionRewards[row] = reward
  }

  /// Sets r(s,a,s') of an entry.
  mutating func setReward(_ reward: ExactNumber, entry: Int) {
    guard !reward.isZero else { return }
    while transitionRewards.count <= entry { transitionRewards.append(ExactNumber(0)) }
    transitionRewards[entry] = reward
  }

  /// The rows that are given twice, by where the second stands.
  func duplicates() -> [(offset: Int, key: Int)] {
    guard !isAscending else { return [] }
    let order = order()
    return zip(order, order.dropFirst())
      .filter { rowKey[$0] == rowKey[$1] }
      .map { (rowOffset[$1], rowKey[$1]) }
  }

  /// The entries of a row.
  func entries(ofRow row: Int) -> Range<Int> { rowStart[row]..<rowStart[row + 1] }

  private var isAscending: Bool {
    zip(rowKey, rowKey.dropFirst()).allSatisfy { $0 < $1 }
  }

  private func order() -> [Int] {
    rowKey.indices.sorted { (rowKey[$0], $0) < (rowKey[$1], $1) }
  }

  /// The table in order of pairs, with all that goes by pair or by entry.
  struct Ordered {
    var pairStart: [Int] = []
    var pairAction: [Int32] = []
    var transitions = TransitionTable()
    var actionRewards = ExactNumberArray()
    var transitionRewards = ExactNumberArray()
  }

  /// Hands over the table.
  ///
  /// - Precondition: no row is given twice.
  mutating func finish(actionCount: Int, isTerminal: [Bool]) -> Ordered {
    pad()
    if !isAscending { reorder() }
    var ordered = Ordered()
    ordered.pairStart.reserveCapacity(isTerminal.count + 1)
    ordered.pairAction.reserveCapacity(rowKey.count)
    for state in isTerminal.indices {
      ordered.pairStart.append(ordered.pairAction.count)
      while ordered.pairAction.count < rowKey.count {
        let (rowState, action) = rowKey[ordered.pairAction.count]
          .quotientAndRemainder(dividingBy: actionCount)
        guard rowState == state else { break }
        ordered.pairAction.append(Int32(action))
      }
    }
    ordered.pairStart.append(ordered.pairAction.count)
    ordered.transitions = TransitionTable(
      rowStart: rowStart, nextState: entries.index, probability: entries.number, rowSum: rowSum)
    ordered.actionRewards = actionRewards
    ordered.transitionRewards = transitionRewards
    self = TransitionBuilder()
    return ordered
  }

  /// Fills the rewards up with zeros, if there are any.
  private mutating func pad() {
    if !actionRewards.isEmpty {
      while actionRewards.count < rowKey.count { actionRewards.append(ExactNumber(0)) }
    }
    if !transitionRewards.isEmpty {
      while transitionRewards.count < entries.count { transitionRewards.append(ExactNumber(0)) }
    }
  }

  private mutating func reorder() {
    var sorted = TransitionBuilder()
    sorted.rowKey.reserveCapacity(rowKey.count)
    sorted.rowStart.reserveCapacity(rowKey.count + 1)
    sorted.entries.index.reserveCapacity(entries.count)
    sorted.entries.number.reserveCapacity(entries.count)
    for row in order() {
      let range = entries(ofRow: row)
      if let sum = rowSum[row] { sorted.rowSum[sorted.rowKey.count] = sum }
      sorted.rowKey.append(rowKey[row])
      sorted.entries.index.append(contentsOf: entries.index[range])
      sorted.entries.number.append(entries.number, range)
      sorted.rowStart.append(sorted.entries.count)
      if !actionRewards.isEmpty { sorted.actionRewards.append(actionRewards, row..<(row + 1)) }
      if !transitionRewards.isEmpty { sorted.transitionRewards.append(transitionRewards, range) }
    }
    self = sorted
  }
}
