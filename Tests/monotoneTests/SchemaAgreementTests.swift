import Foundation
import TestSupport
import Testing

@Suite(
  "The JSON Schemas and the reader", .enabled(if: CommandRunner.pythonPackages != nil), .tags(.slow)
)
struct SchemaAgreementTests {
  /// Small files of every form; `Tools/check_schema.py` makes thousands of variants of them.
  private static let files = [
    #"{"schema": "monotone/mdp/v1", "name": "over", "discount": 0.95, "states": ["goal"], "actions": ["go"], "initial": {"goal": 1}, "terminal": ["goal"], "transitions": []}"#,
    #"{"schema": "monotone/mdp/v1", "name": "sparse", "discount": "9/10", "states": ["s", "end"], "actions": ["a", "b"], "initial": {"s": 1}, "terminal": ["end"], "rewards": {"s": 1}, "transitions": [{"from": "s", "action": "a", "to": {"s": 0.5, "end": "1/2"}, "reward": {"end": 1}}]}"#,
    #"{"schema": "monotone/mdp/v1", "name": "dense", "discount": 1, "states": 2, "actions": 2, "initial": [1, 0], "terminal": [1], "transitions": [[[0.5, 0.5], null], null], "rewards": [[1, null], null], "features": [[1], ["1/2"]]}"#,
    #"{"schema": "monotone/mdp/v1", "name": "deep", "discount": 0, "states": 2, "actions": ["a"], "initial": [1, 0], "transitions": [[[0.5, 0.5]], [[0, 1]]], "rewards": [[[1, 0]], [[1, 1]]]}"#,
    #"{"schema": "monotone/policy/v1", "mdp": "m", "probabilities": {"s": {"a": 0.5, "b": 0.5}, "t": null, "u": {}}}"#,
    #"{"schema": "monotone/policy/v1", "mdp": "m", "probabilities": [[0.5, "1/2"], [0, 0], null]}"#,
    #"{"schema": "monotone/batch/v1", "mdp": "m", "states": ["s", 1], "actions": [0, "b"], "advantages": [0.25, -1.5], "weights": [1, 0.9], "trajectories": [0, 0]}"#,
  ]

  @Test("What the reader takes the schema takes, and the other way as far as a schema can tell")
  func agreement() throws {
    try TemporaryFolder.with { folder in
      let paths = try Self.files.enumerated().map { index, text in
        let path = folder.appendingPathComponent("\(index).json")
        try Data(text.utf8).write(to: path)
        return path.path
      }
      let result = try CommandRunner.python(
        ["Tools/check_schema.py", "--reader", CommandRunner.executable.path] + paths)
      #expect(result.status == 0, "\(result.errors.prefix(2000))")
      #expect(result.output == "\(paths.count) files checked, 0 with faults\n")
    }
  }
}
