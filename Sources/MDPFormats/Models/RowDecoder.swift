internal import Arithmetic
internal import MDPCore

/// Reads probability rows: objects by name, or arrays in order.
struct RowDecoder {
  /// What a row came to.
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
  /// By how much a row's sum may miss 1.
  var tolerance = MDPDocument.rowSumTolerance
  private(set) var keys = KeyStamps()

  init(log: FaultLog, memoryLimit: Int) {
    self.log = log
    numbers = NumberDecoder(log: log, memoryLimit: memoryLimit)
  }

  /// Consumes `{name: probability, …}`; adds its nonzero entries.
  mutating func object(
    _ cursor: inout JSONCursor, _ names: inout DeclaredNames, into entries: inout SparseEntries
  ) -> Row {
    var row = OpenRow(offset: cursor.position, first: entries.count)
    keys.begin(names.count)
    var more = cursor.enter()
    while more {
      let key = cursor.key()
      let index = names.index(key, cursor, log)
      if let index, !keys.insert(index) {
        log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
        row.isSound = false
      }
      probability(&cursor, index, &row, &entries)
      more = cursor.next()
    }
    return close(row, &entries)
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
    if names.isReliable, !names.isOpen, index != names.count {
      log.schema(
        at: row.offset,
        "found \(index) entries; expected \(names.count), one for each \(names.noun)")
      row.isSound = false
    }
    return close(row, &entries)
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

  private func close(_ row: OpenRow, _ entries: inout SparseEntries) -> Row {
    let range = row.first..<entries.count
    if !row.isAscending { entries.sort(range) }
    var sum: ExactNumber?
    if row.isSound, !row.sum.isOne {
      sum = row.sum.value
      if !row.sum.isOne(within: tolerance) {
        log.value(at: row.offset, sumMessage(row.sum.value))
      }
    }
    return Row(offset: row.offset, entries: range, sum: sum)
  }

  private func sumMessage(_ sum: ExactNumber) -> String {
    let text = sum.description
    let shown = text.utf8.count <= 24 ? text : "about \(sum.approximation)"
    let allowed =
      tolerance == MDPDocument.rowSumTolerance ? "1e-9" : "\(tolerance.approximation)"
    return "the probabilities sum to \(shown), not to 1 (within \(allowed)); correct them"
  }
}
