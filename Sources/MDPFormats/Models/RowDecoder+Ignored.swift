internal import MonotoneFiles

extension RowDecoder {
  /// Consumes `{name: number, …}` of a state that takes no action: declared names and numbers, whatever
  /// they are.
  mutating func ignoredObject(_ cursor: inout JSONCursor, _ names: inout DeclaredNames) {
    keys.begin(names.count)
    var more = cursor.enter()
    while more {
      let key = cursor.key()
      if let index = names.index(key, cursor, log), !keys.insert(index) {
        log.schema(at: key.start, "the key \(cursor.excerpt(key)) stands here twice; remove one")
      }
      _ = numbers.number(&cursor)
      more = cursor.next()
    }
  }

  /// Consumes `[number, …]` of such a state, one entry a name.
  mutating func ignoredArray(_ cursor: inout JSONCursor, _ names: DeclaredNames) {
    let start = cursor.position
    var count = 0
    var more = cursor.enter()
    while more {
      _ = numbers.number(&cursor)
      count += 1
      more = cursor.next()
    }
    requireLength(count, of: names, at: start)
  }

  /// Whether an array has an entry for each name; if not, that is a fault.
  @discardableResult
  func requireLength(_ count: Int, of names: DeclaredNames, at offset: Int) -> Bool {
    guard names.isReliable, !names.isOpen, count != names.count else { return true }
    log.schema(
      at: offset, "found \(count) entries; expected \(names.count), one for each \(names.noun)")
    return false
  }
}
