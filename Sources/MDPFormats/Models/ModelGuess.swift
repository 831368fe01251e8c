internal import MonotoneFiles

/// Whether a file in a folder of models is one, as far as that can be told without reading it as one.
package enum ModelGuess {
  /// Whether a file is JSON of another sort: of another schema, or without anything that a model has.
  ///
  /// Text that is not JSON may be a broken model, and so may JSON without a schema.
  package static func isOther(_ path: String) -> Bool {
    guard let input = try? InputBytes(path: path), !input.holds("monotone/mdp/"),
      let json = try? JSONDocument(
        input, acceptsNonFinite: true)
    else { return false }
    guard json.cursor(at: json.root).kind == .object else { return true }
    let keys = Set(
      json.members.map { member in
        var cursor = json.cursor(at: member.key)
        return cursor.text(cursor.string())
      })
    return keys.contains("schema") || keys.isDisjoint(with: ["transitions", "states"])
  }
}

extension InputBytes {
  /// Whether a text stands somewhere among the bytes.
  fileprivate func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, count >= wanted.count else { return false }
    return (0...count - wanted.count).contains { start in
      base[start] == first && (1..<wanted.count).allSatisfy { base[start + $0] == wanted[$0] }
    }
  }
}
