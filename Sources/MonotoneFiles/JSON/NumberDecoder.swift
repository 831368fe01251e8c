package import MonotoneArithmetic

/// Reads the numbers of a file exactly, and keeps count of the memory that the unusual ones take.
///
/// A literal of nine bytes such as `1e-10000` stands for a fraction of four kilobytes, so a file
/// of modest size could ask for more memory than there is.
package struct NumberDecoder {
  package let log: FaultLog
  package let memoryLimit: Int
  private var storedBytes = 0

  package init(log: FaultLog, memoryLimit: Int) {
    self.log = log
    self.memoryLimit = memoryLimit
  }

  /// Consumes a number: a JSON number, or a string that holds one. Nil, and a fault, if there is
  /// none.
  package mutating func number(_ cursor: inout JSONCursor) -> ExactNumber? {
    if let decimal = cursor.shortDecimal() { return ExactNumber(decimal) }
    return unusualNumber(&cursor)
  }

  /// Consumes a number that is no short decimal.
  package mutating func unusualNumber(_ cursor: inout JSONCursor) -> ExactNumber? {
    let start = cursor
    var number: ExactNumber?
    switch cursor.kind {
    case .number: number = parse(cursor.scalar(), at: start)
    case .string:
      let string = cursor.string()
      if string.hasEscapes {
        number = cursor.unescaped(string).withUnsafeBufferPointer { parse($0, at: start) }
      } else {
        number = parse(cursor.body(string), at: start)
      }
    case .object, .array, .boolean, .null:
      log.schema(at: start.position, "found \(start.excerpt()); expected a number")
      cursor.skipValue()
    }
    guard let number, number.storedBytes > 0 else { return number }
    return affordable(number, at: start.position)
  }

  private func parse(_ bytes: UnsafeBufferPointer<UInt8>, at start: JSONCursor) -> ExactNumber? {
    do throws(NumberFault) {
      return try ExactNumber(parsing: bytes)
    } catch {
      log.value(
        at: start.position, "\(start.excerpt()) is not a number that can be read: \(error.message)")
      return nil
    }
  }

  private mutating func affordable(_ number: ExactNumber, at offset: Int) -> ExactNumber? {
    let isFirst = storedBytes <= memoryLimit
    storedBytes += number.storedBytes
    guard storedBytes > memoryLimit else { return number }
    if isFirst {
      log.value(
        at: offset,
        "up to here, the long numbers of this file take more than \(memoryLimit >> 20) MiB of "
          + "memory; round them")
    }
    return nil
  }
}
