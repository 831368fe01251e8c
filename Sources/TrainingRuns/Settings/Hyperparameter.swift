internal import MonotoneFiles
package import NeuralTRPO

/// One property of a training configuration, as files and command lines name it.
///
/// The one list from which a configuration is read, checked, written and explained.
package struct Hyperparameter: Sendable {
  /// A value as it stands in a file or on a command line.
  package enum Value: Sendable, Equatable {
    case number(Double)
    case flag(Bool)
    case text(String)
    case numbers([Double])
    /// Left to the environment, or switched off.
    case null
  }

  /// The key in a file.
  package let name: String
  /// The option's name, without its dashes: the key in kebab case, unless that is not the field's word.
  package private(set) var option: String
  /// The meaning in a sentence.
  package let summary: String
  /// The valid values in words, for messages.
  package let expected: String
  /// The value in a configuration.
  package let read: @Sendable (TrainingConfiguration) -> Value
  private let set: @Sendable (inout TrainingConfiguration, Value) -> Bool
  /// Whether a checkpoint may lack it, and has the default then.
  package private(set) var mayBeAbsent = false
  /// The words that a value may be.
  package private(set) var words: [String] = []

  /// Puts a value into a configuration.
  ///
  /// - Throws: ``Fault`` if it is not what ``expected`` says.
  package func write(
    _ value: Value, into configuration: inout TrainingConfiguration
  ) throws(Fault) {
    guard set(&configuration, value) else { throw Fault(found: value, expected: expected) }
  }

  /// A value that a hyper-parameter may not take.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    package var found: Value
    package var expected: String
    package var description: String { "found \(found); expected \(expected)" }
  }

  /// The hyper-parameter of a name.
  package static func named(_ name: String) -> Hyperparameter? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private init(
    name: String, summary: String, expected: String,
    read: @escaping @Sendable (TrainingConfiguration) -> Value,
    set: @escaping @Sendable (inout TrainingConfiguration, Value) -> Bool, words: [String] = []
  ) {
    self.name = name
    option = name.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
    self.summary = summary
    self.expected = expected
    self.read = read
    self.set = set
    self.words = words
  }

  /// The hyper-parameter as one that builds before it did not know, and whose default is what they did.
  func addedLater() -> Hyperparameter {
    var later = self
    later.mayBeAbsent = true
    return later
  }

  /// The hyper-parameter under another name on the command line.
  func called(_ option: String) -> Hyperparameter {
    var renamed = self
    renamed.option = option
    return renamed
  }
}

extension Hyperparameter.Value: CustomStringConvertible {
  /// The value as JSON.
  package var description: String {
    switch self {
    case .number(let number): Self.text(number)
    case .flag(let flag): "\(flag)"
    case .text(let text): "\"\(text)\""
    case .numbers(let numbers): "[\(numbers.map(Self.text).joined(separator: ", "))]"
    case .null: "null"
    }
  }

  private static func text(_ number: Double) -> String {
    number.magnitude < 0x1p53 ? Int(exactly: number).map(String.init) ?? "\(number)" : "\(number)"
  }
}

extension Hyperparameter {
  typealias Property<T> = any WritableKeyPath<TrainingConfiguration, T> & Sendable

  /// A number in a range.
  static func number(
    _ name: String, _ property: Property<Double>, _ expected: String, _ summary: String,
    where isValid: @escaping @Sendable (Double) -> Bool
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, summary: summary, expected: expected,
      read: { .number($0[keyPath: property]) },
      set: {
        guard case .number(let value) = $1, value.isFinite, isValid(value) else { return false }
        $0[keyPath: property] = value
        return true
      })
  }

  /// A number of a closed range.
  static func number(
    _ name: String, _ property: Property<Double>, _ range: ClosedRange<Double>, _ summary: String
  ) -> Hyperparameter {
    number(
      name, property, "a number from \(text(range.lowerBound)) to \(text(range.upperBound))",
      summary
    ) { range.contains($0) }
  }

  /// A bound, as people write it.
  private static func text(_ bound: Double) -> String {
    bound.magnitude < 1e7 ? Int(exactly: bound).map(String.init) ?? "\(bound)" : "\(bound)"
  }

  /// A bound, as people write it: powers of two that leave room for the index of a row by their name.
  private static func text(_ bound: Int) -> String { bound == 1 << 53 ? "2⁵³" : "\(bound)" }

  /// A number, or null.
  static func optional(
    _ name: String, _ property: Property<Double?>, _ summary: String
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, summary: summary, expected: "a number or null",
      read: { $0[keyPath: property].map(Value.number) ?? .null },
      set: {
        switch $1 {
        case .null: $0[keyPath: property] = nil
        case .number(let value) where value.isFinite: $0[keyPath: property] = value
        default: return false
        }
        return true
      })
  }

  /// An integer of a range, whose ends are no larger than a Double counts to.
  static func count(
    _ name: String, _ property: Property<Int>, _ range: ClosedRange<Int>,
    _ summary: String
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, summary: summary,
      expected: "an integer from \(range.lowerBound) to \(text(range.upperBound))",
      read: { .number(Double($0[keyPath: property])) },
      set: {
        guard let value = integer($1), range.contains(value) else { return false }
        $0[keyPath: property] = value
        return true
      })
  }

  /// A positive integer, or null.
  static func optional(
    _ name: String, _ property: Property<Int?>, upTo most: Int, _ summary: String
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, summary: summary, expected: "a positive integer up to \(most), or null",
      read: { $0[keyPath: property].map { .number(Double($0)) } ?? .null },
      set: {
        if $1 == .null {
          $0[keyPath: property] = nil
          return true
        }
        guard let value = integer($1), (1...most).contains(value) else { return false }
        $0[keyPath: property] = value
        return true
      })
  }

  private static func integer(_ value: Value) -> Int? {
    guard case .number(let number) = value, number.magnitude <= 0x1p53 else { return nil }
    return Int(exactly: number)
  }

  /// True or false.
  static func flag(
    _ name: String, _ property: Property<Bool>, _ summary: String
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, summary: summary, expected: "true or false",
      read: { .flag($0[keyPath: property]) },
      set: {
        guard case .flag(let value) = $1 else { return false }
        $0[keyPath: property] = value
        return true
      })
  }

  /// Widths of hidden layers, maybe none.
  static func widths(
    _ name: String, _ property: Property<[Int]>, _ summary: String
  ) -> Hyperparameter {
    Hyperparameter(
      name: name, summary: summary,
      expected: "widths from 1 to 65536, at most 16 of them, with commas between: 64,64",
      read: { .numbers($0[keyPath: property].map(Double.init)) },
      set: {
        guard case .numbers(let values) = $1, values.count <= 16 else { return false }
        let widths = values.compactMap { Int(exactly: $0) }
        guard widths.count == values.count, widths.allSatisfy({ (1...65536).contains($0) }) else {
          return false
        }
        $0[keyPath: property] = widths
        return true
      })
  }

  /// Convolutions, maybe none.
  static func convolutions(
    _ name: String, _ property: Property<[Convolution]>, _ summary: String
  ) -> Hyperparameter {
    let most = 8
    return Hyperparameter(
      name: name, summary: summary,
      expected: "at most \(most) convolutions, FILTERSxKERNELsSTRIDE with commas between, or none: "
        + "16x4s2,16x4s2",
      read: {
        let convolutions = $0[keyPath: property].map(\.description)
        return .text(convolutions.isEmpty ? "none" : convolutions.joined(separator: ","))
      },
      set: {
        guard case .text(let text) = $1 else { return false }
        let words =
          text == "none" ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        let convolutions = words.compactMap { Convolution(String($0)) }
        guard convolutions.count == words.count, words.count <= most else { return false }
        $0[keyPath: property] = convolutions
        return true
      })
  }

  /// One of some words.
  static func choice<T: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ property: Property<T>, _ summary: String
  ) -> Hyperparameter {
    let quoted = T.allCases.map { "\"\($0.rawValue)\"" }
    let words = [quoted.dropLast().joined(separator: ", ")] + quoted.suffix(1)
    return Hyperparameter(
      name: name, summary: summary, expected: words.joined(separator: " or "),
      read: { .text($0[keyPath: property].rawValue) },
      set: {
        guard case .text(let word) = $1, let value = T(rawValue: word) else { return false }
        $0[keyPath: property] = value
        return true
      }, words: T.allCases.map(\.rawValue))
  }
}
