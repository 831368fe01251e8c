import Foundation
import TestSupport
import Testing

/// `fuzz` and `falsify` as a user runs them.
@Suite("Property commands", .tags(.slow))
struct FuzzTests {
  @Test("fuzz reports every property, the same on one thread and on two")
  func determinism() throws {
    try TemporaryFolder.with { folder in
      var counts: [[String: [Int]]] = []
      var observed: [[String]] = []
      for threads in 1...2 {
        let log = folder.appendingPathComponent("observations-\(threads).jsonl").path
        let junit = folder.appendingPathComponent("junit-\(threads).xml").path
        let result = try CommandRunner.run([
          "fuzz", "--cases", "70", "--threads", "\(threads)", "--seed", "9", "--property", "kl",
          "--property", "mixture", "--json", "--observations", log, "--junit", junit,
          "--counterexamples", folder.path,
        ])
        #expect(result.status == 0, "\(result.errors)")
        let json = try result.json()
        #expect(json["schema"] as? String == "monotone/fuzz/v1")
        let properties = try #require(json["properties"] as? [[String: Any]])
        counts.append(
          Dictionary(
            uniqueKeysWithValues: properties.map { property in
              let keys = ["holds", "notApplicable", "undecided", "violated"]
              return (property["id"] as? String ?? "", keys.map { property[$0] as? Int ?? -1 })
            }))
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
        observed.append(
          try lines.map { line in
            let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let keys = ["type", "property", "status", "how_generated"]
            return keys.map { value?[$0] as? String ?? "?" }.joined(separator: " ")
          })
        let xml = try String(contentsOfFile: junit, encoding: .utf8)
        #expect(xml.contains("tests=\"2\" failures=\"0\""))
      }
      #expect(counts[0] == counts[1] && counts[0]["kl"] == [70, 0, 0, 0])
      #expect(observed[0] == observed[1] && observed[0].count == 140)
      #expect(observed[0].first == "test_case kl passed seed 9, case 0")
    }
  }

  @Test("falsify keeps a counterexample that check reads, and exits with 2")
  func counterexample() throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.run([
        "falsify", "--claim", "returnCandidate >= returnCurrent", "--budget", "200", "--json",
        "--counterexamples", folder.path,
      ])
      #expect(result.status == 2, "\(result.errors)")
      let found = try #require(try result.json()["counterexample"] as? [String: Any])
      #expect(found["states"] as? Int == 1)
      let stem = try #require(found["files"] as? String)
      let check = try CommandRunner.run([
        "check", "\(stem).mdp.json", "--current", "\(stem).current.policy.json", "--candidate",
        "\(stem).candidate.policy.json", "--json",
      ])
      #expect(try check.json()["improved"] as? String == "violated", "\(check.errors)")
    }
  }

  @Test(
    "The line that reproduces a counterexample has its verdict",
    arguments: [
      ["returnCandidate >= returnCurrent"], ["maxKL <= 50"], ["returnCandidate <= 1e400 - 2e400"],
      ["returnCandidate >= returnCurrent - c * maxKL", "--parameter", "c=1/1000"],
    ])
  func replay(claim: [String]) throws {
    try TemporaryFolder.with { folder in
      let place = folder.appendingPathComponent("it's kept (here)").path
      let result = try CommandRunner.run(
        ["falsify", "--budget", "600", "--counterexamples", place, "--claim"] + claim)
      #expect(result.status == 2, "\(result.output)\(result.errors)")
      let line = try #require(
        result.output.split(separator: "\n").first { $0.hasPrefix("to reproduce: monotone ") })
      let again = try CommandRunner.shell(
        "\"$0\" \(line.dropFirst("to reproduce: monotone ".count))")
      #expect(again.status == 2, "\(line)\n\(again.errors)")
      let theory = again.output.split(separator: "\n")[1]
      #expect(theory.hasPrefix("theory: violated: 1 of 1 claim: \(claim[0])"), "\(theory)")
    }
  }

  @Test(
    "A claim that has a value nowhere is an error, not a claim that survives",
    arguments: [
      ("1/0 >= 5", 64), ("sqrt(0-1) <= returnCurrent", 64), ("log(0) <= maxKL", 64),
      ("((1e10000^100)^100)^100 >= returnCurrent", 64),
      ("returnCurrent / (discount - discount) >= 5", 65),
      ("sqrt(0 - 1 - maxTotalVariation) >= 0", 65),
    ] as [(String, Int32)])
  func valueless(claim: String, status: Int32) throws {
    let result = try CommandRunner.run(["falsify", "--budget", "300", "--claim", claim])
    #expect(result.status == status && result.output.isEmpty, "\(result.output)\(result.errors)")
  }

  @Test("Claims nest and run as deep as they may, not deeper")
  func nesting() throws {
    let deep = String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000)
    for text in [
      "\(deep) >= 0", String(repeating: "-", count: 2000) + "1 >= 0",
      String(repeating: "(", count: 100) + "1",
    ] {
      #expect(try CommandRunner.run(["falsify", "--claim", text]).status == 64)
    }
  }

  @Test("64: a campaign that has no time for a case")
  func noTime() throws {
    let result = try CommandRunner.run(["fuzz", "--time", "1e-9"])
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.contains("--time must lie in 0.001"), "\(result.errors)")
  }

  @Test("Faults in options are usage errors")
  func usage() throws {
    let claim = try CommandRunner.run(["falsify", "--claim", "surrogate >= * 2"])
    #expect(claim.status == 64 && claim.errors.contains("\n               ^"), "\(claim.errors)")
    #expect(try CommandRunner.run(["fuzz", "--property", "no-such"]).status == 64)
    #expect(try CommandRunner.run(["falsify"]).status == 64)
    let parameter = ["falsify", "--claim", "c >= 0", "--parameter", "c"]
    #expect(try CommandRunner.run(parameter).status == 64)
  }
}
