internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// The row of the choice at hand: its order, its fractions, its sum.
extension ModelDraft {
  /// Sorts the entries of the choice at hand; entries to one state become one, with their mean reward.
  mutating func sortRow() {
    guard !zip(row, row.dropFirst()).allSatisfy({ $0.target < $1.target }) else { return }
    var merged: [Entry] = []
    for entry in row.sorted(by: { $0.target < $1.target }) {
      guard let last = merged.last, last.target == entry.target else {
        merged.append(entry)
        continue
      }
      merged[merged.count - 1] = last.merged(with: entry)
    }
    row = merged
  }

  /// Gives a row its simplest fractions (``DecimalReading/simplestRow(_:)``).
  mutating func simplifyRow() {
    guard let simplest = DecimalReading.simplestRow(row.map(\.probability)) else { return }
    for (index, number) in simplest.enumerated() { row[index].probability = number }
  }

  mutating func checkSum(of choice: Choice) {
    var sum = ExactSum()
    for entry in row { sum.add(entry.probability) }
    guard !sum.isOne else { return }
    let tolerance = configuration.rowTolerance.ofModels
    guard sum.isOne(within: tolerance) else {
      log.add(
        .value, at: choice.offset, path: choice.path,
        RowTolerance.message(sum: sum.value, tolerance: tolerance))
      return
    }
    sums[choices.count] = sum.value
  }
}
