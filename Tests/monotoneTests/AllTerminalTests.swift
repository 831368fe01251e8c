import Foundation
import TestSupport
import Testing

@Suite("A model all of whose states are terminal", .tags(.slow))
struct AllTerminalTests {
  private static let model = """
    {"schema": "monotone/mdp/v1", "name": "over", "discount": 0.95, "states": ["goal"],
     "actions": ["go"], "initial": {"goal": 1}, "terminal": ["goal"], "transitions": []}
    """

  private func withModel(_ body: (_ file: String, _ folder: URL) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("over.json")
      try Data(Self.model.utf8).write(to: file)
      try body(file.path, folder)
    }
  }

  @Test(
    "Nothing is earned, and the only state gathers 1/(1 − γ) = 20 visits",
    arguments: ["float64", "certified", "exact", "auto"])
  func solve(_ arithmetic: String) throws {
    try withModel { file, _ in
      let result = try CommandRunner.run(["solve", file, "--arithmetic", arithmetic])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.hasPrefix("discounted return 0 "), "\(result.output)")
      #expect(result.output.contains(/goal +0 +(20|19\.9999999)/))
    }
  }

  @Test("Every command works on it, and none crashes")
  func commands() throws {
    try withModel { file, folder in
      let output = folder.appendingPathComponent("out").path
      let policy = folder.appendingPathComponent("p.json").path
      let proof = folder.appendingPathComponent("proof.json").path
      for command in [
        ["validate", file], ["convert", file, "--to", "dense"],
        ["convert", file, "--to", "sparse"],
        ["convert", "optimal", "--mdp", file, "--to", "json", "--output", policy],
        ["check", file, "--current", policy, "--candidate", "optimal", "--certificate", proof],
        ["improve", file, "--rule", "policy-iteration"], ["improve", file, "--rule", "penalty"],
        ["audit", file, "--policies", "uniform", "optimal"],
        ["verify", file, "--output", output, "--rule-iterations", "2"],
      ] {
        let result = try CommandRunner.run(command)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      let checked = try CommandRunner.python(
        ["Tools/check_certificate.py", file, policy, policy, proof])
      #expect(checked.output == "accepted\n", "\(checked.errors)")
    }
  }
}
