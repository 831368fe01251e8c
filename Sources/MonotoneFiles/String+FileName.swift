extension String {
  /// A name as one part of a path: without what would lead elsewhere.
  package var asFileName: String {
    let safe = String(map { "/\\:".contains($0) || $0.isNewline ? "-" : $0 })
    let name = String(safe.drop { $0 == "." }.prefix(100))
    return name.isEmpty ? "model" : name
  }
}

extension String {
  /// The last part of a path.
  package var fileName: String { split(separator: "/").last.map(String.init) ?? self }
}
