internal import MonotoneArithmetic
internal import MonotoneFiles

/// Reads the numbers of a text format, each with its fault where it is none.
struct TextNumbers {
  let decimals: DecimalReading

  /// A number; nil, with a fault, where a word is missing or is none.
  ///
  /// - Parameters:
  ///   - offset: Where a missing word is missed.
  func number(
    _ word: TextWord?, _ log: FaultLog, at offset: Int, path: @autoclosure () -> String
  ) -> ExactNumber? {
    guard let word else {
      log.add(.syntax, at: offset, path: path(), "the line ends; expected a number")
      return nil
    }
    do throws(NumberFault) { return try decimals.number(parsing: word.bytes) } catch {
      log.add(
        .value, at: word.start, path: path(),
        "\(word.excerpt) is not a number that can be read: \(error.message)")
      return nil
    }
  }

  /// A whole number from 0 to below a limit; nil, with a fault, where there is none.
  static func index(
    _ word: TextWord?, below limit: Int, _ noun: String, _ log: FaultLog, at offset: Int,
    path: @autoclosure () -> String
  ) -> Int? {
    guard let word else {
      log.add(.syntax, at: offset, path: path(), "the line ends; expected the number of a \(noun)")
      return nil
    }
    guard let number = word.wholeNumber, number < limit else {
      log.add(
        .value, at: word.start, path: path(),
        "found \(word.excerpt); expected the number of a \(noun), 0 to \(limit - 1)")
      return nil
    }
    return number
  }
}

extension MDPReaderConfiguration {
  /// Whether so many states can be: each costs some memory before anything is said about it, and some
  /// bytes of the file; if not, that is a fault.
  func allows(states count: Int, in input: InputBytes, at offset: Int, _ log: FaultLog) -> Bool {
    guard count > 0 else {
      log.add(.value, at: offset, path: "states", "there is no state; expected at least one")
      return false
    }
    guard count <= input.count, count <= min(Int(Int32.max), memoryLimit / 64) else {
      log.add(
        .value, at: offset, path: "states",
        "\(count) states, for which this file of \(input.count) bytes is too short; correct the number"
      )
      return false
    }
    return true
  }
}
