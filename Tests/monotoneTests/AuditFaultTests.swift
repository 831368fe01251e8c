import Foundation
import TestSupport
import Testing

/// What an audit makes of lines that are wrong, of none, and of logged numbers that cannot be.
@Suite("Audits that must not pass by default", .tags(.slow))
struct AuditFaultTests {
  private static let uniform = #"{"probabilities": [[0.5, 0.5], [0.5, 0.5], null]}"#

  private static func line(_ slow: String, _ more: String = "") -> String {
    #"{"probabilities": [[\#(slow), 0.6], [0.6, 0.4], null]\#(more)}"#
  }

  private func audit(_ lines: [String], _ more: [String] = []) throws -> CommandRunner.Result {
    try CommandRunner.run(
      ["audit", "mdps/racing.json", "--policies", "-"] + more,
      input: lines.map { "\($0)\n" }.joined())
  }

  private func rows(_ result: CommandRunner.Result) throws -> [[String: Any]] {
    try #require(try result.json()["updates"] as? [[String: Any]])
  }

  @Test("65: no update at all fails a test, and a number of updates that is not the expected one")
  func nothing() throws {
    for lines in [[], [Self.uniform]] {
      let plain = try audit(lines)
      #expect(
        plain.status == 0 && plain.output.hasPrefix("no update of racing: nothing was checked"))
      let failing = try audit(lines, ["--fail-on", "harmful"])
      #expect(failing.status == 65 && failing.errors.contains("no update"), "\(failing.errors)")
      let expected = try audit(lines, ["--expect-updates", "1"])
      #expect(expected.status == 65 && expected.errors.contains("--expect-updates 1: found 0"))
    }
    let three = [Self.uniform, Self.line("0.4"), Self.uniform]
    #expect(try audit(three, ["--expect-updates", "2"]).status == 0)
    for count in ["1", "3"] { #expect(try audit(three, ["--expect-updates", count]).status == 65) }
    #expect(try audit(three, ["--expect-updates", "-1"]).status == 64)
  }

  @Test(
    "66: a standard input that cannot be read",
    arguments: ["<&-", "< .", "0> /dev/null"])
  func unreadable(redirection: String) throws {
    let command = "\"$0\" audit mdps/racing.json --policies - \(redirection)"
    let result = try CommandRunner.shell(command)
    #expect(result.status == 66 && result.errors.contains("standard input: "), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(try CommandRunner.shell("\"$0\" report - --output /nowhere <&-").status == 66)
  }

  @Test(
    "A logged number that cannot be a KL divergence is flagged, and nothing else changes",
    arguments: [
      ("-1e-5", "-1e-5", "negative"), ("NaN", "NaN", "not a number"),
      ("Infinity", "Infinity", "infinite"), ("-Infinity", "-Infinity", "infinite"),
      (#""nan""#, "nan", "not a number"), ("1e999", "1e999", "infinite"),
      (#""none""#, "none", "not a number"),
    ])
  func flagged(written: String, text: String, reason: String) throws {
    let lines = [Self.uniform, Self.line("0.4", #", "kl": \#(written)"#), Self.uniform]
    let result = try audit(lines, ["--json"])
    #expect(result.status == 0, "\(result.errors)")
    let plain = try rows(audit([Self.uniform, Self.line("0.4"), Self.uniform], ["--json"]))
    let updates = try rows(result)
    #expect(updates.count == 2)
    let flag = try #require(updates[0]["loggedKLFlag"] as? [String: String])
    #expect(flag == ["text": text, "reason": reason])
    #expect(updates[0]["loggedKL"] as? Double == (written == "-1e-5" ? -1e-5 : nil))
    let rest = updates[0].filter { !$0.key.hasPrefix("loggedKL") }
    #expect(rest as NSDictionary == plain[0] as NSDictionary)
    #expect(updates[1] as NSDictionary == plain[1] as NSDictionary)
    #expect(try audit(lines).output.contains("update 1 (\(text): \(reason))"))
  }

  @Test("NaN is a number for kl alone")
  func elsewhere() throws {
    let result = try audit([Self.uniform, Self.line("NaN")])
    #expect(
      result.status == 65 && result.errors.contains("line 2:1:21: $.probabilities[0][0]: NaN"))
  }

  @Test("65: a line that is wrong costs the updates into it and out of it, no others")
  func lines() throws {
    for (wrong, message) in [
      (Self.line("0.5"), "sum to 1.1"), ("{", "line 3"), (Self.line("-0.4"), "line 3"),
      (#"{"probabilities": [[1, 0]]}"#, "line 3"),
    ] {
      let lines = [Self.uniform, Self.line("0.4"), wrong, Self.line("0.4"), Self.uniform]
      let result = try audit(lines, ["--json"])
      #expect(result.status == 65 && result.errors.contains(message), "\(result.errors)")
      let updates = try rows(result)
      #expect(updates.map { $0["index"] as? Int } == [1, 4])
      #expect(updates.map { $0["mark"] as? String } == ["improved", "harmful"])
      let errors = try #require(try result.json()["errors"] as? [[String: Any]])
      #expect(errors.map { $0["updates"] as? [Int] } == [[2, 3]])
      let stream = try audit(lines, ["--stream"])
      let streamed = stream.output.split(separator: "\n")
      #expect(stream.status == 65 && streamed.count == 4)
      #expect(streamed.count { $0.contains("\"error\":") } == 2)
      // What happened comes first, a violated claim before it.
      #expect(try audit(lines, ["--fail-on", "harmful"]).status == 4)
    }
  }

  @Test("65: a batch that is wrong costs nothing but itself")
  func batch() throws {
    let batch = #", "batch": {"states": [0], "actions": [7], "advantages": [1]}"#
    let result = try audit([Self.uniform, Self.line("0.4", batch), Self.uniform], ["--json"])
    #expect(result.status == 65 && result.errors.contains("$.batch.actions[0]: unknown action 7"))
    #expect(try rows(result).count == 2)
  }

  @Test("Files of logged numbers: flags, and words that are none")
  func files() throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("kl.txt")
      let policies = ["uniform", "random(1)", "random(2)", "uniform"]
      let arguments =
        ["audit", "mdps/racing.json", "--policies"] + policies
        + ["--json", "--logged-kl", file.path]
      try Data("-0.5, nan\n0.01".utf8).write(to: file)
      let flagged = try CommandRunner.run(arguments)
      #expect(flagged.status == 0, "\(flagged.errors)")
      let reasons = try rows(flagged).map { ($0["loggedKLFlag"] as? [String: String])?["reason"] }
      #expect(reasons == ["negative", "not a number", nil])
      try Data("0.5\nabc 0.01".utf8).write(to: file)
      let wrong = try CommandRunner.run(arguments)
      #expect(wrong.status == 65 && wrong.errors.contains("kl.txt:2:1: $: found \"abc\""))
      #expect(try rows(wrong).map { $0["loggedKL"] as? Double } == [0.5, nil, 0.01])
    }
  }

  @Test("Conditions: commas, repetition and limits of their own; 64 or 65 where they test nothing")
  func conditions() throws {
    let lines = [Self.uniform, Self.line("0.4", #", "kl": 0.01"#), Self.uniform]
    // KL = ½ ln(0.5²/(0.4·0.6)) = 0.020411 in both live states, more than 1.5 times 0.01.
    // What happened comes before what could not be judged: there is no batch.
    for (more, message) in [
      (
        ["--fail-on", "foreign-batch,understated-kl"],
        "understated-kl: update 1, 0 → 1: logged KL 0.01"
      ),
      (
        ["--fail-on", "max-kl=1,mean-kl=0.0204"], "mean-kl=0.0204: update 1, 0 → 1: mean KL 0.0204"
      ),
      (["--fail-on", "mean-kl", "max-kl", "--delta", "0.0204"], "max-kl: update 1"),
      (["--fail-on", "max-kl=1", "--fail-on", "unguaranteed"], "unguaranteed: update 1"),
    ] {
      let result = try audit(lines, more)
      #expect(result.status == 4 && result.errors.contains(message), "\(result.errors)")
    }
    #expect(try audit(lines, ["--fail-on", "max-kl=0.0205,mean-kl=0.0205"]).status == 0)
    let plain = [Self.uniform, Self.line("0.4")]
    for condition in ["understated-kl", "foreign-batch"] {
      #expect(try audit(plain, ["--fail-on", condition]).status == 65)
      let files = ["audit", "mdps/racing.json", "--policies", "uniform", "uniform"]
      #expect(try CommandRunner.run(files + ["--fail-on", condition]).status == 64)
    }
    #expect(try audit(plain, ["--fail-on", "mean-kl"]).status == 64)
  }
}
