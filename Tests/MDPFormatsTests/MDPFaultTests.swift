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

  static let schemaCases: [Case] = [
    Case(
      ["name": nil, "discount": nil], .schema("$", "\"name\" is missing"),
      .schema("$", "\"discount\" is missing")),
    Case(
      ["schema": "▶\"monotone/mdp/v2\""], .schema("$.schema", "\"monotone/mdp/v2\"; this version")),
    Case(["schema": "▶\"monotone/policy/v1\""], .schema("$.schema", "a policy, expected an MDP")),
    Case(["schema": "▶1", "discount": "true"], .schema("$.schema", "found 1; expected")),
    Case(["name": "▶7"], .schema("$.name", "found 7; expected a string")),
    Case(["description": "▶null"], .schema("$.description", "found null; expected a string")),
    Case(["discount": "▶null"], .schema("$.discount", "found null; expected a number")),
    Case(["discount": "▶[0.9]"], .schema("$.discount", "found an array; expected a number")),
    Case(["states": "▶\"cool\""], .schema("$.states", "an array of names, or a count")),
    Case(
      ["states": "[\"cool\", \"warm\", ▶3, \"over heated\"]"],
      .schema("$.states[2]", "found 3; expected a name")),
    Case(["initial": "▶1"], .schema("$.initial", "expected an object of probabilities")),
    Case(
      ["initial": "{\"cool\": ▶true}"], .schema("$.initial.cool", "found true; expected a number")),
    Case(
      ["initial": "{\"cool\": 0.5, ▶\"cool\": 0.5}"], .schema("$.initial.cool", "stands here twice")
    ),
    Case(
      ["initial": #"{"cool": 0.5, ▶"\u0063ool": 0.5}"#],
      .schema("$.initial.cool", "stands here twice")),
    Case(
      ["initial": "▶[1, 0]"],
      .schema("$.initial", "found 2 entries; expected 3, one for each state")),
    Case(["initial": "▶[1, 0, 0, 0]"], .schema("$.initial", "found 4 entries; expected 3")),
    Case(["terminal": "▶{}"], .schema("$.terminal", "expected an array of state names")),
    Case(
      ["terminal": "[\"over heated\", ▶2]"], .schema("$.terminal[1]", "found 2; expected the name")),
    Case(["transitions": "▶{}"], .schema("$.transitions", "expected an array")),
    Case(
      ["extra": "{\"a\": {}}"],
      .schema("$.extra", "unknown key \"extra\"; the keys here are schema")),
    Case(
      transitions(#"▶{"from": "cool", "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0]", "\"action\" is missing")),
    Case(
      transitions(#"▶{"action": "slow", "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0]", "\"from\" is missing")),
    Case(
      transitions(#"▶{"from": "cool", "action": "slow"}"#, loop),
      .schema("$.transitions[0]", "\"to\" is missing")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}, ▶"rewards": 1}"#, loop),
      .schema("$.transitions[0].rewards", "unknown key \"rewards\"; the keys here are from")),
    Case(
      transitions(#"{"from": "cool", ▶"from": "x", "action": "slow", "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0].from", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}, ▶"to": 3}"#, loop),
      .schema("$.transitions[0].to", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 0.5, ▶"cool": 0.5}}"#, loop),
      .schema("$.transitions[0].to.cool", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 0, ▶"cool": 1}}"#, loop),
      .schema("$.transitions[0].to.cool", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": ▶[1, 0, 0]}"#, loop),
      .schema("$.transitions[0].to", "expected an object of probabilities")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": ▶[1]}"#, loop),
      .schema("$.transitions[0].reward", "expected a number, or an object")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": {"cool": 1, ▶"cool": 2}}"#,
        loop),
      .schema("$.transitions[0].reward.cool", "stands here twice")),
    Case(
      transitions(#"{"from": "cool", "action": ▶1, "to": {"cool": 1}}"#, loop),
      .schema("$.transitions[0].action", "found 1; expected the name of one of the actions")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#, loop, "▶[[1]]"),
      .schema("$.transitions[2]", "expected an object with the keys from")),
    Case(["rewards": "▶\"none\""], .schema("$.rewards", "expected an object of rewards by state")),
    Case(
      ["rewards": "▶[[1, 2], [1, 2], null]"], .schema("$.rewards", "belong to dense transitions")),
    Case(["rewards": "▶[1, 2]"], .schema("$.rewards", "found 2 entries; expected 3")),
    Case(["rewards": "[1, ▶null, null]"], .schema("$.rewards[1]", "found null; expected a number")),
    Case(
      ["rewards": "{\"cool\": 1, ▶\"cool\": 1}"], .schema("$.rewards.cool", "stands here twice")),
    Case(["features": "▶{}"], .schema("$.features", "expected an array of feature vectors")),
    Case(["features": "▶[[1], [2]]"], .schema("$.features", "found 2 feature vectors; expected 3")),
    Case(
      ["features": "[[1, 2], ▶[3], [4, 5]]"],
      .schema("$.features[1]", "found 1 features; expected 2")),
    Case(["features": "[▶[], [1], [2]]"], .schema("$.features[0]", "found 0 features")),
    Case(["features": "[[1], ▶2, [3]]"], .schema("$.features[1]", "expected an array of numbers")),
  ]

  static let valueCases: [Case] = [
    Case(["name": "▶\"\""], .value("$.name", "empty")),
    Case(["discount": "▶1"], .value("$.discount", "1 is not in [0, 1)")),
    Case(["discount": "▶-0.5"], .value("$.discount", "-0.5 is not in [0, 1)")),
    Case(["discount": "▶\"NaN\""], .value("$.discount", "\"NaN\" is not a number")),
    Case(["discount": "▶\"1/0\""], .value("$.discount", "the denominator is zero")),
    Case(["discount": "▶\"\""], .value("$.discount", "expected an integer")),
    Case(["discount": "▶1e999999999"], .value("$.discount", "exponent is beyond ±10000")),
    Case(["discount": "▶\"1e-10001\""], .value("$.discount", "exponent is beyond ±10000")),
    Case(["states": "▶[]"], .value("$.states", "no state")),
    Case(["actions": "▶[]"], .value("$.actions", "no action")),
    Case(["states": "▶0"], .value("$.states", "not a count")),
    Case(["states": "▶-3"], .value("$.states", "not a count")),
    Case(["states": "▶2.5"], .value("$.states", "not a count")),
    Case(
      ["states": "[\"cool\", \"warm\", \"over heated\", ▶\"cool\"]"],
      .value("$.states[3]", "state \"cool\" is named twice")),
    Case(
      ["states": #"["cool", "warm", "over heated", ▶"\u0063ool"]"#],
      .value("$.states[3]", "named twice")),
    Case(
      ["states": "[\"cool\", ▶\"\", \"warm\", \"over heated\"]"],
      .value("$.states[1]", "the name is empty")),
    Case(
      ["actions": "[\"slow\", \"fast\", ▶\"fast\"]"],
      .value("$.actions[2]", "action \"fast\" is named twice")),
    Case(
      [
        "states": "▶[\"cool\", \"warm\", \"over heated\", \"é\", \"e\u{301}\"]",
        "terminal": "[\"over heated\", \"é\", \"e\u{301}\"]",
      ],
      .value("$.states", "the same text to Unicode")),
    Case(["initial": "{▶\"hot\": 1}"], .value("$.initial.hot", "unknown state \"hot\"")),
    Case(["initial": "▶{\"cool\": 0.9}"], .value("$.initial", "sum to 0.9, not to 1")),
    Case(["initial": "▶{}"], .value("$.initial", "sum to 0, not to 1")),
    Case(
      ["initial": "{\"cool\": 1.5, \"warm\": ▶-0.5}"],
      .value("$.initial.warm", "must not be negative")),
    Case(["initial": "{\"cool\": ▶\"inf\"}"], .value("$.initial.cool", "\"inf\" is not a number")),
    Case(["initial": "▶[0.5, 0.4, 0]"], .value("$.initial", "sum to 0.9, not to 1")),
    Case(["initial": "[1, 0, ▶\"x\"]"], .value("$.initial[2]", "\"x\" is not a number")),
    Case(
      ["initial": "▶{\"cool\": 1.0000000010000000001}"],
      .value("$.initial", "sum to about 1.000000001")),
    Case(
      ["terminal": "[\"over heated\", ▶\"hot\"]"], .value("$.terminal[1]", "unknown state \"hot\"")),
    Case(
      ["terminal": "[\"over heated\", ▶\"over heated\"]"], .value("$.terminal[1]", "listed twice")),
    Case(
      [
        "terminal": nil,
        "transitions":
          "▶[{\"from\": \"cool\", \"action\": \"slow\", \"to\": {\"cool\": 1}},\(loop)]",
      ],
      .value("$.transitions", "state \"over heated\" has no action")),
    Case(
      ["transitions": "▶▶[]"], .value("$.transitions", "\"cool\" has no action"),
      .value("$.transitions", "\"warm\" has no action")),
    Case(
      transitions(#"{"from": ▶"hot", "action": "slow", "to": {"cool": 1}}"#, loop),
      .value("$.transitions[0].from", "unknown state \"hot\"")),
    Case(
      transitions(#"{"from": "cool", "action": ▶"go", "to": {"cool": 1}}"#, loop),
      .value("$.transitions[0].action", "unknown action \"go\"")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {▶"hot": 0.5, "cool": 0.5}}"#, loop),
      .value("$.transitions[0].to.hot", "unknown state \"hot\"")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": ▶{"warm": 0.5, "cool": 0.4}}"#, loop),
      .value("$.transitions[0].to", "sum to 0.9, not to 1")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": ▶{"warm": "1/3", "cool": "1/3"}}"#, loop),
      .value("$.transitions[0].to", "sum to 2/3, not to 1")),
    Case(
      transitions(#"{"from": "cool", "action": "slow", "to": {"warm": ▶-1, "cool": 2}}"#, loop),
      .value("$.transitions[0].to.warm", "must not be negative")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"over heated": ▶"x", "cool": 1}}"#, loop),
      .value("$.transitions[0].to[\"over heated\"]", "\"x\" is not a number")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": ▶"1//2"}"#, loop),
      .value("$.transitions[0].reward", "not a number")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": {▶"hot": 1}}"#, loop),
      .value("$.transitions[0].reward.hot", "unknown state \"hot\"")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "to": {"cool": 1}, "reward": {▶"warm": 1}}"#, loop),
      .value("$.transitions[0].reward.warm", "to which the row does not lead")),
    Case(
      transitions(
        #"{"from": "cool", "action": "slow", "reward": {▶"warm": 1}, "to": {"cool": 1}}"#, loop),
      .value("$.transitions[0].reward.warm", "to which the row does not lead")),
    Case(
      transitions(loop, #"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#, "▶" + loop),
      .value("$.transitions[2]", "action \"slow\" of state \"warm\" is given twice")),
    Case(
      transitions(
        loop, "▶" + loop, "▶" + loop, #"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#),
      .value("$.transitions[1]", "given twice"), .value("$.transitions[2]", "given twice")),
    Case(
      transitions(
        loop, #"{"from": "cool", "action": "slow", "to": {"cool": 1}}"#,
        #"{"from": ▶"over heated", "action": "slow", "to": {"cool": 1}}"#),
      .value("$.transitions[2].from", "move their rewards onto the transitions into it")),
    Case(
      ["rewards": "{\"over heated\": ▶5}"],
      .value("$.rewards[\"over heated\"]", "move it onto the transitions into it")),
    Case(
      ["rewards": "[1, 2, ▶\"1/2\"]"],
      .value("$.rewards[2]", "move it onto the transitions into it")),
    Case(["rewards": "{▶\"hot\": 1}"], .value("$.rewards.hot", "unknown state \"hot\"")),
    Case(["features": "[[1], [2], [▶\"a\"]]"], .value("$.features[2][0]", "not a number")),
  ]

  static let denseCases: [Case] = [
    Case(
      ["transitions": "▶[[[1, 0, 0], null], [[0, 1, 0], null]]"], dense: true,
      .schema("$.transitions", "found 2 entries; expected 3, one for each state")),
    Case(
      ["transitions": "[▶[[1, 0, 0]], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0]", "found 1 entries; expected 2, one for each action")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶[null], null]"], dense: true,
      .schema("$.transitions[1]", "found 1 entries; expected 2, one for each action")),
    Case(
      ["transitions": "[[[1, 0, 0], ▶[1, 0]], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0][1]", "found 2 entries; expected 3, one for each state")),
    Case(
      ["transitions": "[[[1, 0, 0], ▶0.5], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0][1]", "found 0.5; expected an array")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶\"x\", null]"], dense: true,
      .schema("$.transitions[1]", "expected the rows of a state")),
    Case(
      ["transitions": "[[[1, ▶null, 0], null], [[0, 1, 0], null], null]"], dense: true,
      .schema("$.transitions[0][0][1]", "found null; expected a number")),
    Case(
      ["transitions": "[[[1, 0, 0], ▶[0, 0, 0]], [[0, 1, 0], null], null]"], dense: true,
      .value("$.transitions[0][1]", "sum to 0, not to 1")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶null, null]"], dense: true,
      .value("$.transitions[1]", "state \"warm\" has no action")),
    Case(
      ["transitions": "[[[1, 0, 0], null], ▶[null, null], null]"], dense: true,
      .value("$.transitions[1]", "state \"warm\" has no action")),
    Case(
      ["transitions": "[[[1, 0, 0], null], [[0, 1, 0], null], ▶[[0, 0, 1], null]]"], dense: true,
      .value("$.transitions[2]", "is terminal and has no transitions")),
    Case(
      ["rewards": "[[1, 2], [3, ▶4], null]"], dense: true,
      .value("$.rewards[1][1]", "action \"fast\", which state \"warm\" does not offer")),
    Case(
      ["rewards": "[[1, 2], [3, null], [0, ▶4]]"], dense: true,
      .value("$.rewards[2][1]", "the terminal state \"over heated\" has a reward")),
    Case(
      ["rewards": "[[1, ▶null], [3, null], null]"], dense: true,
      .schema("$.rewards[0][1]", "found null; expected rewards")),
    Case(
      ["rewards": "[▶null, [3, null], null]"], dense: true,
      .schema(
        "$.rewards[0]", "found null; expected rewards, because state \"cool\" is not terminal")),
    Case(
      ["rewards": "[[1, 2], ▶5, null]"], dense: true,
      .schema("$.rewards[1]", "found 5; expected an array")),
    Case(
      ["rewards": "[1, ▶[5], null]"], dense: true,
      .schema("$.rewards[1]", "found an array; expected a number")),
    Case(
      ["rewards": "[[1, 2], ▶[3], null]"], dense: true,
      .schema("$.rewards[1]", "found 1 entries; expected 2")),
    Case(
      ["rewards": "▶[[1, 2], [3, 0]]"], dense: true,
      .schema("$.rewards", "found 2 entries; expected 3")),
    Case(
      ["rewards": "[[[1, 2, 3], ▶[1, 2]], [[1, 0, 0], null], null]"], dense: true,
      .schema("$.rewards[0][1]", "found 2 entries; expected 3")),
    Case(
      ["rewards": "[[[1, 2, 3], [1, 2, 3]], [[1, 0, 0], [0, ▶1, 1]], null]"], dense: true,
      .value("$.rewards[1][1][1]", "does not offer")),
  ]

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
