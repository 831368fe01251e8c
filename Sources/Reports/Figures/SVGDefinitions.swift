/// The definitions of an SVG drawing: gnuplot defines every shape of point, and filters for boxes
/// around text, whether or not anything uses them.
enum SVGDefinitions {
  /// The lines of a drawing without the definitions that nothing refers to.
  static func withoutUnused(_ lines: [Substring]) -> [Substring] {
    guard let start = lines.firstIndex(of: "<defs>"), let end = lines.firstIndex(of: "</defs>"),
      start < end
    else { return lines }
    let (head, rest) = (lines[..<start], lines[(end + 1)...])
    var used = references(rest)
    var kept: [Substring] = []
    // From the last on: a definition refers to earlier ones alone.
    for line in lines[(start + 1)..<end].reversed() {
      guard let id = attribute(" id='", line), used.contains(id), !line.contains("<filter") else {
        continue
      }
      kept.append(line)
      used.formUnion(references([line]))
    }
    let definitions = kept.isEmpty ? [] : ["<defs>"] + kept.reversed() + ["</defs>"]
    return head + definitions + rest
  }

  /// The ids that lines refer to.
  private static func references(_ lines: some Sequence<Substring>) -> Set<Substring> {
    Set(lines.compactMap { attribute("xlink:href='#", $0) })
  }

  /// The value of the first attribute of a line that begins like this.
  private static func attribute(_ beginning: String, _ line: Substring) -> Substring? {
    line.firstRange(of: beginning).map { line[$0.upperBound...].prefix { $0 != "'" } }
  }
}
