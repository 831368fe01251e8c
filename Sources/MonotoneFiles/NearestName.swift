/// The name that a mistyped one was probably meant to be.
///
/// Names are compared by the optimal string alignment distance: insertions, deletions, replacements and
/// exchanges of neighbours, capitals aside.
package enum NearestName {
  /// Longer lists and names are not searched: a message must not take longer than the work.
  private static let (longestList, longestName) = (10_000, 64)

  /// The nearest of some names; nil where none is near.
  package static func of(_ text: String, among names: some Collection<String>) -> String? {
    guard text.count <= longestName, names.count <= longestList, Int(text) == nil else {
      return nil
    }
    let wanted = Array(text.lowercased())
    // A third of the letters may be wrong, one in any case.
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for name in names where name != text && name.count <= longestName {
      let distance = distance(wanted, Array(name.lowercased()))
      guard distance <= limit, distance < wanted.count, distance < best?.distance ?? .max else {
        continue
      }
      best = (name, distance)
    }
    return best?.name
  }

  /// `; did you mean "optimal"?`, or nothing.
  package static func hint(_ text: String, among names: some Collection<String>) -> String {
    of(text, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var (older, old) = ([Int](), Array(0...b.count))
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let isSame = a[i] == b[j]
        var least = min(old[j + 1] + 1, row[j] + 1, old[j] + (isSame ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, older[j - 1] + 1) }
        row.append(least)
      }
      (older, old) = (old, row)
    }
    return old[b.count]
  }
}
