/// Suggestions for a path that leads nowhere.
package enum MissingFile {
  /// `; did you mean "…"?` with a name that the path could have meant, or with a file beside it.
  package static func hint(_ path: String, or names: [String]) -> String {
    guard path != "-", !FileSystem.exists(path) else { return "" }
    let word = String(path.prefix { $0 != "(" })
    if let name = names.first(where: { $0 == word }) ?? NearestName.of(word, among: names) {
      return "; did you mean \"\(name)\(path.dropFirst(word.count))\"?"
    }
    let siblings = FileSystem.names(in: FileSystem.folder(of: path)).sorted()
    guard let near = NearestName.of(FileSystem.name(of: path), among: siblings) else { return "" }
    return "; did you mean \"\(FileSystem.sibling(near, of: path))\"?"
  }
}
