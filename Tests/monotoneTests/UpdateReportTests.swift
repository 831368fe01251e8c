import Foundation
import TestSupport
import Testing

/// What `audit`, `check` and `fuzz` write with `--output`: about the user's updates, for people and for CI.
@Suite("Reports about updates", .tags(.slow)) struct UpdateReportTests {
  /// A folder's files by name.
  private static func files(_ folder: URL) throws -> [String: String] {
    var files: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: folder.path) ?? .init() {
      let place = folder.appendingPathComponent(name)
      files[name] = try? String(contentsOf: place, encoding: .utf8)
    }
    return files
  }

  private static func count(_ part: String, in text: String?) -> Int {
    (text ?? "").components(separatedBy: part).count - 1
  }

  @Test(
    "An audit's report: harmful updates fail where they are named, lost ones are errors, bytes repeat"
  )
  func audit() throws {
    try TemporaryFolder.with { folder in
      // Up, down again, and a line that is none.
      let lines = """
        {"probabilities": [[0.5, 0.5], [0.5, 0.5], null]}
        {"probabilities": [[0.4, 0.6], [0.75, 0.25], null], "kl": 0.01}
        {"probabilities": [[0.5, 0.5], [0.5, 0.5], null], "kl": -1}
        {"probabilities": [[2, 0.5], [0.5, 0.5], null]}
        """
      var contents: [[String: String]] = []
      for name in ["a", "b"] {
        let output = folder.appendingPathComponent(name)
        let result = try CommandRunner.run(
          [
            "audit", "mdps/racing.json", "--policies", "-", "--delta", "0.001", "--fail-on",
            "harmful", "--output", output.path,
          ], input: lines)
        #expect(result.status == 4, "\(result.errors)")
        contents.append(try Self.files(output))
      }
      #expect(contents[0] == contents[1])
      let names = [
        "audit.json", "figures/divergences.svg", "figures/gains.svg", "index.html", "junit.xml",
        "summary.md",
      ]
      #expect(contents[0].keys.sorted() == names)
      let (page, junit) = (contents[0]["index.html"], contents[0]["junit.xml"])
      // Three updates: one passes, the harmful one fails by its name, the last has no verdict.
      #expect(Self.count("<testcase ", in: junit) == 3)
      #expect(
        Self.count("<failure ", in: junit) == 1 && Self.count("type=\"condition\"", in: junit) == 1)
      #expect(Self.count("message=\"harmful: ", in: junit) == 1)
      #expect(Self.count("<error ", in: junit) == 1)
      // Among the updates and among what to look at.
      #expect(Self.count("<tr class=\"violated\">", in: page) == 3)
      #expect(page?.contains("No verdict on update 3.") == true)
      #expect(page?.contains("δ") == true && page?.contains("negative") == true)
      #expect(page?.contains(folder.path) == false)
      #expect(contents[0]["summary.md"]?.contains("| 2 | **harmful** | holds |") == true)
    }
  }

  @Test("A check's report: a case a claim and one a condition, the same bytes each time")
  func check() throws {
    try TemporaryFolder.with { folder in
      var contents: [[String: String]] = []
      for name in ["a", "b"] {
        let output = folder.appendingPathComponent(name)
        let result = try CommandRunner.run([
          "check", "mdps/racing.json", "--current", "greedy(uniform)", "--candidate", "uniform",
          "--fail-on", "harmful,max-kl=0.5", "--output", output.path,
        ])
        #expect(result.status == 4, "\(result.errors)")
        contents.append(try Self.files(output))
      }
      #expect(contents[0] == contents[1])
      #expect(contents[0].keys.sorted() == ["check.json", "index.html", "junit.xml", "summary.md"])
      let claims = Self.count("\"kind\"", in: contents[0]["check.json"])
      #expect(claims > 20)
      #expect(Self.count("<testcase ", in: contents[0]["junit.xml"]) == claims + 2)
      #expect(contents[0]["junit.xml"]?.contains("monotone check mdps/racing.json") == true)
      #expect(contents[0]["index.html"]?.contains("--candidate uniform") == true)
      #expect(contents[0]["index.html"]?.contains("harmful, ") == true)
    }
  }

  @Test("A campaign's report has every property, and nothing of the time that it took")
  func fuzz() throws {
    try TemporaryFolder.with { folder in
      let output = folder.appendingPathComponent("report")
      let result = try CommandRunner.run([
        "fuzz", "--cases", "20", "--property", "kl", "--property", "pinsker", "--output",
        output.path, "--counterexamples", folder.appendingPathComponent("kept").path,
      ])
      #expect(result.status == 0, "\(result.errors)")
      let contents = try Self.files(output)
      #expect(contents.keys.sorted() == ["fuzz.json", "index.html", "junit.xml", "summary.md"])
      #expect(contents["summary.md"]?.hasPrefix("# A campaign of 20 cases\n") == true)
      #expect(contents["summary.md"]?.contains("| `pinsker` | holds | 20 | ") == true)
      #expect(contents["index.html"]?.contains(" s, ") == false)
    }
  }

  @Test("A search's report has the claim, its counterexample and the command that shows it")
  func falsify() throws {
    try TemporaryFolder.with { folder in
      let output = folder.appendingPathComponent("report")
      let result = try CommandRunner.run([
        "falsify", "--claim", "returnCandidate >= surrogate - 0 * maxKL", "--budget", "300",
        "--output", output.path, "--counterexamples", folder.appendingPathComponent("kept").path,
      ])
      #expect(result.status == 2, "\(result.errors)")
      let contents = try Self.files(output)
      #expect(contents.keys.sorted() == ["falsification.json", "index.html", "summary.md"])
      let page = contents["index.html"]
      #expect(page?.contains("<code>returnCandidate &gt;= surrogate - 0 * maxKL</code>") == true)
      #expect(
        page?.contains("<pre>") == true && Self.count("code class=\"command\"", in: page) == 1)
    }
  }

  @Test("A folder with another kind of report is kept", arguments: ["check", "audit"])
  func kept(command: String) throws {
    try TemporaryFolder.with { folder in
      let output = folder.appendingPathComponent("report")
      let campaign = try CommandRunner.run([
        "fuzz", "--cases", "1", "--property", "kl", "--output", output.path, "--counterexamples",
        folder.appendingPathComponent("kept").path,
      ])
      #expect(campaign.status == 0, "\(campaign.errors)")
      let policies =
        command == "check"
        ? ["--current", "uniform", "--candidate", "optimal"] : ["--policies", "uniform", "optimal"]
      let result = try CommandRunner.run(
        [command, "mdps/racing.json", "--output", output.path] + policies)
      #expect(result.status == 73 && result.errors.contains("holds a campaign"))
    }
  }
}
