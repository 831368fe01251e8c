internal import MDPCore
internal import MonotoneFiles

/// The states, or the actions, that a file may mention.
struct DeclaredNames {
  /// `state` or `action`.
  let noun: String
  /// How many the file declares, each duplicate counted.
  private(set) var count = 0
  /// Whether they are "0", "1", …
  private(set) var isCount = false
  /// Whether an unknown name is a fault: not if the declaration itself is broken, for then every
  /// mention would only repeat that.
  private(set) var isReliable = true
  /// Whether a name stands for two of them, so that one seems never to be mentioned.
  private(set) var hasDuplicates = false
  /// Whether whatever is mentioned is a name: for a policy without its MDP.
  private(set) var isOpen = false
  private var table = NameTable()

  /// Names "0", …, "count − 1".
  init(noun: String, count: Int) {
    self.noun = noun
    self.count = count
    isCount = true
  }

  /// Names to be added one at a time.
  init(noun: String) { self.noun = noun }

  /// Names whose declaration is missing or not understood.
  init(brokenFor noun: String) {
    self.noun = noun
    isReliable = false
  }

  /// Whatever will be mentioned.
  init(openFor noun: String) {
    self.noun = noun
    isOpen = true
  }

  /// The names of a model in memory.
  init(noun: String, _ names: Names) {
    self.noun = noun
    count = names.count
    isCount = names.isCount
    guard !isCount else { return }
    table.reserveCapacity(names.count)
    for name in names { _ = Self.withPadding(Array(name.utf8)) { table.insert($0) } }
  }

  /// Declares a name; false if it is declared already.
  mutating func declare(_ string: JSONString, _ cursor: JSONCursor) -> Bool {
    let index =
      string.hasEscapes
      ? Self.withPadding(cursor.unescaped(string)) { table.insert($0) }
      : table.insert(cursor.body(string))
    count = table.count
    hasDuplicates = hasDuplicates || index == nil
    return index != nil
  }

  /// Notes that some declaration could not be understood.
  mutating func declareBroken() {
    table.insertNothing()
    count = table.count
    isReliable = false
  }

  /// The index of a name that a file mentions, or nil, with a fault unless unreliable.
  @inline(__always)
  mutating func index(_ string: JSONString, _ cursor: JSONCursor, _ log: FaultLog) -> Int? {
    if !string.hasEscapes, let index = find(cursor.body(string)) { return index }
    return unusualIndex(string, cursor, log)
  }

  private mutating func unusualIndex(
    _ string: JSONString, _ cursor: JSONCursor, _ log: FaultLog
  ) -> Int? {
    let bytes = string.hasEscapes ? cursor.unescaped(string) : Array(cursor.body(string))
    let index = Self.withPadding(bytes) { name in
      find(name) ?? (isOpen ? table.insert(name) : nil)
    }
    if isOpen { count = table.count }
    if index == nil, isReliable {
      let hint = nearest(String(decoding: bytes.prefix(100), as: UTF8.self))
      log.value(at: string.start, "unknown \(noun) \(cursor.excerpt(string)); \(advice)\(hint)")
    }
    return index
  }

  /// Consumes a state or an action that a file refers to: a name, or an integer where names are a
  /// count.
  mutating func reference(_ cursor: inout JSONCursor, _ log: FaultLog) -> Int? {
    switch cursor.kind {
    case .string: return index(cursor.string(), cursor, log)
    case .number where isCount:
      let start = cursor
      if let index = find(cursor.scalar()) { return index }
      log.value(at: start.position, "unknown \(noun) \(start.excerpt()); \(advice)")
    case .number where !isReliable: _ = cursor.scalar()
    default:
      log.schema(
        at: cursor.position,
        "found \(cursor.excerpt()); expected the name of one of the \(noun)s"
          + (isCount ? ", or its number" : ""))
      cursor.skipValue()
    }
    return nil
  }

  /// Consumes what a row of samples refers to: a name, or its place in the model's list.
  mutating func nameOrPlace(_ cursor: inout JSONCursor, _ log: FaultLog) -> Int? {
    switch cursor.kind {
    case .string: return index(cursor.string(), cursor, log)
    case .number:
      let start = cursor
      if let index = cursor.wholeNumber(below: isOpen ? Int(Int32.max) : count) { return index }
      _ = cursor.scalar()
      log.value(
        at: start.position,
        "unknown \(noun) \(start.excerpt()); "
          + (isOpen ? "expected a whole number, 0 or more" : "the \(noun)s are 0 to \(count - 1)"))
    default:
      log.schema(
        at: cursor.position,
        "found \(cursor.excerpt()); expected the name of one of the \(noun)s, or its number")
      cursor.skipValue()
    }
    return nil
  }

  @inline(__always)
  private func find(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard isCount else { return table.index(of: name) }
    // Canonical digits only: "01" is not a name.
    guard let first = name.first, name.count <= 18, first != UInt8(ascii: "0") || name.count == 1
    else { return nil }
    var index = 0
    for byte in name {
      guard byte &- 0x30 < 10 else { return nil }
      index = index * 10 + Int(byte &- 0x30)
    }
    return index < count ? index : nil
  }

  /// A name in quotes, shortened for a message.
  func excerpt(_ index: Int) -> String {
    isCount ? "\"\(index)\"" : Excerpt.quoted(table.name(index))
  }

  /// The nearest name, where names are words.
  private func nearest(_ text: String) -> String {
    guard !isCount, !isOpen else { return "" }
    return NearestName.hint(text, among: (0..<count).lazy.map { table.name($0) })
  }

  private var advice: String {
    guard isCount else { return "name it under \"\(noun)s\" or correct the spelling" }
    return "the \(noun)s are 0 to \(count - 1)"
  }

  private static func withPadding<T>(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> T
  ) -> T {
    (bytes + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { padded in
      body(UnsafeBufferPointer(rebasing: padded[..<bytes.count]))
    }
  }
}
