import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

/// States cool, warm and "over heated", which is terminal; warm offers slow only.
@Suite("Reading batches")
struct BatchReaderTests {
  static func text(
    states: String = #"["cool", 1, 0]"#, actions: String = #"["fast", "slow", 0]"#,
    advantages: String = "[0.5, -1, 1e-1]", more: String = ""
  ) -> String {
    """
    {"schema": "monotone/batch/v1",
     "states": \(states),
     "actions": \(actions),
     "advantages": \(advantages)\(more.isEmpty ? "" : ",\n \(more)")}
    """
  }

  private func read(_ text: String) throws -> SampleBatch {
    try BatchReader.read(InputBytes(text, name: "batch.json"), for: PolicyReaderTests.model())
  }

  @Test("Names and places, with and without what is optional")
  func forms() throws {
    let plain = try read(Self.text())
    #expect(plain.states == [0, 1, 0] && plain.pairs == [1, 2, 0])
    #expect(plain.advantages == [0.5, -1, 0.1])
    #expect(plain.weights == [1, 1, 1] && plain.trajectories == [0, 1, 2])
    let full = try read(
      Self.text(
        states: #"["c\u006fol", 1.0, 0e0]"#, advantages: #"["1/2", -1, "1e-1"]"#,
        more: #""mdp": "racing", "weights": [0, 2, "1/4"], "trajectories": [7, 7, 3]"#))
    #expect(full.states == plain.states && full.pairs == plain.pairs)
    #expect(full.advantages == plain.advantages)
    #expect(full.weights == [0, 2, 0.25] && full.trajectories == [0, 0, 1])
  }

  static let cases: [(String, [Expected])] = [
    (
      text(states: #"["cool", ▶3, ▶"wram"]"#),
      [
        .value("$.states[1]", "unknown state 3; the states are 0 to 2"),
        .value("$.states[2]", "unknown state \"wram\""),
      ]
    ),
    (
      text(states: #"["cool", ▶-1, ▶0.5]"#),
      [.value("$.states[1]", "unknown state -1"), .value("$.states[2]", "unknown state 0.5")]
    ),
    (
      text(states: #"["cool", ▶2, ▶"over heated"]"#),
      [
        .value("$.states[1]", "state \"over heated\" is terminal"),
        .value("$.states[2]", "leave the row out"),
      ]
    ),
    (
      text(actions: #"["fast", ▶"fast", ▶2]"#),
      [
        .value("$.actions[1]", "action \"fast\" is not available in state \"warm\""),
        .value("$.actions[2]", "unknown action 2; the actions are 0 to 1"),
      ]
    ),
    (
      text(states: "[▶null, 1, 0]", actions: "[0, 0, ▶[0]]"),
      [
        .schema("$.states[0]", "found null; expected the name of one of the states"),
        .schema("$.actions[2]", "found an array; expected the name of one of the actions"),
      ]
    ),
    (
      text(actions: "▶[0, 0]", advantages: "▶[1, 2, 3, 4]", more: #""weights": ▶[]"#),
      [
        .schema("$.actions", "found 2 actions; expected 3, one for each of the states"),
        .schema("$.advantages", "found 4 advantages; expected 3"),
        .schema("$.weights", "found 0 weights; expected 3"),
      ]
    ),
    (
      text(states: "▶[]", actions: "[]", advantages: "[]"),
      [.value("$.states", "no rows; expected at least one")]
    ),
    (
      text(advantages: #"[▶"NaN", ▶"1e999", ▶true]"#),
      [
        .value("$.advantages[0]", "not a number"),
        .value("$.advantages[1]", "more than float64 can hold"),
        .schema("$.advantages[2]", "expected a number"),
      ]
    ),
    (
      text(more: #""weights": [1, ▶-0.5, ▶"x"], "trajectories": [0, ▶-1, ▶1.5]"#),
      [
        .value("$.weights[1]", "found -0.5; a weight must not be negative"),
        .value("$.weights[2]", "not a number"),
        .value("$.trajectories[1]", "found -1; expected the number of a trajectory"),
        .value("$.trajectories[2]", "found 1.5"),
      ]
    ),
    (text(more: #""weights": ▶[0, 0, 0]"#), [.value("$.weights", "every weight is 0")]),
    (
      text(more: #""weights": ▶[1e308, 1e308, 1e308]"#),
      [.value("$.weights", "more than float64 can hold")]
    ),
    (
      text(states: "▶\"cool\"", more: #""trajectories": ▶null"#),
      [
        .schema("$.states", "found \"cool\"; expected an array"),
        .schema("$.trajectories", "found null; expected an array"),
      ]
    ),
    (
      text(more: #""mdp": ▶"taxi""#),
      [.value("$.mdp", "a batch for the MDP \"taxi\"; expected one for \"racing\"")]
    ),
    (text(more: #"▶"returns": []"#), [.schema("$.returns", "unknown key \"returns\"")]),
    (
      #"▶{"schema": "monotone/batch/v1", "states": [0], "actions": [0]}"#,
      [.schema("$", "\"advantages\" is missing")]
    ),
    (
      #"{"schema": ▶"monotone/policy/v1", "states": [0]}"#,
      [.schema("$.schema", "this is a policy, expected a batch")]
    ),
  ]

  @Test("Faults, each in its place and none beside", arguments: cases.indices)
  func faulty(_ index: Int) {
    let (text, expected) = Self.cases[index]
    let marked = MarkedText(text)
    expect(faults { _ = try read(marked.text) }, at: marked.places, expected)
    // `validate --mdp` finds the same.
    let validation = (try? PolicyReaderTests.model()).map {
      Validator.validate(InputBytes(marked.text, name: "batch.json"), against: $0)
    }
    if validation?.schema == .batch {
      expect(validation?.faults ?? [], at: marked.places, expected)
    }
  }

  @Test("Without its model")
  func alone() {
    func faults(_ text: String) -> [Fault] {
      Validator.validate(InputBytes(text, name: "batch.json")).faults
    }
    #expect(faults(Self.text(states: #"["a", 12, "over heated"]"#)).isEmpty)
    #expect(faults(Self.text(states: #"["a", -1, 0]"#)).map(\.path) == ["$.states[1]"])
    #expect(
      faults(Self.text(advantages: "[1, 2]", more: #""weights": [0, 0, 0]"#)).map(\.path) == [
        "$.advantages", "$.weights",
      ])
  }

  @Test("In a line, beside the policy that it led to")
  func line() throws {
    func read(_ batch: String) throws -> PolicyLine {
      let line = try PolicyLine(
        InputBytes(
          "{\"probabilities\": [[0.5, 0.5], [1, 0], null], \"batch\": \(batch)}", name: "l"),
        for: PolicyReaderTests.model())
      // The policy is good all the same.
      if let fault = line.batchFault { throw fault }
      return line
    }
    #expect(try read("null").batch == nil)
    let line = try read(#"{"states": ["cool", 1], "actions": [1, 0], "advantages": [2, 3]}"#)
    #expect(line.batch == SampleBatch(states: [0, 1], pairs: [1, 2], advantages: [2, 3]))
    let marked = MarkedText(
      #"▶{"states": [▶9], "actions": [0], "weights": [1], ▶"weights": [2], ▶"a": {"b": [1]}}"#)
    let offset = #"{"probabilities": [[0.5, 0.5], [1, 0], null], "batch": "#.count
    let places = marked.places.map { "1:\(offset + (Int($0.split(separator: ":")[1]) ?? 0))" }
    expect(
      faults { _ = try read(marked.text) }, at: places,
      [
        .schema("$.batch", "\"advantages\" is missing"),
        .value("$.batch.states[0]", "unknown state"),
        .schema("$.batch.weights", "twice"), .schema("$.batch.a", "unknown key"),
      ])
    #expect(faults { _ = try read("[1]") }.map(\.path) == ["$.batch"])
    #expect(
      faults { _ = try read(#"{"schema": "monotone/mdp/v1"}"#) }.map(\.path) == ["$.batch.schema"])
  }

  private func array(_ file: NPYFile) throws -> SampleBatch {
    try BatchReader.read(
      InputBytes(file.bytes, name: "batch.npy"), for: PolicyReaderTests.model())
  }

  @Test("NumPy arrays of three to five columns", arguments: ["<f8", ">f4"])
  func arrays(_ type: String) throws {
    let descr = "'\(type)'"
    let plain = try array(
      NPYFile(descr: descr, shape: "(2, 3)", values: [0, 1, 0.5, 1, 0, -2]))
    #expect(plain == SampleBatch(states: [0, 1], pairs: [1, 2], advantages: [0.5, -2]))
    let full = try array(
      NPYFile(
        descr: descr, order: "True", shape: "(2, 5)", values: [0, 1, 1, 0, 0.5, -2, 0.25, 0, 4, 4]))
    #expect(
      full
        == SampleBatch(
          states: [0, 1], pairs: [1, 2], advantages: [0.5, -2], weights: [0.25, 0],
          trajectories: [4, 4]))
  }

  static let arrayCases: [([Double], Int, [(index: Int, words: String)])] = [
    ([0.5, 1, 1, 3, 0, 1], 3, [(0, "found 0.5; expected a state, 0 to 2"), (3, "found 3.0")]),
    ([2, 0, 1, -1, 0, 1], 3, [(0, "is terminal"), (3, "found -1.0")]),
    ([1, 1, 1, 0, 2, 1], 3, [(1, "not available in state"), (4, "expected an action, 0 to 1")]),
    (
      [0, 0, .nan, 0, 0, .infinity], 3,
      [(2, "found nan; expected a finite number"), (5, "found inf")]
    ),
    ([.nan, .infinity, 0], 3, [(0, "found nan; expected a state")]),
    ([0, 0, 1, -1, 0, 0, 1, .nan], 4, [(3, "must not be negative"), (7, "finite")]),
    ([0, 0, 1, 0, 0, 0, 1, 0], 4, [(3, "every weight is 0")]),
    ([0, 0, 1, 1, -1, 0, 0, 1, 1, 0.5], 5, [(4, "number of a trajectory"), (9, "found 0.5")]),
  ]

  @Test("Faults of arrays, with their place", arguments: arrayCases.indices)
  func faultyArrays(_ index: Int) {
    let (values, columns, expected) = Self.arrayCases[index]
    let file = NPYFile(shape: "(\(values.count / columns), \(columns))", values: values)
    expect(
      faults { _ = try array(file) }, at: expected.map { "1:\(128 + 8 * $0.index + 1)" },
      expected.map { .value("$[\($0.index / columns)][\($0.index % columns)]", $0.words) })
  }

  @Test("Broken arrays", arguments: ["(0, 3)", "(3, 2)", "(1, 6)", "(6,)"])
  func brokenArrays(_ shape: String) {
    let found = faults {
      _ = try array(
        NPYFile(shape: shape, values: shape == "(0, 3)" ? [] : .init(repeating: 0, count: 6)))
    }
    #expect(found.count == 1 && found.first?.kind == .schema)
    #expect(found.first?.message.contains("expected (rows, 3 to 5): state, action") ?? false)
  }
}
