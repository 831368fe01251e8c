internal import MonotoneFiles

/// The words of a file in Cassandra's format: a colon is one by itself, and `#` starts a comment.
struct POMDPTokens {
  private var lines: TextLines
  private var line: TextLine?
  fileprivate(set) var ahead: [TextWord] = []
  /// The words behind ``terminalMark``; nil where no comment begins with it.
  private(set) var terminalStates: [TextWord]?
  private let input: InputBytes

  init(_ input: InputBytes) {
    self.input = input
    lines = TextLines(input)
  }

  /// How the comment begins by which our own files number their terminal states.
  static let terminalMark = "# monotone: terminal states"

  /// Where the file ends.
  var end: Int { input.count }

  /// The next word; nil at the end.
  mutating func next() -> TextWord? {
    if !ahead.isEmpty { return ahead.removeFirst() }
    while true {
      if var current = line, !current.isAtEnd(), current.byte != UInt8(ascii: "#") {
        defer { line = current }
        let start = current.start
        if current.accept(":") { return TextWord(input: input, start: start, end: start + 1) }
        return current.word(endingBefore: ":#")
      }
      if let comment = line { note(comment) }
      guard let next = lines.next() else { return nil }
      line = next
    }
  }

  /// Keeps what a comment says of terminal states.
  private mutating func note(_ comment: TextLine) {
    var comment = comment
    for part in Self.terminalMark.split(separator: " ") {
      guard comment.word()?.text == String(part) else { return }
    }
    var words: [TextWord] = []
    while let word = comment.word() { words.append(word) }
    terminalStates = words
  }

  /// The word so many places ahead; nil behind the end.
  mutating func peek(_ distance: Int = 0) -> TextWord? {
    while ahead.count <= distance {
      let known = ahead
      ahead = []
      guard let word = next() else {
        ahead = known
        return nil
      }
      ahead = known + [word]
    }
    return ahead[distance]
  }

  /// Takes a colon if it comes next.
  mutating func acceptColon() -> Bool {
    guard peek()?.equals(":") == true else { return false }
    _ = next()
    return true
  }

  /// Whether the next word begins an entry: a keyword before a colon.
  mutating func isAtEntry() -> Bool {
    guard let word = peek() else { return true }
    guard POMDPParser.keywords.contains(word.text) else { return false }
    if word.equals("start") {
      return peek(1).map { ["include", "exclude", ":"].contains($0.text) } ?? false
    }
    return peek(1)?.equals(":") ?? false
  }
}

extension POMDPTokens {
  /// Puts a word before those to come.
  mutating func putBack(_ word: TextWord) { ahead.insert(word, at: 0) }
}
