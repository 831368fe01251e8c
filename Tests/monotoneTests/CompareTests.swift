import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `compare` as a user meets it.
@Suite("Compare", .tags(.slow))
struct CompareTests {
  /// Settings with which little time is taken.
  private static let quick = [
    "--batch", "200", "--environments", "10", "--sweep-sizes", "10", "20", "40",
    "--sweep-repeats", "2", "--sweep-horizon", "5",
  ]

  private static func compare(
    _ subject: String, _ folder: URL, _ more: [String] = []
  ) throws -> CommandRunner.Result {
    try CommandRunner.run(["compare", subject, "--output", folder.path] + quick + more)
  }

  private static func json(_ file: URL) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  @Test("The same seed writes the same bytes, all that the design names")
  func sameBytes() throws {
    try TemporaryFolder.with { folder in
      let places = ["a", "b"].map { folder.appendingPathComponent($0) }
      for place in places {
        let result = try Self.compare("mdps/racing.json", place, ["--updates", "5"])
        #expect(result.status == 0, "\(result.errors)")
        let tests = try NSRegularExpression(pattern: "tests? of estimators: 0 refuted, ")
        let range = NSRange(result.output.startIndex..., in: result.output)
        #expect(tests.firstMatch(in: result.output, range: range) != nil, "\(result.output)")
      }
      let contents = try TrainingFolder.contents(places[0])
      #expect(try TrainingFolder.contents(places[1]) == contents)
      let expected = [
        "comparison.json", "index.html", "summary.md", "figures/ledger.svg", "figures/gains.svg",
        "figures/learning-curves.svg", "figures/vine.svg", "figures/fisher-share.svg",
        "figures/setting-damping.svg", "figures/setting-lambda.svg", "figures/error-1.svg",
      ]
      for name in expected { #expect(contents[name] != nil, "\(name)") }
      for (name, data) in contents where name.hasSuffix(".svg") {
        // On some systems parse() is true of anything.
        let parser = XMLParser(data: data)
        #expect(parser.parse() && parser.parserError == nil, "\(name) is no XML")
      }
      let document = try Self.json(places[0].appendingPathComponent("comparison.json"))
      #expect(document["schema"] as? String == "monotone/comparison/v1")
      let updates = try #require(document["updates"] as? [[String: Any]])
      #expect(updates.count == 5)
      for update in updates {
        #expect(update["audit"] != nil && update["theory"] != nil && update["practice"] != nil)
      }
      let sweeps = try #require(document["sweeps"] as? [String: Any])
      #expect(Set(sweeps.keys) == ["errors", "fisher", "ratioBiases", "settings"])
    }
  }

  @Test("A folder of models: each estimator on each, and why there is nothing to say of one")
  func survey() throws {
    try TemporaryFolder.with { folder in
      let models = folder.appendingPathComponent("models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        at: CommandRunner.root.appendingPathComponent("mdps/racing.json"),
        to: models.appendingPathComponent("racing.json"))
      try Data(
        """
        {"schema": "monotone/mdp/v1", "name": "nothing to gain", "discount": 0.5, "states": 1,
         "actions": 2, "initial": [1], "transitions": [[[1], [1]]]}
        """.utf8
      ).write(to: models.appendingPathComponent("idle.json"))
      let output = folder.appendingPathComponent("out")
      let result = try Self.compare(models.path, output)
      #expect(result.status == 0, "\(result.errors)")
      let tests = try NSRegularExpression(pattern: "tests? of estimators: 0 refuted, ")
      let range = NSRange(result.output.startIndex..., in: result.output)
      #expect(tests.firstMatch(in: result.output, range: range) != nil, "\(result.output)")
      let survey = try Self.json(output.appendingPathComponent("survey.json"))
      #expect(survey["schema"] as? String == "monotone/estimator-survey/v1")
      let policies = try #require(survey["policies"] as? [[String: Any]])
      #expect(policies.map { $0["sweep"] != nil } == [false, true])
      #expect(policies[0]["notApplicable"] as? String == "the gradient is zero")
      let curves = (policies[1]["sweep"] as? [String: Any])?["curves"] as? [[String: Any]]
      #expect(curves?.count == 7)
      let summary = try String(
        contentsOf: output.appendingPathComponent("summary.md"), encoding: .utf8)
      #expect(summary.contains("| racing | 3 |") && summary.contains("the gradient is zero"))
    }
  }

  @Test("--json prints the document with its counts, and nothing else")
  func counts() throws {
    try TemporaryFolder.with { folder in
      let result = try Self.compare("mdps/racing.json", folder, ["--updates", "2", "--json"])
      let document = try result.json()
      #expect(document["schema"] as? String == "monotone/comparison/v1")
      let counts = try #require(document["counts"] as? [String: Int])
      let curves = ((document["sweeps"] as? [String: Any])?["errors"] as? [String: Any])?["curves"]
      let all = try #require(curves as? [[String: Any]]).count
      #expect(counts["updates"] == 2 && counts["refuted"] == 0)
      #expect((counts["tests"] ?? 0) + (counts["notApplicable"] ?? 0) == all && all > 0)
      let file = try Self.json(folder.appendingPathComponent("comparison.json"))
      #expect(file["counts"] == nil)
      #expect(document.filter { $0.key != "counts" } as NSDictionary == file as NSDictionary)
    }
  }

  @Test("The folder of a run goes on from its last checkpoint")
  func checkpoint() throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      let trained = try TrainingFolder.train(
        "mdps/racing.json", run, iterations: 3, ["--normalises-advantages", "false"])
      #expect(trained.status == 0, "\(trained.errors)")
      let output = folder.appendingPathComponent("out")
      let result = try CommandRunner.run([
        "compare", run.path, "--output", output.path, "--updates", "2", "--no-sweep",
      ])
      #expect(result.status == 0, "\(result.errors)")
      let document = try Self.json(output.appendingPathComponent("comparison.json"))
      #expect((document["updates"] as? [Any])?.count == 2 && document["sweeps"] == nil)
      let settings = try #require(document["settings"] as? [String])
      #expect(settings.contains("hidden [8]") && settings.contains("batch 64"))
    }
  }

  @Test("130: an interrupted comparison keeps what is done and says so")
  func interruption() throws {
    try TemporaryFolder.with { folder in
      let process = try CommandRunner.start(
        ["compare", "mdps/racing.json", "--output", folder.path, "--updates", "1000000"]
          + Self.quick, output: FileHandle.nullDevice, errors: FileHandle.nullDevice)
      Thread.sleep(forTimeInterval: 2)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      let document = try Self.json(folder.appendingPathComponent("comparison.json"))
      #expect(document["interrupted"] as? Bool == true)
      #expect((document["updates"] as? [Any])?.isEmpty == false)
    }
  }

  @Test("130: Ctrl-C ends sweeps, too, and the ledger is kept")
  func interruptedSweep() throws {
    try TemporaryFolder.with { folder in
      // Sweeps of some hours.
      let process = try CommandRunner.start(
        ["compare", "mdps/racing.json", "--output", folder.path, "--updates", "2"] + Self.quick
          + ["--sweep-sizes", "10", "20", "40", "--sweep-repeats", "1000000"],
        output: FileHandle.nullDevice, errors: FileHandle.nullDevice)
      Thread.sleep(forTimeInterval: 4)
      process.interrupt()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      let document = try Self.json(folder.appendingPathComponent("comparison.json"))
      #expect(document["interrupted"] as? Bool == true && document["sweeps"] == nil)
      #expect((document["updates"] as? [Any])?.count == 2)
    }
  }

  @Test("73: an output that cannot be written is told before the work")
  func unwritable() throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      for subject in ["mdps/racing.json", "mdps"] {
        // Otherwise it would take for ever.
        let result = try Self.compare(
          subject, file.appendingPathComponent("out"), ["--updates", "1000000000"])
        #expect(result.status == 73 && result.errors.contains("is not a folder"))
      }
    }
  }

  @Test("64: a run has its settings")
  func settingsOfRuns() throws {
    try TemporaryFolder.with { folder in
      let trained = try TrainingFolder.train("mdps/racing.json", folder, iterations: 1)
      #expect(trained.status == 0, "\(trained.errors)")
      for more in [["--seed", "3"], ["--preset", "paper"], ["--config", "config.json"]] {
        let result = try CommandRunner.run(["compare", folder.path] + more)
        #expect(result.status == 64 && result.errors.contains("its own settings"))
      }
    }
  }

  @Test("A run that was at its end has nothing to compare, and keeps what it had")
  func resumedAtItsEnd() throws {
    try TemporaryFolder.with { folder in
      let (run, file) = (folder.appendingPathComponent("run"), "comparison/comparison.json")
      let first = try TrainingFolder.train("mdps/racing.json", run, iterations: 2, ["--compare"])
      #expect(first.status == 0, "\(first.errors)")
      let written = try Data(contentsOf: run.appendingPathComponent(file))
      let again = try CommandRunner.run(
        ["train", "mdps/racing.json", "--resume", "--compare", "--output", run.path])
      #expect(again.status == 0, "\(again.errors)")
      #expect(try Data(contentsOf: run.appendingPathComponent(file)) == written)
    }
  }

  @Test(
    "What cannot be compared is refused with a reason",
    arguments: [
      (["CartPole-v1"], Int32(64), "no finite MDP"), (["nowhere.json"], 66, "nowhere.json"),
      (["mdps/racing.json", "--updates", "0"], 64, "must lie in 1 …"),
      (["mdps/racing.json", "--sweep-sizes", "1", "2"], 64, "at least three"),
      (["mdps/racing.json", "--sweep-sizes", "10", "10", "10"], 64, "three different"),
      (["mdps/racing.json", "--sweep-repeats", "9223372036854775807"], 64, "must lie in 2 …"),
      (["reports"], 66, "no model in this folder"),
    ])
  func refusals(_ arguments: [String], _ status: Int32, _ reason: String) throws {
    try TemporaryFolder.with { folder in
      let output = folder.appendingPathComponent("out")
      let result = try CommandRunner.run(["compare"] + arguments + ["--output", output.path])
      #expect(result.status == status, "\(result.status)")
      #expect(result.errors.contains(reason), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }
}
