package import MonotoneFiles
package import Testing

/// A text in which `▶` marks the places where faults are expected, and what is expected there.
package struct MarkedText {
  package let text: String
  /// `line:column` of each mark, in order.
  package let places: [String]

  package init(_ marked: String) {
    var text = ""
    var places: [String] = []
    var (line, column) = (1, 1)
    for scalar in marked.unicodeScalars {
      if scalar == "▶" {
        places.append("\(line):\(column)")
        continue
      }
      text.unicodeScalars.append(scalar)
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    self.text = text
    self.places = places
  }
}

/// A fault that a test expects: its kind, its path, and words of its message.
package struct Expected: Sendable, CustomTestStringConvertible {
  package let kind: Fault.Kind
  package let path: String
  package let words: String

  package static func syntax(_ path: String, _ words: String) -> Self {
    Self(kind: .syntax, path: path, words: words)
  }

  package static func schema(_ path: String, _ words: String) -> Self {
    Self(kind: .schema, path: path, words: words)
  }

  package static func value(_ path: String, _ words: String) -> Self {
    Self(kind: .value, path: path, words: words)
  }

  package var testDescription: String { "\(kind) \(path) \(words)" }
}

/// The faults that an action throws; none if it succeeds.
package func faults(_ action: () throws -> Void) -> [Fault] {
  do {
    try action()
    return []
  } catch let error as InvalidInput {
    return error.faults
  } catch {
    Issue.record("unexpected error: \(error)")
    return []
  }
}

/// Holds faults against marks and expectations, one to one.
package func expect(
  _ found: [Fault], at places: [String], _ expected: [Expected],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    found.map { "\($0.kind) \($0.line):\($0.column) \($0.path)" }
      == zip(expected, places).map { "\($0.kind) \($1) \($0.path)" },
    sourceLocation: sourceLocation)
  #expect(expected.count == places.count, "marks", sourceLocation: sourceLocation)
  for (fault, expected) in zip(found, expected) {
    #expect(
      fault.message.contains(expected.words), "\(fault.message)", sourceLocation: sourceLocation)
    #expect(!fault.message.contains("\n"), sourceLocation: sourceLocation)
  }
}
