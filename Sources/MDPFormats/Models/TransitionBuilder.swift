internal import MonotoneArithmetic
internal import MDPCore

/// Collects transition rows as the file gives them, and puts them in order at the end.
struct TransitionBuilder {
  /// Which pair a row belongs to: state · (number of actions) + action.
  private(set) var rowKey: [Int] = []
  private var rowStart: [Int] = [0]
  /// Where the file gives each row, if it names its rows and could therefore name one twice.
  private var rowOffset: [Int] = []
  /// The rows by ascending key; nil as long as they stand so.
  private var order: [Int]?
  var entries = SparseEntries()
  /// The rows that do not sum to 1, and their sums.
  private var sums: [(row: Int, sum: ExactNumber)] = []
  /// r(s,a) by row; empty until there is one.
  private var actionRewards = ExactNumberArray()
  /// r(s,a,s') by entry; empty until there is one.
  private var transitionRewards = ExactNumberArray()

  /// Ends a row, which is made of the entries since the last one.
  mutating func endRow(key: Int, sum: ExactNumber?) {
    if let sum { sums.append((rowKey.count, sum)) }
    rowKey.append(key)
    rowStart.append(entries.count)
  }

  /// Ends a row that the file names.
  mutating func endRow(key: Int, sum: ExactNumber?, at offset: Int) {
    endRow(key: key, sum: sum)
    rowOffset.append(offset)
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

  /// Finds the order of the rows once all have ended; returns those that are given twice, by
  /// where the second stands.
  mutating func sort() -> [(offset: Int, key: Int)] {
    guard !zip(rowKey, rowKey.dropFirst()).allSatisfy({ $0 < $1 }) else { return [] }
    // Keys and rows side by side: the comparison then needs no look-up.
    let sorted = zip(rowKey, rowKey.indices).map { (key: $0, row: $1) }
      .sorted { ($0.key, $0.row) < ($1.key, $1.row) }
    order = sorted.map(\.row)
    return zip(sorted, sorted.dropFirst())
      .filter { $0.key == $1.key }
      .map { (rowOffset[$1.row], $1.key) }
  }

  /// The entries of a row.
  func entries(ofRow row: Int) -> Range<Int> { rowStart[row]..<rowStart[row + 1] }

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
  /// - Precondition: no row is given twice, and rows that may be out of order were sorted.
  mutating func finish(actionCount: Int, isTerminal: [Bool]) -> Ordered {
    pad()
    if let order { reorder(as: order) }
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
      rowStart: rowStart, nextState: entries.index, probability: entries.number,
      rowSum: Dictionary(uniqueKeysWithValues: sums.lazy.map { ($0.row, $0.sum) }))
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

  private mutating func reorder(as order: [Int]) {
    var sorted = TransitionBuilder()
    sorted.rowKey.reserveCapacity(rowKey.count)
    sorted.rowStart.reserveCapacity(rowKey.count + 1)
    sorted.entries.index.reserveCapacity(entries.count)
    sorted.entries.number.reserveCapacity(entries.count)
    var place = Array(repeating: 0, count: rowKey.count)
    for row in order {
      let range = entries(ofRow: row)
      place[row] = sorted.rowKey.count
      sorted.rowKey.append(rowKey[row])
      sorted.entries.index.append(contentsOf: entries.index[range])
      sorted.entries.number.append(entries.number, range)
      sorted.rowStart.append(sorted.entries.count)
      if !actionRewards.isEmpty { sorted.actionRewards.append(actionRewards, row..<(row + 1)) }
      if !transitionRewards.isEmpty { sorted.transitionRewards.append(transitionRewards, range) }
    }
    sorted.sums = sums.map { (place[$0.row], $0.sum) }
    self = sorted
  }
}
