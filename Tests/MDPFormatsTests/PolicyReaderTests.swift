import MonotoneArithmetic
import MDPCore
import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Reading policies")
struct PolicyReaderTests {
  static func model() throws -> MDPDocument { try readMDP(denseText()) }

  static func text(_ probabilities: String, mdp: String = "\"racing\"") -> String {
    """
    {"schema": "monotone/policy/v1",
     "mdp": \(mdp),
     "probabilities": \(probabilities)}
    """
  }

  private func read(_ text: String) throws -> PolicyDocument {
    try PolicyReader.read(InputBytes(text, name: "policy.json"), for: Self.model())
  }

  @Test(
    "Objects and arrays",
    arguments: [
      #"{"cool": {"slow": 0.3, "fast": 0.7}, "warm": {"slow": 1}}"#,
      #"{"warm": {"slow": "1", "fast": 0}, "cool": {"fast": "7/10", "slow": 3e-1}, "over heated": {}}"#,
      #"{"over heated": null, "w\u0061rm": {"slow": 1}, "cool": {"f\u0061st": 0.7, "slow": 0.3}}"#,
      #"{"over heated": {"slow": -1, "fast": 1e400}, "warm": {"slow": 1}, "cool": {"fast": 0.7, "slow": 0.3}}"#,
      "[[0.3, 0.7], [1, 0], [0, 0]]", "[[0.3, 0.7], [1, 0], [0.5, \"7/2\"]]",
      "[[0.3, 0.7], [1, 0], null]", "[[0.30, \"7/10\"], [1.0, 0.0], null]",
    ])
  func forms(_ probabilities: String) throws {
    let document = try read(Self.text(probabilities))
    #expect(document.policy.probabilities.map(\.description) == ["3/10", "7/10", "1"])
    #expect(document.normalised.isEmpty)
  }

  @Test("Rows within the tolerance are divided by their sums, and named")
  func normalisation() throws {
    let document = try read(
      Self.text(#"{"cool": {"slow": 0.9999999998, "fast": 0.000000001}, "warm": {"slow": 1}}"#))
    #expect(
      document.policy.probabilities.map(\.description) == ["9999999998/10000000008"]
        .map { _ in (Rational(numerator: 9_999_999_998, denominator: 10_000_000_008)).description }
        + [Rational(numerator: 10, denominator: 10_000_000_008).description, "1"])
    #expect(document.normalised == ["$.probabilities.cool"])
    let array = try read(Self.text("[[0.5, 0.5], [0.9999999999, 0], null]"))
    #expect(array.policy.probabilities.map(\.description) == ["1/2", "1/2", "1"])
    #expect(array.normalised == ["$.probabilities[1]"])
  }

  static let cases: [(String, [Expected])] = [
    (
      text(#"{"cool": {"slow": 1}, "warm": {"slow": 1}}"#, mdp: "▶\"taxi\""),
      [.value("$.mdp", "for the MDP \"taxi\"; expected one for \"racing\"")]
    ),
    (text(#"{"kool": 1}"#, mdp: "▶\"taxi\""), [.value("$.mdp", "\"taxi\"")]),
    (text(#"▶{"cool": {"slow": 1}}"#), [.value("$.probabilities", "state \"warm\" is missing")]),
    (
      text("▶▶{}"),
      [
        .value("$.probabilities", "\"cool\" is missing"),
        .value("$.probabilities", "\"warm\" is missing"),
      ]
    ),
    (
      text(#"{"cool": {"slow": 1}, ▶"wram": {"slow": 1}}"#),
      [.value("$.probabilities.wram", "unknown state \"wram\"")]
    ),
    (
      text(#"{"cool": {▶"jump": 1}, "warm": {"slow": 1}}"#),
      [.value("$.probabilities.cool.jump", "unknown action \"jump\"")]
    ),
    (
      text(#"{"cool": ▶{"slow": 0.9}, "warm": {"slow": 1}}"#),
      [.value("$.probabilities.cool", "sum to 0.9")]
    ),
    (text(#"{"cool": ▶{}, "warm": {"slow": 1}}"#), [.value("$.probabilities.cool", "sum to 0")]),
    (
      text(#"{"cool": {"slow": ▶-1, "fast": 2}, "warm": {"slow": 1}}"#),
      [.value("$.probabilities.cool.slow", "negative")]
    ),
    (
      text(#"{"cool": {"slow": ▶"NaN"}, "warm": {"slow": 1}}"#),
      [.value("$.probabilities.cool.slow", "\"NaN\" is not a number")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": {"slow": 0.5, ▶"fast": 0.5}}"#),
      [.value("$.probabilities.warm.fast", "not available in state \"warm\"")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": ▶null}"#),
      [.value("$.probabilities.warm", "is not terminal")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": {"slow": 1}, "over heated": {"slow": ▶"NaN"}}"#),
      [.value("$.probabilities[\"over heated\"].slow", "\"NaN\" is not a number")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": {"slow": 1}, "over heated": {▶"jump": 1}}"#),
      [.value("$.probabilities[\"over heated\"].jump", "unknown action \"jump\"")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": {"slow": 1}, "over heated": {"slow": 1, ▶"slow": 1}}"#),
      [.schema("$.probabilities[\"over heated\"].slow", "twice")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": ▶1}"#),
      [.schema("$.probabilities.warm", "found 1; expected an object")]
    ),
    (
      text(#"{"cool": {"slow": 1}, "warm": {"slow": 1}, ▶"cool": {"slow": 1}}"#),
      [.schema("$.probabilities.cool", "twice")]
    ),
    (
      text(#"{"cool": {"slow": 0.5, ▶"sl\u006fw": 0.5}, "warm": {"slow": 1}}"#),
      [.schema("$.probabilities.cool.slow", "twice")]
    ),
    (text("▶\"uniform\""), [.schema("$.probabilities", "expected an object by state")]),
    (text("▶[[1, 0], [1, 0]]"), [.schema("$.probabilities", "found 2 rows; expected 3")]),
    (
      text("[▶[1], [1, 0], null]"),
      [.schema("$.probabilities[0]", "found 1 entries; expected 2, one for each action")]
    ),
    (text("[[1, 0], [0.5, ▶0.5], null]"), [.value("$.probabilities[1][1]", "not available")]),
    (text("[[1, 0], ▶null, null]"), [.value("$.probabilities[1]", "is not terminal")]),
    (text("[[1, 0], [1, 0], ▶[0]]"), [.schema("$.probabilities[2]", "found 1 entries")]),
    (text("[[1, 0], [1, 0], [0, ▶true]]"), [.schema("$.probabilities[2][1]", "expected a number")]),
    (text("[[1, 0], ▶{\"slow\": 1}, null]"), [.schema("$.probabilities[1]", "expected an array")]),
    (text("[[1, 0], [1, ▶null], null]"), [.schema("$.probabilities[1][1]", "expected a number")]),
    (
      "▶{\"schema\": \"monotone/policy/v1\", \"mdp\": \"racing\"}",
      [.schema("$", "\"probabilities\" is missing")]
    ),
    (
      "{\"schema\": ▶\"monotone/mdp/v1\", \"mdp\": \"racing\"}",
      [.schema("$.schema", "an MDP, expected a policy")]
    ),
    (
      text(#"{"cool": {▶"jump": 0.5, "slow": 0.4}, "warm": {"slow": ▶-0.5, ▶"fast": 1.5}}"#)
        .replacing("{▶\"jump\"", with: "▶{▶\"jump\""),
      [
        .value("$.probabilities.cool", "sum to 0.9"),
        .value("$.probabilities.cool.jump", "unknown action"),
        .value("$.probabilities.warm.slow", "negative"),
        .value("$.probabilities.warm.fast", "not available"),
      ]
    ),
  ]

  @Test("Faults", arguments: cases)
  func fault(_ marked: String, _ expected: [Expected]) {
    let marked = MarkedText(marked)
    expect(faults { _ = try read(marked.text) }, at: marked.places, expected)
  }

  @Test("Without its model a policy is checked as far as that goes")
  func alone() throws {
    for good in [
      #"{"a": {"x": 0.3, "y": 0.7}, "b": {"z": 1}, "c": null, "d": {}}"#, "[[0.3, 0.7], null, [1]]",
      "[[0.3, 0.7], [0, 0.0]]", #"{"a": {"x": 1}, "b": {"x": 0, "y": "0"}}"#,
    ] {
      let validation = Validator.validate(InputBytes(Self.text(good), name: "p"))
      #expect(validation.isValid, "\(validation)")
      #expect(validation.schema == .policy)
    }
    for (bad, expected) in [
      (#"{"a": ▶{"x": 0.3}}"#, Expected.value("$.probabilities.a", "sum to 0.3")),
      (#"{"a": {"x": 1}, ▶"\u0061": {"x": 1}}"#, .schema("$.probabilities.a", "twice")),
      (#"{"a": {"x": 0.5, ▶"x": 0.5}}"#, .schema("$.probabilities.a.x", "twice")),
      (#"{"a": {"x": ▶true}}"#, .schema("$.probabilities.a.x", "expected a number")),
      ("[[1, 0], ▶[0, 0.5]]", .value("$.probabilities[1]", "sum to 0.5")),
      (#"{"a": {"x": 0, ▶"x": 0}}"#, .schema("$.probabilities.a.x", "twice")),
      ("▶[]", .schema("$.probabilities", "found no rows")),
    ] {
      let marked = MarkedText(Self.text(bad))
      let validation = Validator.validate(InputBytes(marked.text, name: "p"))
      expect(validation.faults, at: marked.places, [expected])
    }
  }
}
