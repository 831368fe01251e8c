import Foundation
import TestSupport
import Testing

@Suite("Rows that do not sum to 1", .tags(.slow))
struct NormaliseTests {
  /// Six digits of 1/3 and 2/3: 10⁻⁶ below 1. At γ = 1/2 the return is 1/(1 − 1/6) = 6/5.
  private static let model = """
    {"schema": "monotone/mdp/v1", "name": "m", "discount": 0.5, "states": ["s", "end"],
     "actions": ["a", "b"], "initial": {"s": 1}, "terminal": ["end"],
     "transitions": [
       {"from": "s", "action": "a", "to": {"s": 0.333333, "end": 0.666666}, "reward": 1},
       {"from": "s", "action": "b", "to": {"s": 0.333333, "end": 0.666666}, "reward": 1}]}
    """

  private func withModel(_ body: (_ file: String, _ folder: URL) throws -> Void) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("m.json")
      try Data(Self.model.utf8).write(to: file)
      try body(file.path, folder)
    }
  }

  @Test(
    "Refused without the option, which the message names; solved and listed with it",
    arguments: ["--normalise", "--normalize"])
  func solve(_ option: String) throws {
    try withModel { file, _ in
      let refused = try CommandRunner.run(["solve", file])
      #expect(refused.status == 65)
      #expect(refused.errors.contains("--normalise 1e-6"), "\(refused.errors)")
      for tolerance in ["1e-6", "0.000001", "0.1"] {
        let result = try CommandRunner.run(
          ["solve", file, option, tolerance, "--arithmetic", "exact", "--json"])
        let json = try result.json()
        #expect((json["return"] as? [String: Any])?["exact"] as? String == "6/5")
        #expect(
          json["normalised"] as? [String] == ["$.transitions[0].to", "$.transitions[1].to"])
      }
      let text = try CommandRunner.run(["solve", file, option, "1e-6"])
      #expect(text.output.contains("normalised 2 rows: $.transitions[0].to, $.transitions[1].to"))
    }
  }

  @Test(
    "Its range is stated",
    arguments: ["0", "-1", "0.11", "1e300", "-1e-9", "nan", "inf", "x", "1/0", ""])
  func range(_ tolerance: String) throws {
    let result = try CommandRunner.run(["solve", "mdps/racing.json", "--normalise=\(tolerance)"])
    #expect(result.status == 64)
    #expect(result.errors.contains("at most 0.1"), "\(result.errors)")
  }

  @Test("Every command that reads a model takes it")
  func commands() throws {
    try withModel { file, folder in
      let output = folder.appendingPathComponent("out").path
      let commands = [
        ["check", file, "--current", "uniform", "--candidate", "greedy(uniform)"],
        ["improve", file, "--rule", "policy-iteration"],
        ["audit", file, "--policies", "uniform", "optimal"],
        ["validate", file],
        ["convert", file, "--to", "dense"],
        ["verify", file, "--rule-iterations", "1", "--output", output],
      ]
      for command in commands {
        #expect(try CommandRunner.run(command).status == 65, "\(command)")
        let result = try CommandRunner.run(command + ["--normalise", "1e-6"])
        #expect(result.status == 0, "\(command): \(result.errors)")
        #expect(
          (result.output + result.errors).contains(
            "normalised 2 rows: $.transitions[0].to, $.transitions[1].to"), "\(command)")
        guard ["check", "improve", "audit", "validate"].contains(command[0]) else { continue }
        let json = try CommandRunner.run(command + ["--normalise", "1e-6", "--json"])
        #expect(json.output.contains("\"normalised\""), "\(command)")
      }
      // What convert writes needs no option.
      let dense = folder.appendingPathComponent("dense.json").path
      _ = try CommandRunner.run(
        ["convert", file, "--to", "dense", "--normalise", "1e-6", "--output", dense])
      let result = try CommandRunner.run(["solve", dense, "--arithmetic", "exact"])
      #expect(result.output.hasPrefix("discounted return 1.2 = 6/5"), "\(result.output)")
    }
  }

  /// Float32 probabilities saved in decimals: `warm` sums to 1 − 2⁻²⁵.
  private static let single =
    "[[0.3831890821456909, 0.6168109178543091], [0.8366613984107971, 0.1633385717868805], null]"

  @Test("Policies computed in float32 are read in every form")
  func precision() throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("p.json")
      let text =
        #"{"schema": "monotone/policy/v1", "mdp": "racing", "probabilities": \#(Self.single)}"#
      try Data(text.utf8).write(to: file)
      let check = ["check", "mdps/racing.json", "--current", "uniform", "--candidate", file.path]
      #expect(try CommandRunner.run(check).status == 65)
      for option in [["--precision", "float32"], ["--normalise", "1e-7"]] {
        let result = try CommandRunner.run(check + option + ["--json"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try result.json()["normalised"] as? [String] == ["$.probabilities[1]"])
        let lines = "{\"probabilities\": \(Self.single)}\n{\"probabilities\": \(Self.single)}\n"
        let audit = ["audit", "mdps/racing.json", "--policies", "-", "--json"]
        #expect(try CommandRunner.run(audit, input: lines).status == 65)
        let audited = try CommandRunner.run(audit + option, input: lines)
        #expect(audited.status == 0, "\(audited.errors)")
        #expect(
          try audited.json()["normalised"] as? [String]
            == ["0: $.probabilities[1]", "1: $.probabilities[1]"])
      }
      let wrong = try CommandRunner.run(check + ["--precision", "float16"])
      #expect(wrong.status == 64)
    }
  }
}
