import Foundation
import TestSupport
import Testing

/// Every documented fault of the input, through the command: the exit status, one line a fault,
/// the place, and nothing written.
@Suite("Bad input", .tags(.slow))
struct BadInputTests {
  /// A valid model, and a change that breaks it.
  static let model = """
    {
      "schema": "monotone/mdp/v1", "name": "m", "discount": 0.9,
      "states": ["a", "b", "end"], "actions": ["x", "y"],
      "initial": {"a": 1}, "terminal": ["end"],
      "transitions": [
        {"from": "a", "action": "x", "to": {"a": 0.5, "b": 0.5}, "reward": 1},
        {"from": "a", "action": "y", "to": {"b": 1}},
        {"from": "b", "action": "x", "to": {"end": 1}, "reward": 2}
      ]
    }
    """

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var find: String
    var replacement: String
    var kind: String
    /// What the message must mention.
    var mention: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "not JSON", find: "{\n", replacement: "hello\n", kind: "syntax", mention: "1:1"),
    Case(
      name: "trailing comma", find: "\"reward\": 2}", replacement: "\"reward\": 2},",
      kind: "syntax", mention: ":8:"),
    Case(
      name: "wrong schema", find: "mdp/v1", replacement: "mdp/v7", kind: "schema",
      mention: "monotone/mdp/v7"),
    Case(
      name: "unknown key", find: "\"name\"", replacement: "\"nom\": 1, \"name\"", kind: "schema",
      mention: "nom"),
    Case(
      name: "duplicate key", find: "\"name\": \"m\"",
      replacement: "\"name\": \"m\", \"name\": \"n\"", kind: "schema", mention: "name"),
    Case(
      name: "missing key", find: "\"discount\": 0.9,", replacement: "", kind: "schema",
      mention: "discount"),
    Case(
      name: "a state named twice", find: "[\"a\", \"b\", \"end\"]",
      replacement: "[\"a\", \"b\", \"end\", \"a\"]", kind: "value", mention: "a"),
    Case(
      name: "a transition from an unknown state", find: "\"from\": \"b\"",
      replacement: "\"from\": \"c\"", kind: "value", mention: "c"),
    Case(
      name: "a transition to an unknown state", find: "{\"b\": 1}", replacement: "{\"c\": 1}",
      kind: "value", mention: "c"),
    Case(
      name: "a negative probability", find: "{\"a\": 0.5, \"b\": 0.5}",
      replacement: "{\"a\": -0.5, \"b\": 1.5}", kind: "value", mention: "-0.5"),
    Case(
      name: "a probability like NaN", find: "{\"b\": 1}", replacement: "{\"b\": \"NaN\"}",
      kind: "value", mention: "NaN"),
    Case(
      name: "a row that sums to 0.9", find: "{\"a\": 0.5, \"b\": 0.5}",
      replacement: "{\"a\": 0.5, \"b\": 0.4}", kind: "value", mention: "0.9"),
    Case(
      name: "a row given twice", find: "\"from\": \"b\", \"action\": \"x\"",
      replacement: "\"from\": \"a\", \"action\": \"x\"", kind: "value", mention: "x"),
    Case(name: "γ = 2", find: "0.9", replacement: "2", kind: "value", mention: "discount"),
    Case(name: "γ < 0", find: "0.9", replacement: "-0.1", kind: "value", mention: "discount"),
    Case(
      name: "no states", find: "[\"a\", \"b\", \"end\"]", replacement: "[]", kind: "value",
      mention: "states"),
    Case(
      name: "a live state without action",
      find: ",\n    {\"from\": \"b\", \"action\": \"x\", \"to\": {\"end\": 1}, \"reward\": 2}",
      replacement: "", kind: "value", mention: "b"),
    Case(
      name: "reward on a terminal state", find: "\"terminal\"",
      replacement: "\"rewards\": {\"end\": 1}, \"terminal\"", kind: "value", mention: "end"),
    Case(
      name: "an exponent beyond limits", find: "\"reward\": 2", replacement: "\"reward\": 1e10001",
      kind: "value", mention: "exponent"),
    Case(
      name: "a number that would fill the memory", find: "\"reward\": 2",
      replacement: "\"reward\": 1e999999999", kind: "value", mention: "exponent"),
    Case(
      name: "too many states for memory", find: "[\"a\", \"b\", \"end\"]",
      replacement: "100000000000000", kind: "value", mention: "memory"),
    Case(
      name: "invalid UTF-8 escape", find: "\"m\"", replacement: "\"\\ud800\"", kind: "syntax",
      mention: ":2:"),
  ]

  @Test("Every fault of a model ends validate and solve with 65", arguments: cases)
  func models(_ fault: Case) throws {
    let text = Self.model.replacingOccurrences(of: fault.find, with: fault.replacement)
    try #require(text != Self.model)
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("m.json").path
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      let validation = try CommandRunner.run(["validate", "--json", file])
      #expect(validation.status == 65)
      let document = try validation.json()
      #expect(document["schema"] as? String == "monotone/validation/v1")
      let entry = try #require((document["files"] as? [[String: Any]])?.first)
      #expect(entry["valid"] as? Bool == false)
      let faults = try #require(entry["faults"] as? [[String: Any]])
      #expect(faults.contains { $0["kind"] as? String == fault.kind }, "\(faults)")

      let output = folder.appendingPathComponent("out.json").path
      let converted = try CommandRunner.run(["convert", file, "--to", "dense", "--output", output])
      #expect(converted.status == 65)
      #expect(converted.errors.contains(fault.mention), "\(converted.errors)")
      #expect(converted.errors.split(separator: "\n").count == faults.count, "\(converted.errors)")
      #expect(converted.output.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }

  @Test("The model that the faults are planted in is valid")
  func validModel() throws {
    let result = try CommandRunner.run(
      ["solve", "-", "--json", "--arithmetic", "float64"], input: Self.model)
    #expect(result.status == 0, "\(result.errors)")
    // Uniform: V(b) = 2, V(a) = 0.5 (1 + 0.9 (V(a) + 2)/2) + 0.5 · 0.9 · 2.
    let value = 1.85 / (1 - 0.225)
    let found = try #require(try result.json()["return"] as? Double)
    #expect(abs(found - value) < 1e-12)
  }

  @Test("All faults of a file are reported at once")
  func severalFaults() throws {
    let text = Self.model
      .replacingOccurrences(of: "{\"b\": 1}", with: "{\"c\": 1}")
      .replacingOccurrences(of: "\"name\": \"m\"", with: "\"name\": 7, \"nom\": 1")
      .replacingOccurrences(of: "0.9", with: "1.5")
    let result = try CommandRunner.run(["solve", "-"], input: text)
    #expect(result.status == 65)
    #expect(result.errors.split(separator: "\n").count == 4, "\(result.errors)")
  }

  @Test("Deep nesting, nothing at all, and one very long line")
  func extremes() throws {
    for text in [
      String(repeating: "[", count: 100_000), "", " \n", String(repeating: "a", count: 10_000_000),
    ] {
      let result = try CommandRunner.run(["validate", "-", "--json"], input: text)
      #expect(result.status == 65)
      #expect(result.output.contains("\"syntax\""))
      #expect(result.output.utf8.count < 2_000)
    }
  }

  @Test(
    "Policies that do not fit their model",
    arguments: [
      (
        #"{"schema": "monotone/policy/v1", "mdp": "other", "probabilities": {"a": {"x": 1}, "b": {"x": 1}}}"#,
        "other"
      ),
      (#"{"schema": "monotone/policy/v1", "mdp": "m", "probabilities": {"a": {"x": 1}}}"#, "b"),
      (
        #"{"schema": "monotone/policy/v1", "mdp": "m", "probabilities": {"a": {"x": 1}, "b": {"x": 0.5, "y": 0.5}}}"#,
        "y"
      ),
      (
        #"{"schema": "monotone/policy/v1", "mdp": "m", "probabilities": {"a": {"x": 0.4, "y": 0.5}, "b": {"x": 1}}}"#,
        "0.9"
      ),
      (
        #"{"schema": "monotone/policy/v1", "mdp": "m", "probabilities": [[1, 0], [1, 0]]}"#,
        "probabilities"
      ),
    ])
  func policies(_ text: String, mention: String) throws {
    try TemporaryFolder.with { folder in
      let model = folder.appendingPathComponent("m.json")
      let policy = folder.appendingPathComponent("p.json")
      try Data(Self.model.utf8).write(to: model)
      try Data(text.utf8).write(to: policy)
      let result = try CommandRunner.run(["solve", model.path, "--policy", policy.path])
      #expect(result.status == 65)
      #expect(result.errors.contains(mention), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test("A .npy array of the wrong shape")
  func wrongShape() throws {
    try TemporaryFolder.with { folder in
      let array = folder.appendingPathComponent("p.npy").path
      let made = try CommandRunner.run([
        "convert", "uniform", "--mdp", "mdps/racing.json", "--to", "npy", "--output", array,
      ])
      #expect(made.status == 0, "\(made.errors)")
      let right = try CommandRunner.run([
        "solve", "mdps/racing.json", "--policy", array, "--json", "--arithmetic", "float64",
      ])
      #expect(right.status == 0, "\(right.errors)")
      // Uniform on racing: η = 75/161 by rational elimination.
      let value = try #require(try right.json()["return"] as? Double)
      #expect(abs(value - 75.0 / 161) < 1e-12)
      let wrong = try CommandRunner.run(["solve", "mdps/taxi.json", "--policy", array])
      #expect(wrong.status == 65)
      #expect(wrong.errors.contains("shape"), "\(wrong.errors)")
    }
  }

  @Test("A path that is absent or a folder gives 66")
  func unreadable() throws {
    for path in ["/nonexistent/m.json", "mdps"] {
      let result = try CommandRunner.run(["solve", path])
      #expect(result.status == 66)
      #expect(result.errors.contains(path))
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(try CommandRunner.run(["validate", path]).status == 66)
    }
  }
}
