import TestSupport
import Testing

@testable import MDPFormats

@Suite("Lists of faults")
struct MDPFaultListTests {
  @Test("All faults of a file, in the order of their places")
  func several() {
    let marked = MarkedText(
      """
      {
        "transitions": [
          {"from": "a", "action": ▶"jump", "to": {"a": 1}},
          {"from": "a", "action": "go", "to": ▶{"a": 0.5, "b": 0.4}},
          {"from": "b", "action": "go", "to": {▶"c": 1}, ▶"note": "é", ▶"worth": 1}
        ],
        "name": ▶7, ▶"colour": "red",
        "initial": {"a": ▶"one"}, "actions": ["go"],
        "states": ["a", "b", ▶"a"],
        "discount": ▶1.5, "schema": "monotone/mdp/v1"
      }
      """)
    expect(
      faults { _ = try readMDP(marked.text) }, at: marked.places,
      [
        .value("$.transitions[0].action", "unknown action \"jump\""),
        .value("$.transitions[1].to", "sum to 0.9"),
        .value("$.transitions[2].to.c", "unknown state \"c\""),
        .schema("$.transitions[2].note", "unknown key"),
        .schema("$.transitions[2].worth", "unknown key"),
        .schema("$.name", "expected a string"),
        .schema("$.colour", "unknown key"),
        .value("$.initial.a", "\"one\" is not a number"),
        .value("$.states[2]", "named twice"),
        .value("$.discount", "not in [0, 1]"),
      ])
  }

  static let single: [(String, [String: String?])] = [
    (
      "an unknown action in a state's only row is not also a state without actions",
      [
        "transitions": """
        [{"from": "cool", "action": ▶"go", "to": {"cool": 1}},
         {"from": "warm", "action": "slow", "to": {"cool": 1}}]
        """
      ]
    ),
    (
      "nor is an unknown state in one",
      [
        "transitions": """
        [{"from": ▶"kool", "action": "slow", "to": {"cool": 1}},
         {"from": "warm", "action": "slow", "to": {"cool": 1}}]
        """
      ]
    ),
    ("missing states are not also unknown ones", ["states": "▶true"]),
    ("missing actions are not also unknown ones", ["actions": "▶{}"]),
    ("an empty list of states", ["states": "▶[]"]),
    (
      "a misspelt terminal state is not also one without actions", ["terminal": "[▶\"overheated\"]"]
    ),
    ("a terminal list of the wrong type", ["terminal": "▶\"over heated\""]),
    ("a broken declaration makes no unknown states", ["states": "[\"cool\", \"warm\", ▶{}]"]),
    (
      "a number that cannot be read says nothing of the sum",
      ["initial": "{\"cool\": ▶\"0,5\", \"warm\": 0.5}"]
    ),
    (
      "an unknown state takes its probability with it",
      ["initial": "{\"cool\": 0.5, ▶\"wram\": 0.5}"]
    ),
    ("a row of the wrong length says nothing of the sum", ["initial": "▶[0.5]"]),
    ("a huge count stops the reading", ["states": "▶10000000000"]),
    ("and so does a huge count of actions", ["actions": "▶10000000000"]),
    ("another schema stops the reading", ["schema": "▶\"monotone/mdp/v9\"", "states": "0"]),
  ]

  @Test("One mistake, one fault", arguments: single)
  func cascades(_ name: String, _ changes: [String: String?]) {
    let marked = MarkedText(mdpText(changes))
    let found = faults { _ = try readMDP(marked.text) }
    #expect(found.map { "\($0.line):\($0.column)" } == marked.places, "\(name): \(found)")
  }

  @Test("One mistake in dense transitions says nothing about rewards")
  func denseCascades() {
    let marked = MarkedText(
      denseText([
        "transitions": "[[[1, 0, 0], ▶\"x\"], [[0, 1, 0], null], null]",
        "rewards": "[[1, 2], [3, null], null]",
      ]))
    let found = faults { _ = try readMDP(marked.text) }
    #expect(found.map { "\($0.line):\($0.column)" } == marked.places, "\(found)")
  }

  @Test("A hundred faults are listed, the rest counted")
  func limit() throws {
    let rows = (0..<250).map { _ in #"{"from": "cool", "action": "slow", "to": {"cool": 2}}"# }
    let text = mdpText(["transitions": "[\(rows.joined(separator: ",\n"))]"])
    do {
      _ = try readMDP(text)
      Issue.record("read")
    } catch {
      #expect(error.faults.count == 100)
      // 250 sums, 249 duplicates, and a state without actions.
      #expect(error.unlisted == 400)
      let lines = error.description.split(separator: "\n")
      #expect(lines.count == 101)
      #expect(lines.first?.hasPrefix("test.json:9:") ?? false)
      #expect(lines.last == "test.json: 400 more faults")
    }
  }

  @Test("Long tokens are cut in messages and paths")
  func excerpts() throws {
    let long = String(repeating: "é", count: 100_000)
    for changes in [
      ["discount": "\"\(long)\""], ["name": long.first.map { _ in "[\"\(long)\"]" }],
      ["initial": "{\"\(long)\": 1}"], ["\(long)": "1"], ["schema": "\"\(long)\""],
      ["states": "[\"\(long)\", \"\(long)\"]"],
      ["discount": String(repeating: "9", count: 100_000)],
    ] as [[String: String?]] {
      let found = faults { _ = try readMDP(mdpText(changes)) }
      #expect(!found.isEmpty)
      for fault in found { #expect(fault.description.utf8.count < 1_000) }
    }
  }

  @Test("Columns count Unicode scalars; carriage returns do not end lines")
  func columns() {
    let marked = MarkedText("{\r\n\"é𝄞\u{301}\": 0, ▶x}")
    expect(
      faults { _ = try readMDP(marked.text) }, at: marked.places, [.syntax("$", "expected a key")])
    #expect(marked.places == ["2:11"])
  }
}
