import Foundation
import TestSupport
import Testing

@Suite("Audit of another program's updates", .tags(.slow))
struct AuditTests {
  private static let updates = ["uniform", "mix(1/10, uniform, greedy(uniform))", "uniform"]

  /// Two rows at `cool` and `warm` of `racing`.
  private static func batch(_ advantages: String, actions: String = "[0, 1]") -> String {
    #"{"schema": "monotone/batch/v1", "states": ["cool", 1], "actions": \#(actions), "advantages": \#(advantages)}"#
  }

  private func audit(
    _ policies: [String], batches: [String], _ more: [String] = []
  ) throws -> CommandRunner.Result {
    try TemporaryFolder.with { folder in
      let files = try batches.enumerated().map { index, text in
        let file = folder.appendingPathComponent("b\(index).json")
        if !text.isEmpty { try Data(text.utf8).write(to: file) }
        return file.path
      }
      return try CommandRunner.run(
        ["audit", "mdps/racing.json", "--policies"] + policies
          + (files.isEmpty ? [] : ["--batches"] + files) + more)
    }
  }

  private func rows(_ result: CommandRunner.Result) throws -> [[String: Any]] {
    try #require(try result.json()["updates"] as? [[String: Any]])
  }

  @Test("Batches stand in the document, and change nothing else of it")
  func document() throws {
    let plain = try audit(Self.updates, batches: [], ["--json"])
    let both = [Self.batch("[1, -1]"), Self.batch("[-1, 1]")]
    let result = try audit(Self.updates, batches: both, ["--json"])
    #expect(plain.status == 0 && result.status == 0, "\(result.errors)")
    #expect(!plain.output.contains("batch"))
    var stripped = try result.json()
    var summary = try #require(stripped["summary"] as? [String: Any])
    let batches = try #require(summary.removeValue(forKey: "batches") as? [String: Any])
    #expect(batches["updates"] as? Int == 2 && batches["foreign"] as? Int == 0)
    stripped["summary"] = summary
    stripped["updates"] = try rows(result).map { row in
      #expect((row["batch"] as? [String: Any])?["rows"] as? Int == 2)
      return row.filter { $0.key != "batch" }
    }
    #expect(stripped as NSDictionary == (try plain.json()) as NSDictionary)
    // The way there and the way back, by advantages of opposite signs.
    let cosines = try rows(result).map {
      ($0["batch"] as? [String: Any])?["gradientCosine"] as? Double ?? 0
    }
    #expect(cosines[0] * cosines[1] < 0)
  }

  @Test("The table of batches is there only with batches")
  func text() throws {
    #expect(try !audit(Self.updates, batches: []).output.contains("gradient cosine"))
    let result = try audit(
      Self.updates, batches: [Self.batch("[1, -1]"), Self.batch("[2, -2]")])
    #expect(result.output.contains("batches of 2 updates: 0 with rows that the policy before"))
    #expect(result.output.contains("gradient cosine  Â correlation"))
  }

  @Test("As JSON lines, every update with its batch")
  func lines() throws {
    let input = """
      {"probabilities": [[0.5, 0.5], [0.5, 0.5], null]}
      {"probabilities": [[0.4, 0.6], [0.6, 0.4], null], "batch": {"states": [0, 0], "actions": [0, "fast"], "advantages": [-1, 1], "trajectories": [4, 4]}}
      {"probabilities": [[0.3, 0.7], [0.7, 0.3], null]}

      """
    let result = try CommandRunner.run(
      ["audit", "mdps/racing.json", "--policies", "-", "--stream"], input: input)
    #expect(result.status == 0, "\(result.errors)")
    let lines = try result.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.count == 2 && lines[1]["batch"] == nil)
    let batch = try #require(lines[0]["batch"] as? [String: Any])
    #expect(batch["trajectories"] as? Int == 1)
    // One trajectory: (0.4/0.5 − 1)·−1 and (0.6/0.5 − 1)·1.
    let gain = try #require(batch["surrogateGain"] as? [String: Any])
    #expect(abs((gain["value"] as? Double ?? 0) - 0.2) <= 1e-15)
    #expect(gain["standardError"] as? String == "infinity")
  }

  @Test("4: --fail-on foreign-batch")
  func foreign() throws {
    func audit(_ actions: String, _ more: [String]) throws -> CommandRunner.Result {
      try CommandRunner.run(
        ["audit", "mdps/racing.json", "--policies", "-", "--json"] + more,
        input: """
          {"probabilities": [[0.5, 0.5], [1, 0], null]}
          {"probabilities": [[0.5, 0.5], [0.5, 0.5], null], "batch": \(Self.batch("[1, 1]", actions: actions))}
          """)
    }
    let failing = ["--fail-on", "foreign-batch"]
    #expect(try audit("[0, 0]", failing).status == 0)
    let foreign = try audit("[0, 1]", failing)
    #expect(foreign.status == 4, "\(foreign.errors)")
    let row = try #require(try rows(foreign)[0]["batch"] as? [String: Any])
    #expect(row["impossibleRows"] as? Int == 1 && row["surrogateGain"] == nil)
    #expect(try audit("[0, 1]", []).status == 0)
  }

  @Test("64: as many batches as updates")
  func count() throws {
    let result = try audit(Self.updates, batches: [Self.batch("[1, 1]")])
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(
      result.errors.contains("number of files (1) is not the number of updates (2)"),
      "\(result.errors)")
    #expect(try audit(["-"], batches: [Self.batch("[1, 1]")]).status == 64)
    #expect(try audit(Self.updates, batches: [], ["--fail-on", "foreign-batch"]).status == 64)
  }

  @Test("65: as many logged divergences as updates", arguments: ["0.1", "0 0.1 0.2"])
  func logged(_ numbers: String) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("kl.txt")
      try Data(numbers.utf8).write(to: file)
      let result = try audit(Self.updates, batches: [], ["--logged-kl", file.path])
      #expect(result.status == 65 && result.output.isEmpty)
      #expect(result.errors.contains("expected 2, one for each update"), "\(result.errors)")
    }
  }

  @Test("65 and 66: batches that are wrong, or not there")
  func faulty() throws {
    let policies = ["uniform", "greedy(uniform)"]
    let wrong = try audit(policies, batches: [Self.batch("[1, -1, 0]", actions: "[0, 7]")])
    #expect(wrong.status == 65 && wrong.output.contains("1 update of racing"))
    #expect(wrong.errors.contains("b0.json:1:71: $.actions[1]: unknown action 7"))
    #expect(wrong.errors.contains("$.advantages: found 3 advantages; expected 2"))
    let missing = try audit(policies, batches: [""])
    #expect(missing.status == 66 && missing.errors.contains("b0.json: no such file"))
    let early = try CommandRunner.run(
      ["audit", "mdps/racing.json", "--policies", "-"],
      input: """
        {"probabilities": [[0.5, 0.5], [1, 0], null], "batch": {"states": [0], "actions": [0], "advantages": [1]}}
        """)
    #expect(early.status == 65 && early.errors.contains("line 1: $.batch: a batch stands with"))
  }
}
