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

  /// Gives a row that misses 1 the simplest fractions within half a unit in the last place of 1, if these sum
  /// to 1: a probability that was computed as a difference, such as 0.33333333333333337 = 1 − 2/3, misses its
  /// own value by that much.
  mutating func simplifyRow() {
    func sum(_ numbers: [ExactNumber]) -> ExactSum {
      var sum = ExactSum()
      for number in numbers { sum.add(number) }
      return sum
    }
    let written = row.map(\.probability)
    let unit = Rational(finite: 0x1p-53)
    guard !sum(written).isOne else { return }
    let simplest = written.map { ExactNumber(simplestNear: $0, within: unit) }
    guard sum(simplest).isOne else { return }
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
