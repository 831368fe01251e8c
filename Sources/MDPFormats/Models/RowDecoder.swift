internal import MonotoneArithmetic
internal import MDPCore
internal import MonotoneFiles

/// Reads probability rows: objects by name, or arrays in order.
struct RowDecoder {
  /// A row that was read.
  struct Row {
    /// Where it starts in the file.
    let offset: Int
    /// Its nonzero entries, by ascending index.
    let entries: Range<Int>
    /// Its exact sum where that is not 1 but within the tolerance of 1.
    let sum: ExactNumber?
  }

  let log: FaultLog
  var numbers: NumberDecoder
  /// By how much the sum of a row of so many entries may miss 1.
  var tolerance: (_ count: Int) -> ExactNumber
  var keys = KeyStamps()

  init(
    log: FaultLog, memoryLimit: Int, tolerance: @escaping (_ count: Int) -> ExactNumber
  ) {
    self.log = log
    self.tolerance = tolerance
    numbers = NumberDecoder(log: log, memoryLimit: memoryLimit)
  }

  /// Consumes `{name: probability, …}`; adds its nonzero entries.
  mutating func object(
    _ cursor: inout JSONCursor, _ names: inout DeclaredNames, into entries: inout SparseEntries
  ) -> Row {
    var row = OpenRow(offset: cursor.position, first: entries.count)
    keys.begin(names.count)
    var count = 0
    var more = cursor.enter()
    while more {
      count += 1
      let key = cursor.key()
      let index = names.index(key, cursor, log)
      if let index, !keys.insert(index) {
        log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
        row.isSound = false
      }
      probability(&cursor, index, &row, &entries)
      more = cursor.next()
    }
    // Absent names have probability 0; without the model there may be more of them than are known.
    return close(row, count: max(count, names.isOpen ? 0 : names.count), &entries)
  }

  /// Consumes `[probability, …]`, one entry a name; adds its nonzero entries.
  mutating func array(
    _ cursor: inout JSONCursor, _ names: DeclaredNames, into entries: inout SparseEntries
  ) -> Row {
    var row = OpenRow(offset: cursor.position, first: entries.count)
    var index = 0
    var more = cursor.enter()
    while more {
      probability(&cursor, index, &row, &entries)
      index += 1
      more = cursor.next()
    }
    if !requireLength(index, of: names, at: row.offset) { row.isSound = false }
    return close(row, count: index, &entries)
  }

  private struct OpenRow {
    let offset: Int
    let first: Int
    var sum = ExactSum()
    var last: Int32 = -1
    var isAscending = true
    /// Whether the sum means anything.
    var isSound = true
  }

  /// Consumes one entry; its index is nil where the name is unknown, which is no reason to doubt
  /// the row's sum.
  @inline(__always)
  private mutating func probability(
    _ cursor: inout JSONCursor, _ index: Int?, _ row: inout OpenRow,
    _ entries: inout SparseEntries
  ) {
    let start = cursor.position
    if let decimal = cursor.shortDecimal() {
      guard decimal.significand > 0 else {
        if decimal.significand < 0 { refuseNegative(cursor, at: start, &row) }
        return
      }
      row.sum.add(decimal)
      guard let index = place(index, &row) else { return }
      entries.index.append(index)
      entries.number.append(decimal)
    } else if let number = numbers.unusualNumber(&cursor) {
      guard number.signum > 0 else {
        if number.signum < 0 { refuseNegative(cursor, at: start, &row) }
        return
      }
      row.sum.add(number)
      guard let index = place(index, &row) else { return }
      entries.index.append(index)
      entries.number.append(number)
    } else {
      row.isSound = false
    }
  }

  @inline(__always)
  private func place(_ index: Int?, _ row: inout OpenRow) -> Int32? {
    guard let index else { return nil }
    let narrow = Int32(truncatingIfNeeded: index)
    if narrow <= row.last { row.isAscending = false }
    row.last = narrow
    return narrow
  }

  private func refuseNegative(_ cursor: JSONCursor, at offset: Int, _ row: inout OpenRow) {
    var number = cursor
    number.position = offset
    log.value(at: offset, "found \(number.excerpt()); a probability must not be negative")
    row.isSound = false
  }

  private func close(_ row: OpenRow, count: Int, _ entries: inout SparseEntries) -> Row {
    let range = row.first..<entries.count
    if !row.isAscending { entries.sort(range) }
    var sum: ExactNumber?
    if row.isSound, !row.sum.isOne {
      sum = row.sum.value
      let tolerance = tolerance(count)
      if !row.sum.isOne(within: tolerance) {
        log.value(
          at: row.offset, RowTolerance.message(sum: row.sum.value, tolerance: tolerance))
      }
    }
    return Row(offset: row.offset, entries: range, sum: sum)
  }
}
