internal import MDPCore
internal import MonotoneFiles

/// The members of a file's outermost object, each known, none twice.
struct DocumentMembers {
  let document: JSONDocument
  let log: FaultLog
  private var values: [String: Int] = [:]

  /// Checks the keys and the schema version; nil, with faults, where nothing more can be said.
  init?(
    _ document: JSONDocument, schema: FileSchema, required: [String], optional: [String],
    log: FaultLog
  ) {
    self.document = document
    self.log = log
    let root = document.cursor(at: document.root)
    guard root.kind == .object else {
      log.schema(
        at: document.root, "found \(root.kind.phrase); expected \(schema.noun), which is an object")
      return nil
    }
    let known = required + optional
    for member in document.members {
      var cursor = document.cursor(at: member.key)
      let string = cursor.string()
      let key = string.end - string.start > 100 ? "" : cursor.text(string)
      if !known.contains(key) {
        log.schema(
          at: member.key,
          "unknown key \(cursor.excerpt(string)); the keys here are \(known.joined(separator: ", "))"
            + NearestName.hint(key, among: known)
        )
      } else if values[key] != nil {
        log.schema(at: member.key, "the key \"\(key)\" stands here twice; remove one")
      } else {
        values[key] = member.value
      }
    }
    // Of a file in another format, or another version of this one, nothing else may be demanded.
    guard isSchema(schema) else { return nil }
    for key in required where values[key] == nil {
      log.schema(at: document.root, "the key \"\(key)\" is missing; add it")
    }
  }

  private func isSchema(_ schema: FileSchema) -> Bool {
    guard var cursor = cursor(at: "schema") else { return true }
    let start = cursor
    guard cursor.kind == .string else {
      log.schema(
        at: start.position, "found \(start.excerpt()); expected \"\(schema.rawValue)\"")
      return false
    }
    let name = cursor.text(cursor.string())
    if name == schema.rawValue { return true }
    let advice =
      FileSchema(rawValue: name).map { "this is \($0.noun), expected \(schema.noun)" }
      ?? "this version of Monotone reads \"\(schema.rawValue)\""
    log.schema(at: start.position, "found \(start.excerpt()); \(advice)")
    return false
  }

  /// The value of a key, or nil if it is absent.
  func cursor(at key: String) -> JSONCursor? {
    values[key].map { document.cursor(at: $0) }
  }

  /// The text of a key; nil if it is absent or, with a fault, no text.
  func text(_ key: String) -> String? {
    guard var cursor = cursor(at: key) else { return nil }
    guard cursor.kind == .string else {
      log.schema(at: cursor.position, "found \(cursor.excerpt()); expected a string")
      return nil
    }
    return cursor.text(cursor.string())
  }

  /// The text of a key that must not be empty; nil if it is absent or, with a fault, no such text.
  func nonEmptyText(_ key: String) -> String? {
    guard let text = text(key), let cursor = cursor(at: key) else { return nil }
    guard !text.isEmpty else {
      log.value(at: cursor.position, "the text is empty; write something")
      return nil
    }
    return text
  }
}
