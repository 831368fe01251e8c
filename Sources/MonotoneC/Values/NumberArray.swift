internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MDPFormats

/// Numbers of a caller, in row-major order, read without trusting them.
///
/// The caller's memory is read during the call only.
struct NumberArray {
  /// The type of the numbers, with their address.
  enum Elements {
    case float64(UnsafePointer<Double>)
    case float32(UnsafePointer<Float>)
    case int64(UnsafePointer<Int64>)
    case int32(UnsafePointer<Int32>)
    case int8(UnsafePointer<Int8>)
    case written([Written])
  }

  /// A number as somebody wrote it.
  struct Written {
    var text: String
    /// Whether it stood in quotes, and so is meant exactly; a bare one is what float64 makes of it.
    var isExact: Bool

    /// Whether it is 0 in any spelling: 0.0, -0e5, 0/7.
    var isZero: Bool {
      let digits = text.prefix { !"eE/".contains($0) }
      return digits.contains("0") && digits.allSatisfy("-0.".contains)
    }
  }

  /// How float64 numbers become rational.
  typealias Decimals = DecimalReading

  let elements: Elements
  let shape: [Int]

  /// How many numbers there are.
  var count: Int { shape.reduce(1, *) }

  /// The whole number of an index; nil for what is not whole.
  func whole(_ index: Int) -> Int? {
    switch elements {
    case .float64(let values): Int(exactly: values[index])
    case .float32(let values): Int(exactly: values[index])
    case .int64(let values): Int(values[index])
    case .int32(let values): Int(values[index])
    case .int8(let values): Int(values[index])
    case .written(let numbers): Int(numbers[index].text)
    }
  }

  /// Whether the number of an index is 0.
  func isZero(_ index: Int) -> Bool {
    switch elements {
    case .float64(let values): values[index] == 0
    case .float32(let values): values[index] == 0
    case .int64, .int32, .int8: whole(index) == 0
    case .written(let numbers): numbers[index].isZero
    }
  }

  /// Appends the number of an index as a model's file writes it; false for what is not finite.
  func append(_ index: Int, _ decimals: Decimals, to text: inout String) -> Bool {
    switch elements {
    case .float64(let values): return Self.append(values[index], decimals, to: &text)
    case .float32(let values): return Self.append(values[index], decimals, to: &text)
    case .int64, .int32, .int8: text += String(whole(index) ?? 0)
    case .written(let numbers):
      let number = numbers[index]
      if decimals != .shortest, !number.isExact, let value = Double(number.text) {
        return Self.append(value, decimals, to: &text)
      }
      JSONText.appendQuoted(number.text, to: &text)
    }
    return true
  }

  /// The number of an index for a message.
  func excerpt(_ index: Int) -> String {
    switch elements {
    case .float64(let values): "\(values[index])"
    case .float32(let values): "\(values[index])"
    case .int64, .int32, .int8: "\(whole(index) ?? 0)"
    case .written(let numbers): numbers[index].text
    }
  }

  private static func append<Number: BinaryFloatingPoint & LosslessStringConvertible>(
    _ value: Number, _ decimals: Decimals, to text: inout String
  ) -> Bool {
    guard value.isFinite else { return false }
    switch decimals {
    case .shortest: text += value.description
    case .exact: text += ExactNumber(exactly: Double(value))?.json ?? "0"
    case .simplest: text += ExactNumber(simplest: value)?.json ?? "0"
    }
    return true
  }
}

extension NumberArray {
  /// The numbers in float64.
  ///
  /// - Throws: ``CallFailure`` for the first that is not finite.
  func finite(named name: String) throws(CallFailure) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for index in 0..<count {
      let number: Double? =
        switch elements {
        case .float64(let values): values[index]
        case .float32(let values): Double(values[index])
        case .int64, .int32, .int8: whole(index).map { Double($0) }
        case .written(let numbers):
          (try? ExactNumber(parsing: numbers[index].text))?.approximation
        }
      guard let number, number.isFinite else {
        throw CallFailure(
          "\(name)[\(index)]: found \(excerpt(index)); expected a finite number", .badData)
      }
      numbers.append(number)
    }
    return numbers
  }
}
