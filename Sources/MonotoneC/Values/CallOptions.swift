internal import MonotoneArithmetic
internal import MonotoneFiles

/// The options of a call: a JSON object, each of whose keys is asked for once.
///
/// A key that was not asked for is unknown to the call, and refused with the nearest known key.
struct CallOptions {
  private let document: JSONDocument?
  private let members: [String: JSONCursor]

  /// The options of a text.
  ///
  /// - Parameters:
  ///   - text: A JSON object, or nil for no options.
  ///   - known: The keys of the call; nil where only a later look at them tells.
  init(_ text: String?, known: [String]? = nil) throws(CallFailure) {
    guard let text else {
      (document, members) = (nil, [:])
      return
    }
    let json: JSONDocument
    do throws(InvalidInput) { json = try JSONDocument(InputBytes(text, name: "options")) } catch {
      throw CallFailure(error)
    }
    let root = json.cursor(at: json.root)
    guard root.kind == .object else {
      throw CallFailure("options: found \(root.kind.phrase); expected an object")
    }
    var members: [String: JSONCursor] = [:]
    for member in json.members {
      var cursor = json.cursor(at: member.key)
      let key = cursor.text(cursor.string())
      guard members.updateValue(json.cursor(at: member.value), forKey: key) == nil else {
        throw CallFailure(
          "options: the key \(JSONText.quoted(key.shortened(to: 60))) stands here twice; remove one"
        )
      }
    }
    document = json
    self.members = members
    if let known { try requireKnown(known) }
  }

  /// Refuses every key but these.
  func requireKnown(_ known: [String]) throws(CallFailure) {
    let unknown = members.keys.filter { !known.contains($0) }.sorted()
    guard !unknown.isEmpty else { return }
    let faults = unknown.map { key in
      "options: unknown key \(JSONText.quoted(key.shortened(to: 60))); "
        + (known.isEmpty
          ? "this call has none" : "the keys here are \(known.joined(separator: ", "))")
        + NearestName.hint(key, among: known)
    }
    throw CallFailure(faults.joined(separator: "\n"))
  }

  /// Whether a key is given and not null.
  func has(_ key: String) -> Bool { members[key].map { $0.kind != .null } ?? false }

  /// True or false.
  func flag(_ key: String, default value: Bool = false) throws(CallFailure) -> Bool {
    guard var cursor = present(key) else { return value }
    guard cursor.kind == .boolean else { throw refusal(key, cursor, "true or false") }
    return cursor.scalar().first == UInt8(ascii: "t")
  }

  /// A text.
  func text(_ key: String) throws(CallFailure) -> String? {
    guard var cursor = present(key) else { return nil }
    guard cursor.kind == .string else { throw refusal(key, cursor, "a text") }
    return cursor.text(cursor.string())
  }

  /// One of some words.
  func word(_ key: String, among words: [String]) throws(CallFailure) -> String? {
    guard let text = try text(key) else { return nil }
    guard words.contains(text) else {
      throw CallFailure(
        "options: \(key): found \(JSONText.quoted(text.shortened(to: 60))); expected "
          + words.joined(separator: ", ") + NearestName.hint(text, among: words))
    }
    return text
  }

  /// A finite number within a range.
  func number(_ key: String, in range: ClosedRange<Double>) throws(CallFailure) -> Double? {
    guard var cursor = present(key) else { return nil }
    guard cursor.kind == .number, let number = try? ExactNumber(parsing: cursor.scalar()),
      range.contains(number.approximation)
    else {
      throw refusal(
        key, cursor,
        "a number from \(NumberFormat.text(range.lowerBound)) to "
          + NumberFormat.text(range.upperBound))
    }
    return number.approximation
  }

  /// A whole number within a range.
  func count(_ key: String, in range: ClosedRange<Int>) throws(CallFailure) -> Int? {
    guard var cursor = present(key) else { return nil }
    let start = cursor
    guard cursor.kind == .number, let value = cursor.wholeNumber(below: range.upperBound + 1),
      range.contains(value)
    else {
      throw refusal(
        key, start, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A list of texts.
  func texts(_ key: String) throws(CallFailure) -> [String]? {
    try list(key, "a list of texts") { cursor in
      cursor.kind == .string ? cursor.text(cursor.string()) : nil
    }
  }

  /// A list of whole numbers within a range.
  func counts(_ key: String, in range: ClosedRange<Int>) throws(CallFailure) -> [Int]? {
    try list(
      key, "a list of whole numbers from \(range.lowerBound) to \(range.upperBound)"
    ) { cursor in
      guard cursor.kind == .number, let value = cursor.wholeNumber(below: range.upperBound + 1)
      else { return nil }
      return range.contains(value) ? value : nil
    }
  }

  /// The text of a number or of a word, as it stands there.
  func literal(_ key: String) throws(CallFailure) -> String? {
    guard var cursor = present(key) else { return nil }
    switch cursor.kind {
    case .number: return String(decoding: cursor.scalar(), as: UTF8.self)
    case .string: return cursor.text(cursor.string())
    default: throw refusal(key, cursor, "a number or a text")
    }
  }

  /// Lists of lists of numbers, or of texts that hold numbers; all lists of a depth as long as each other.
  func nested(_ key: String) throws(CallFailure) -> NestedArray? {
    guard var cursor = present(key) else { return nil }
    var nested = NestedArray()
    try flatten(key, &cursor, depth: 0, &nested)
    return nested
  }

  private func flatten(
    _ key: String, _ cursor: inout JSONCursor, depth: Int, _ nested: inout NestedArray
  ) throws(CallFailure) {
    let start = cursor
    switch cursor.kind {
    case .number where depth == nested.shape.count:
      nested.numbers.append(
        .init(text: String(decoding: cursor.scalar(), as: UTF8.self), isExact: false))
    case .string where depth == nested.shape.count:
      nested.numbers.append(.init(text: cursor.text(cursor.string()), isExact: true))
    case .boolean where depth == nested.shape.count:
      let isTrue = cursor.scalar().first == UInt8(ascii: "t")
      nested.numbers.append(.init(text: isTrue ? "1" : "0", isExact: true))
    case .array where depth < 4:
      // The first list of a depth says how long the others are.
      let isFirst = depth == nested.shape.count && nested.numbers.isEmpty
      guard isFirst || depth < nested.shape.count else {
        throw refusal(key, start, "numbers at a depth of \(depth), as before")
      }
      if isFirst { nested.shape.append(-1) }
      var length = 0
      var more = cursor.enter()
      while more {
        try flatten(key, &cursor, depth: depth + 1, &nested)
        length += 1
        more = cursor.next()
      }
      if nested.shape[depth] == -1 { nested.shape[depth] = length }
      guard length == nested.shape[depth] else {
        throw CallFailure(
          "options: \(key): found lists of \(nested.shape[depth]) and of \(length) elements at a depth "
            + "of \(depth); expected lists of one length", .badData)
      }
    default: throw refusal(key, start, "lists of lists of numbers")
    }
  }

  /// The text of an object between its braces.
  func object(_ key: String) throws(CallFailure) -> String? {
    guard let start = present(key) else { return nil }
    guard start.kind == .object else { throw refusal(key, start, "an object") }
    return raw(start, dropping: 1)
  }

  /// The JSON text of a value.
  func json(_ key: String) -> String? { present(key).map { raw($0, dropping: 0) } }

  private func raw(_ start: JSONCursor, dropping ends: Int) -> String {
    var end = start
    end.skipValue()
    let length = end.position - start.position - 2 * ends
    return String(
      decoding: UnsafeBufferPointer(
        start: start.base + start.position + ends, count: max(0, length)), as: UTF8.self)
  }

  private func present(_ key: String) -> JSONCursor? {
    members[key].flatMap { $0.kind == .null ? nil : $0 }
  }

  private func list<Element>(
    _ key: String, _ expected: String, _ element: (inout JSONCursor) -> Element?
  ) throws(CallFailure) -> [Element]? {
    guard var cursor = present(key) else { return nil }
    guard cursor.kind == .array else { throw refusal(key, cursor, expected) }
    var elements: [Element] = []
    var more = cursor.enter()
    while more {
      let start = cursor
      guard let next = element(&cursor) else { throw refusal(key, start, expected) }
      elements.append(next)
      more = cursor.next()
    }
    return elements
  }

  private func refusal(_ key: String, _ cursor: JSONCursor, _ expected: String) -> CallFailure {
    CallFailure("options: \(key): found \(cursor.excerpt()); expected \(expected)")
  }
}
