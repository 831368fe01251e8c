import Foundation
import TestSupport
import Testing

/// Documents without a `schema` key, and the replies to calls, against their schemas.
@Suite(
  "JSON Schemas of lines and replies", .enabled(if: CommandRunner.pythonPackages != nil),
  .tags(.slow))
struct KeylessSchemaTests {
  /// A file that a script writes, and what it is.
  struct Document {
    var schema: String
    var file: String
    var script: String
  }

  private static let documents = [
    Document(
      schema: "run-environment", file: "report/environment.json",
      script: "$MONOTONE verify racing.json --rule-iterations 0 --output report"),
    Document(
      schema: "observation", file: "a.jsonl",
      script: "$MONOTONE fuzz --cases 20 --observations a.jsonl"),
    Document(
      schema: "observation", file: "a.jsonl",
      script: """
        $MONOTONE fuzz --cases 50 --property pinsker --observations a.jsonl
        grep -q '"status":"passed"' a.jsonl && grep -q '"type":"test_case"' a.jsonl
        """),
    Document(
      schema: "audit-line", file: "a.jsonl", script: "cp $ROOT/Examples/updates.jsonl a.jsonl"),
  ]

  /// Runs the checker of schemas on a file.
  private func check(_ file: URL, as schema: String? = nil) throws -> CommandRunner.Result {
    try CommandRunner.python(
      ["Tools/check_schema.py"] + (schema.map { ["--as", "monotone/\($0)/v1"] } ?? [])
        + [file.path])
  }

  @Test("A document is as its schema says", arguments: documents)
  func document(_ document: Document) throws {
    try TemporaryFolder.with { folder in
      let model = CommandRunner.root.appendingPathComponent("mdps/racing.json")
      try FileManager.default.copyItem(
        at: model, to: folder.appendingPathComponent("racing.json"))
      let made = try CommandRunner.shell(document.script, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let result = try check(
        folder.appendingPathComponent(document.file), as: document.schema)
      #expect(result.status == 0, "\(result.errors.prefix(2000))")
    }
  }

  /// Every call of the service once, and faults of each kind. The handles are 1, the model; 2, the audit; 3 and
  /// 4, environments; 5 and 6, models.
  private static let calls = [
    #"{"id": 1, "call": "catalogue"}"#,
    #"{"id": {"a": [2]}, "call": "model_from_file", "path": "mdps/racing.json"}"#,
    #"{"call": "audit_open", "handle": 1, "options": {"delta": 0.1}}"#,
    #"{"call": "environment_open", "name": "CartPole-v1", "options": {"hidden": [2]}}"#,
    #"{"call": "environment_of_model", "handle": 1, "options": {"hidden": [1]}}"#,
    #"{"call": "model_from_text", "text": "{\"schema\": \"monotone/mdp/v1\", \"name\": \"m\", \"discount\": \"1/2\", \"states\": 1, \"actions\": 1, \"initial\": [1], \"transitions\": [[[1]]]}"}"#,
    #"{"call": "model_from_arrays", "discount": 0.9, "transitions": [[[1]]], "rewards": [1]}"#,
    #"{"call": "model_write", "handle": 1}"#,
    #"{"call": "resolve_policy", "handle": 1, "policy": {"expression": "optimal"}}"#,
    #"{"call": "solve", "handle": 1, "policy": {"expression": "uniform"}}"#,
    #"{"call": "check", "handle": 1, "current": {"expression": "uniform"}, "candidate": {"expression": "drop(uniform)"}}"#,
    #"{"call": "certificate", "handle": 1, "current": {"expression": "uniform"}, "candidate": {"expression": "drop(uniform)"}}"#,
    #"{"call": "improve", "handle": 1, "policy": {"expression": "uniform"}, "options": {"rule": "policy-iteration"}}"#,
    #"{"call": "audit_step", "handle": 2, "policy": {"expression": "uniform"}}"#,
    #"{"call": "audit_step", "handle": 2, "policy": {"expression": "optimal"}}"#,
    #"{"call": "audit_document", "handle": 2}"#,
    #"{"call": "validate", "text": "{"}"#,
    "{\"call\": \"rollout\", \"handle\": 3, \"parameters\": [\(Array(repeating: "0", count: 16).joined(separator: ", "))], \"options\": {\"steps\": 200}}",
    #"{"call": "environment_restart", "handle": 3, "states": [[0, 0, 0, 0]]}"#,
    #"{"call": "environment_step", "handle": 3, "actions": [[1]]}"#,
    #"{"call": "environment_states", "handle": 4}"#,
    #"{"call": "close", "handle": 2}"#,
    #"{"call": "slove"}"#, #"{"call": "model_from_file", "path": "/nowhere"}"#,
    #"{"call": "model_from_text", "text": "{\"schema\": \"monotone/mdp/v1\", \"discount\": 3}"}"#,
    "no JSON",
  ]

  @Test("Every answer of serve is as its schema says, and so is the document in it")
  func answers() throws {
    let served = try CommandRunner.run(
      ["serve"], input: Self.calls.joined(separator: "\n") + "\n")
    let lines = served.output.split(separator: "\n")
    try #require(lines.count == Self.calls.count, "\(served.errors)")
    let answers = try lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let statuses = answers.map { $0["status"] as? Int }
    let faults = statuses.suffix(4).map { $0 ?? 0 }
    #expect(statuses.dropLast(4).allSatisfy { $0 == 0 }, "\(served.output)")
    #expect(faults == [64, 66, 65, 65])
    let results = answers.compactMap { $0["result"] as? [String: Any] }.filter {
      $0["schema"] != nil
    }
    let schemas = Set(results.compactMap { $0["schema"] as? String })
    for name in [
      "failure/v1", "model/v1", "catalogue/v1", "environment/v1", "rollout/v1", "check/v2",
      "solution/v1", "certificate/v1", "improvement/v1", "audit/v1", "policy/v1", "mdp/v1",
    ] { #expect(schemas.contains("monotone/\(name)"), "\(name)") }
    try TemporaryFolder.with { folder in
      let (answered, documents) = (
        folder.appendingPathComponent("answers.jsonl"),
        folder.appendingPathComponent("results.jsonl")
      )
      try Data(served.output.utf8).write(to: answered)
      let lines = try results.map {
        String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
      }
      try Data(lines.joined(separator: "\n").utf8).write(to: documents)
      for result in [try check(answered, as: "answer"), try check(documents)] {
        #expect(result.status == 0, "\(result.errors.prefix(2000))")
      }
    }
  }

  @Test(
    "An answer with another key, without one, or with a wrong value is refused",
    arguments: [
      #"{"id": 1, "status": 0, "handle": 0, "result": {}}"#,
      #"{"id": 1, "status": 3, "handle": 0, "result": {}, "arrays": {}}"#,
      #"{"status": 0, "handle": 0, "result": {}, "arrays": {}}"#,
      #"{"id": 1, "status": 0, "handle": 0, "result": {}, "arrays": {"a": [1]}}"#,
      #"{"id": 1, "status": 0, "handle": 0, "result": {}, "arrays": {"a": {"type": "float64", "shape": [1], "data": ["1"]}}}"#,
      #"{"id": 1, "status": 64, "result": {"schema": "monotone/failure/v1", "kind": "usage", "faults": []}}"#,
      #"{"id": 1, "status": 64, "result": {"schema": "monotone/failure/v1", "kind": "bad", "message": "m", "faults": []}}"#,
    ])
  func refused(_ line: String) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("a.jsonl")
      try Data(line.utf8).write(to: file)
      #expect(try check(file, as: "answer").status == 1)
    }
  }
}
