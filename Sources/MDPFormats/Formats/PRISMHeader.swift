internal import MonotoneFiles

/// The counts at the head of a part.
struct PRISMHeader {
  private(set) var isDone = false
  private(set) var offset = 0
  private var transitionCount: Int?

  init() {}

  /// A head that holds no counts.
  init(withoutCountsAt offset: Int) {
    isDone = true
    self.offset = offset
  }

  /// Reads a line of so many counts.
  mutating func read(_ line: inout TextLine, _ count: Int, _ log: FaultLog) {
    isDone = true
    offset = line.start
    for _ in 0..<count {
      let word = line.word()
      guard let number = word?.wholeNumber else {
        log.add(
          .syntax, at: word?.start ?? line.end, path: "head",
          "found \(word?.excerpt ?? "the end of the line"); expected \(count) counts")
        return
      }
      transitionCount = number
    }
    if !line.isAtEnd() {
      log.add(
        .syntax, at: line.start, path: "head",
        "found \(line.rest().excerpt); expected \(count) counts and nothing more")
    }
  }

  /// How many lines were read since.
  var lines = 0

  /// Checks the number of lines against the head.
  func finish(_ parser: PRISMParser, in input: InputBytes) {
    guard isDone, let transitionCount, transitionCount != lines, parser.draft.log.isEmpty else {
      return
    }
    parser.draft.log.add(
      .value, at: offset, path: "head",
      "the head counts \(transitionCount) entries; found \(lines): correct the head, or complete the file"
    )
  }
}
