import Foundation
import TestSupport
import Testing

@Suite("Exit status", .tags(.slow))
struct ExitStatusTests {
  @Test("0: every claim holds")
  func holds() throws {
    let result = try CommandRunner.run([
      "check", "mdps/racing.json", "--current", "uniform", "--candidate", "greedy(uniform)",
    ])
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n")[1].hasPrefix("theory: holds"))
  }

  @Test("2: a counterexample that refutes nothing")
  func violated() throws {
    try TemporaryFolder.with { folder in
      // The step that stays where it is refutes no bound.
      let file = folder.appendingPathComponent("none.refutation.json")
      let model = CommandRunner.root.appendingPathComponent("mdps/racing.json").path
      let text = """
        {"schema": "monotone/refutation/v1", "name": "none", "description": "refutes nothing",
         "variant": "total-variation-constant-2", "mdp": "\(model)",
         "current": "p.json", "candidate": "p.json"}
        """
      try Data(text.utf8).write(to: file)
      let policy = try CommandRunner.run([
        "convert", "uniform", "--mdp", model, "--to", "json",
        "--output", folder.appendingPathComponent("p.json").path,
      ])
      #expect(policy.status == 0)
      let report = folder.appendingPathComponent("report").path
      let result = try CommandRunner.run(["verify", file.path, "--output", report])
      #expect(result.status == 2, "\(result.errors)")
    }
  }

  private struct AttainmentRun {
    var result: CommandRunner.Result
    var summary: String
  }

  /// Verifies a folder with an attainment file on `racing`, beside two policies: `p.json` uniform, `q.json` greedy.
  private func verifyAttainment(_ claim: String, candidate: String) throws -> AttainmentRun {
    try TemporaryFolder.with { folder in
      let model = CommandRunner.root.appendingPathComponent("mdps/racing.json").path
      // Files in a folder beside models are found without being named.
      let examples = folder.appendingPathComponent("attainment")
      try FileManager.default.createDirectory(at: examples, withIntermediateDirectories: true)
      let text = """
        {"schema": "monotone/attainment/v1", "name": "new", "description": "d", "supremum": "s",
         "claim": "\(claim)", "mdp": "\(model)", "current": "p.json", "candidate": "\(candidate)"}
        """
      try Data(text.utf8).write(to: examples.appendingPathComponent("new.attainment.json"))
      for (name, policy) in [("p", "uniform"), ("q", "greedy(uniform)")] {
        let written = try CommandRunner.run([
          "convert", policy, "--mdp", model, "--to", "json",
          "--output", examples.appendingPathComponent("\(name).json").path,
        ])
        #expect(written.status == 0)
      }
      let report = folder.appendingPathComponent("report")
      let result = try CommandRunner.run(["verify", folder.path, "--output", report.path])
      let summary = try? String(
        contentsOf: report.appendingPathComponent("summary.md"), encoding: .utf8)
      return AttainmentRun(result: result, summary: summary ?? "")
    }
  }

  @Test("0: a new example of attainment needs its files only")
  func attainment() throws {
    let run = try verifyAttainment("coupling", candidate: "q.json")
    #expect(run.result.status == 0, "\(run.result.errors)")
    #expect(run.result.output.contains("Attainment  1 example for 1 bound, 0 of them equalities"))
    #expect(run.summary.contains("| `coupling` | new on "))
  }

  @Test("2: an example of attainment that shows nothing")
  func emptyAttainment() throws {
    let run = try verifyAttainment("coupling", candidate: "p.json")
    #expect(run.result.status == 2, "\(run.result.errors)")
    #expect(run.result.output.contains("shows nothing: the gap is 0"))
  }

  @Test(
    "65: an attainment of what is no bound",
    arguments: ["pinsker", "total-variation-constant-2", "no-such-claim"])
  func unknownBound(claim: String) throws {
    let run = try verifyAttainment(claim, candidate: "q.json")
    #expect(run.result.status == 65)
    #expect(
      run.result.errors.contains("unknown bound \"\(claim)\"; expected one of visitation-shift"))
    #expect(run.summary.isEmpty)
  }

  @Test("3: a discount so near to 1 that float64 cannot tell")
  func undecided() throws {
    let text = try String(
      contentsOf: CommandRunner.root.appendingPathComponent("mdps/river-swim.json"), encoding: .utf8
    )
    let hard = text.replacingOccurrences(
      of: #""discount": 0.95"#, with: #""discount": 0.99999999999999"#)
    try #require(hard != text)
    let result = try CommandRunner.run(
      [
        "check", "-", "--current", "uniform", "--candidate", "random(1)", "--arithmetic", "float64",
      ], input: hard)
    #expect(result.status == 3, "\(result.output)")
    #expect(result.output.contains("undecided"))
    // What float64 cannot tell, the default proves.
    let proved = try CommandRunner.run(
      ["check", "-", "--current", "uniform", "--candidate", "random(1)"], input: hard)
    #expect(proved.status == 0, "\(proved.output)")
  }

  @Test("64: an exact solve that would take too long asks for --force")
  func unaffordable() throws {
    let model = try CommandRunner.run([
      "generate", "garnet", "--states", "1600", "--actions", "1", "--branching", "1",
    ])
    let result = try CommandRunner.run(
      ["solve", "-", "--arithmetic", "exact"], input: model.output)
    #expect(result.status == 64)
    #expect(result.errors.contains("--force") && result.errors.contains("takes about"))
  }

  @Test(
    "64: usage",
    arguments: [
      ["solve"], ["check", "mdps/racing.json", "--current", "uniform"], ["frobnicate"],
      ["solve", "mdps/racing.json", "--policy", "mix(2, uniform, optimal)"],
      ["solve", "mdps/racing.json", "--policy", "mix(0.5, uniform"],
      ["solve", "mdps/racing.json", "--arithmetic", "decimal"],

      ["convert", "mdps/racing.json", "--to", "npy"],
      ["generate", "garnet", "--states", "3", "--actions", "2", "--branching", "4"],
      [
        "generate", "garnet", "--states", "3", "--actions", "2", "--branching", "2", "--discount",
        "1",
      ],
    ])
  func usage(_ arguments: [String]) throws {
    let result = try CommandRunner.run(arguments)
    #expect(result.status == 64, "\(result.output) \(result.errors)")
    #expect(result.output.isEmpty)
    #expect(!result.errors.isEmpty)
  }

  @Test(
    "73: output that cannot be written",
    arguments: [
      ["convert", "mdps/racing.json", "--to", "dense", "--output", "/nonexistent/folder/out.json"],
      ["verify", "mdps/racing.json", "--output", "README.md/report"],
    ])
  func unwritable(_ arguments: [String]) throws {
    let result = try CommandRunner.run(arguments)
    #expect(result.status == 73, "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test("130: interrupted, with what was done kept and marked")
  func interrupted() throws {
    try TemporaryFolder.with { folder in
      let report = folder.appendingPathComponent("report")
      // Long enough that the signal comes well before the end.
      let paths = [String](repeating: "mdps/taxi.json", count: 400)
      let process = try CommandRunner.start(
        ["verify"] + paths + ["--output", report.path, "--rule-iterations", "0"],
        output: FileHandle.nullDevice,
        errors: FileHandle.nullDevice)
      Thread.sleep(forTimeInterval: 1.5)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      let data = try Data(contentsOf: report.appendingPathComponent("verification.json"))
      let document = try #require(
        try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(document["interrupted"] as? Bool == true)
      let models = try #require(document["models"] as? [Any])
      #expect(models.count >= 1 && models.count < 400)
    }
  }
}
