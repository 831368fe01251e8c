internal import MonotoneArithmetic
public import MDPCore
public import MonotoneFiles

/// Reads the divergences that a program logged: numbers with white space or commas between.
///
/// A word that is no number costs its own update the logged number, not the others.
public enum LoggedDivergenceReader {
  /// One word of the file.
  public enum Entry: Sendable, Equatable {
    /// A number.
    case divergence(LoggedDivergence)
    /// A word that is no number, with the fault.
    case fault(InvalidInput)
  }

  /// One entry per word.
  public static func read(_ input: InputBytes) -> [Entry] {
    var entries: [Entry] = []
    var start: Int?
    for offset in 0...input.count {
      let isPart = offset < input.count && !isSeparator(input.base[offset])
      if isPart {
        start = start ?? offset
      } else if let first = start {
        entries.append(entry(input, first..<offset))
        start = nil
      }
    }
    return entries
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",")
  }

  private static func entry(_ input: InputBytes, _ range: Range<Int>) -> Entry {
    let word = String(decoding: UnsafeBufferPointer(rebasing: input.buffer[range]), as: UTF8.self)
    if let divergence = LoggedDivergence(word: word) { return .divergence(divergence) }
    if let number = try? ExactNumber(parsing: word) {
      return .divergence(LoggedDivergence(text: word, number: number.approximation))
    }
    let log = FaultLog(limit: 1)
    log.value(
      at: range.lowerBound,
      "found \(Excerpt.quoted(word)); expected the KL divergence of an update, a number")
    return .fault(log.error(in: input))
  }
}
