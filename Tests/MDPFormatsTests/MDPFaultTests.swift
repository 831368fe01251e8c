import TestSupport
import Testing

@testable import MDPFormats

/// Each fault of an MDP file with its kind, line, column and path; nothing else reported with it.
@Suite("Faults of MDP files")
struct MDPFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let changes: [String: String?]
    let isDense: Bool
    let expected: [Expected]

    init(_ changes: [String: String?], dense: Bool = false, _ expected: Expected...) {
      self.changes = changes
      isDense = dense
      self.expected = expected
    }

    var testDescription: String { expected.map(\.testDescription).joined(separator: "; ") }
  }

  static func transitions(_ rows: String...) -> [String: String?] {
    ["transitions": "[\n    \(rows.joined(separator: ",\n    "))\n  ]"]
  }

  static let loop = #"{"from": "warm", "action": "slow", "to": {"warm": 1}}"#

  @Test("Wrong shape", arguments: schemaCases)
  func schema(_ test: Case) { check(test) }

  @Test("Right shape, inadmissible value", arguments: valueCases)
  func value(_ test: Case) { check(test) }

  @Test("Dense arrays", arguments: denseCases)
  func dense(_ test: Case) { check(test) }

  private func check(_ test: Case) {
    let marked = MarkedText(
      test.isDense ? denseText(test.changes) : mdpText(test.changes))
    let found = faults { _ = try readMDP(marked.text) }
    var places = marked.places
    // Missing keys are faults of the whole file, unknown ones of their own key.
    if places.isEmpty {
      places = test.changes["extra"] == nil ? ["1:1", "1:1"] : ["11:3"]
      let extraLine = marked.text.split(separator: "\n").firstIndex { $0.contains("\"extra\"") }
      if let extraLine { places = ["\(extraLine + 1):3"] }
    }
    expect(found, at: places, test.expected)
  }

  @Test("The file must be an object", arguments: ["[]", "1", "\"a\"", "null", "true"])
  func notAnObject(_ text: String) {
    expect(
      faults { _ = try readMDP(text) }, at: ["1:1"],
      [.schema("$", "expected an MDP, which is an object")])
  }

  @Test("A key of the file given twice")
  func duplicateKey() {
    let text = mdpText(["rewards": "{}, ▶\"rewards\": 3, ▶\"na\\u006de\": 4"])
    let marked = MarkedText(text)
    expect(
      faults { _ = try readMDP(marked.text) }, at: marked.places,
      [.schema("$.rewards", "stands here twice"), .schema("$.name", "stands here twice")])
  }
}
