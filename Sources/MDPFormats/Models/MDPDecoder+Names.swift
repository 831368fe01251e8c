internal import MDPCore
internal import MonotoneFiles

extension MDPDecoder {
  /// The states or the actions, for looking up and for the document.
  struct Declaration {
    var lookup: DeclaredNames
    /// Nil where the declaration has a fault.
    var names: Names?
  }

  /// Decodes `states` or `actions`: a count, or an array of names.
  func names(_ key: String, of noun: String) -> Declaration {
    let broken = Declaration(lookup: DeclaredNames(brokenFor: noun))
    guard var cursor = members.cursor(at: key) else { return broken }
    let start = cursor
    switch cursor.kind {
    case .number:
      guard let count = Int(String(decoding: cursor.scalar().prefix(20), as: UTF8.self)), count > 0
      else {
        log.value(
          at: start.position,
          "\(start.excerpt()) is not a count; write how many \(key) there are, at least one, "
            + "in digits alone")
        return broken
      }
      return Declaration(
        lookup: DeclaredNames(noun: noun, count: count), names: Names(count: count))
    case .array: return nameList(&cursor, of: noun)
    default:
      log.schema(
        at: start.position,
        "found \(start.excerpt()); expected an array of names, or a count")
      return broken
    }
  }

  private func nameList(_ cursor: inout JSONCursor, of noun: String) -> Declaration {
    let (start, faults) = (cursor.position, log.count)
    var declaration = Declaration(lookup: DeclaredNames(noun: noun))
    var names: [String] = []
    var more = cursor.enter()
    while more {
      if let name = name(&cursor, &declaration.lookup) { names.append(name) }
      more = cursor.next()
    }
    if names.isEmpty, log.count == faults {
      log.value(at: start, "there is no \(noun); name at least one")
      return Declaration(lookup: DeclaredNames(brokenFor: noun))
    }
    guard log.count == faults else { return declaration }
    if let (first, second) = Self.equivalent(names) {
      log.value(
        at: start,
        "the \(noun)s \(Excerpt.quoted(first)) and \(Excerpt.quoted(second)) are the same text "
          + "to Unicode; rename one")
      return declaration
    }
    declaration.names = Names(names)
    return declaration
  }

  private func name(_ cursor: inout JSONCursor, _ lookup: inout DeclaredNames) -> String? {
    let start = cursor
    guard cursor.kind == .string else {
      log.schema(at: start.position, "found \(start.excerpt()); expected a name")
      lookup.declareBroken()
      cursor.skipValue()
      return nil
    }
    let string = cursor.string()
    if string.end - string.start == 2 {
      log.value(at: start.position, "the name is empty; give the \(lookup.noun) a name")
      lookup.declareBroken()
    } else if !lookup.declare(string, cursor) {
      log.value(
        at: start.position,
        "\(lookup.noun) \(start.excerpt()) is named twice; remove or rename one")
    }
    return cursor.text(string)
  }

  /// Two names that differ in bytes but not as text.
  private static func equivalent(_ names: [String]) -> (String, String)? {
    guard !names.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else { return nil }
    var known: Set<String> = []
    for name in names {
      if let index = known.firstIndex(of: name) { return (known[index], name) }
      known.insert(name)
    }
    return nil
  }

  /// Whether the counts leave room for the tables that are made from them; if not, that is a
  /// fault.
  ///
  /// A state or an action costs, before anything is said about it: its marks, its place in
  /// the tables of rows, probabilities and rewards, and the same again in the model made from
  /// them. Everything else is paid for by bytes of the file.
  func fitsMemory() -> Bool {
    let (bytesPerState, bytesPerAction) = (64, 16)
    var fits = true
    for (key, names, bytes) in [
      ("states", states, bytesPerState), ("actions", actions, bytesPerAction),
    ] where names.count > min(Int(Int32.max), configuration.memoryLimit / bytes) {
      guard let cursor = members.cursor(at: key) else { continue }
      let needed = names.count / 1024 * bytes / 1024
      let limit = configuration.memoryLimit >> 20
      log.value(
        at: cursor.position,
        "\(names.count) \(key) take at least \(needed) MiB of memory, of which \(limit) MiB may be "
          + "used; make the model smaller")
      fits = false
    }
    return fits
  }
}
