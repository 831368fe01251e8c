/// The lines of a text, one after another, each as a range of byte offsets.
///
/// A line ends with a newline, which is no part of it, nor is a carriage return before it.
package struct TextLines: Sequence, IteratorProtocol {
  private let input: InputBytes
  private var position = 0

  package init(_ input: InputBytes) { self.input = input }

  package mutating func next() -> TextLine? {
    guard position < input.count else { return nil }
    let start = position
    while position < input.count, input.base[position] != UInt8(ascii: "\n") { position += 1 }
    var end = position
    position += 1
    if end > start, input.base[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return TextLine(input: input, start: start, end: end)
  }
}

/// The rest of a line, from which words are taken one at a time.
package struct TextLine {
  package let input: InputBytes
  /// Where the next byte is.
  package private(set) var start: Int
  /// Behind its last byte.
  package let end: Int

  package init(input: InputBytes, start: Int, end: Int) {
    self.input = input
    self.start = start
    self.end = end
  }

  /// The next byte; 0 at the end.
  package var byte: UInt8 { start < end ? input.base[start] : 0 }

  package mutating func skipSpace() {
    while start < end, input.base[start] <= 0x20 { start += 1 }
  }

  /// Whether nothing but space is left; skips it.
  package mutating func isAtEnd() -> Bool {
    skipSpace()
    return start >= end
  }

  /// Takes a byte if it is the next one behind space.
  package mutating func accept(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard byte == UInt8(ascii: character) else { return false }
    start += 1
    return true
  }

  /// Takes the next word, which ends before space or one of the given bytes; nil where there is none.
  package mutating func word(endingBefore stops: StaticString = "") -> TextWord? {
    skipSpace()
    let first = start
    stops.withUTF8Buffer { stops in
      while start < end, input.base[start] > 0x20, !stops.contains(input.base[start]) { start += 1 }
    }
    return start > first ? TextWord(input: input, start: first, end: start) : nil
  }

  /// Takes a text in double quotes, without them; nil, and nothing is taken, where there is none.
  package mutating func quoted() -> TextWord? {
    skipSpace()
    guard byte == UInt8(ascii: "\"") else { return nil }
    var place = start + 1
    while place < end, input.base[place] != UInt8(ascii: "\"") { place += 1 }
    guard place < end else { return nil }
    defer { start = place + 1 }
    return TextWord(input: input, start: start + 1, end: place)
  }

  /// Everything that is left, without space around it.
  package mutating func rest() -> TextWord {
    skipSpace()
    var last = end
    while last > start, input.base[last - 1] <= 0x20 { last -= 1 }
    defer { start = end }
    return TextWord(input: input, start: start, end: last)
  }
}

/// A word of a text, by its place.
package struct TextWord {
  package let input: InputBytes
  package let start: Int
  package let end: Int

  package init(input: InputBytes, start: Int, end: Int) {
    self.input = input
    self.start = start
    self.end = end
  }

  package var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: input.base + start, count: end - start)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The word in quotes, shortened for a message.
  package var excerpt: String { "\"\(Excerpt.text(bytes))\"" }

  /// Whether this is a given word.
  package func equals(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { $0.elementsEqual(bytes) }
  }

  /// The whole number of decimal digits; nil for anything else, and beyond 18 digits.
  package var wholeNumber: Int? {
    guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
    var number = 0
    for byte in bytes {
      guard byte &- 0x30 < 10 else { return nil }
      number = number * 10 + Int(byte &- 0x30)
    }
    return number
  }
}
