import MonotoneFiles
import TestSupport
import Testing

@testable import MDPFormats

@Suite("Validation")
struct ValidatorTests {
  private func validate(_ text: String) -> FileValidation {
    Validator.validate(InputBytes(text, name: "f.json"))
  }

  @Test("Files say what they are")
  func dispatch() {
    #expect(validate(mdpText()).isValid)
    #expect(validate(mdpText()).schema == .mdp)
    let refutation = """
      {"schema": "monotone/refutation/v1", "name": "n", "description": "d", "variant": "v",
       "mdp": "m.json", "current": "c.json", "candidate": "k.json"}
      """
    #expect(validate(refutation).isValid)
    #expect(validate(refutation).schema == .refutation)
    let attainment = """
      {"schema": "monotone/attainment/v1", "name": "n", "description": "d", "claim": "kl",
       "supremum": "1/2", "mdp": "m.json", "current": "c.json", "candidate": "k.json"}
      """
    #expect(validate(attainment).isValid)
    #expect(validate(attainment).schema == .attainment)
    let bad = validate(mdpText(["discount": "2"]))
    #expect(bad.schema == .mdp)
    #expect(!bad.isValid)
    #expect(bad.description.hasPrefix("f.json:4:15: $.discount: "))
  }

  @Test(
    "Files that do not",
    arguments: [
      ("▶", Expected.syntax("$", "empty")),
      ("▶[]", .schema("$", "found an array; expected an object")),
      ("▶{}", .schema("$", "\"schema\" is missing")),
      (
        "{\"schema\": ▶\"monotone/mdp/v2\"}",
        .schema("$.schema", "expected one of \"monotone/mdp/v1\"")
      ),
      (
        "{\"a\": 1, \"schem\\u0061\": ▶{}}", .schema("$.schema", "found an object; expected one of")
      ),
      ("▶NUMPY", .syntax("$", "expected a value")),
    ])
  func unknown(_ marked: String, _ expected: Expected) {
    let marked = MarkedText(marked)
    let validation = validate(marked.text)
    expect(validation.faults, at: marked.places, [expected])
    #expect(validation.schema == nil)
  }

  @Test("Refutations: every key is a text that is not empty")
  func refutation() {
    let marked = MarkedText(
      """
      ▶{"schema": "monotone/refutation/v1", "name": ▶"", "description": ▶1, "variant": "v",
       "mdp": "m.json", "current": "c.json", ▶"note": "k.json"}
      """)
    expect(
      validate(marked.text).faults, at: marked.places,
      [
        .schema("$", "\"candidate\" is missing"), .value("$.name", "empty"),
        .schema("$.description", "expected a string"), .schema("$.note", "unknown key"),
      ])
  }

  @Test("Attainments: every key is a text that is not empty")
  func attainment() {
    let marked = MarkedText(
      """
      ▶{"schema": "monotone/attainment/v1", "name": "n", "description": "d", "claim": ▶3,
       "mdp": ▶"", "current": "c.json", "candidate": "k.json", ▶"ceiling": "1/2"}
      """)
    expect(
      validate(marked.text).faults, at: marked.places,
      [
        .schema("$", "\"supremum\" is missing"), .schema("$.claim", "expected a string"),
        .value("$.mdp", "empty"), .schema("$.ceiling", "unknown key"),
      ])
  }

  @Test("The report in JSON")
  func report() throws {
    let report = ValidationReport(files: [
      FileValidation(file: "good.json", schema: .mdp),
      FileValidation(
        file: "b\"ad", schema: nil,
        faults: [
          Fault(kind: .syntax, line: 1, column: 2, path: "$[\"a\"]", message: "m\n"),
          Fault(kind: .value, line: 3, column: 4, path: "$", message: "n"),
        ], unlisted: 7),
    ])
    #expect(!report.isValid)
    #expect(
      report.json == #"""
        {
          "schema": "monotone/validation/v1",
          "files": [
            {"file": "good.json", "valid": true, "faults": []},
            {"file": "b\"ad", "valid": false, "faults": [
              {"kind": "syntax", "line": 1, "column": 2, "path": "$[\"a\"]", "message": "m\n"},
              {"kind": "value", "line": 3, "column": 4, "path": "$", "message": "n"}
            ], "unlisted": 7}
          ]
        }

        """#)
    _ = try JSONDocument(InputBytes(report.json, name: "r"))
    let empty = ValidationReport(files: [])
    #expect(empty.isValid)
    _ = try JSONDocument(InputBytes(empty.json, name: "r"))
  }
}
