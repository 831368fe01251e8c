import Foundation
import TestSupport
import Testing

/// What exact arithmetic would cost depends on the digits of the files, and is known beforehand.
@Suite("Affordability", .tags(.slow))
struct AffordabilityTests {
  /// A file of some kilobytes: 19 states, and probabilities with exponents of thousands, so that each
  /// row has a common denominator of ten thousand digits.
  private static let longLiterals: String = {
    let count = 19
    let rows = (0..<count * 2).map { row in
      let state = row / 2
      let next = (0..<count).map { to in
        to == (state + 1) % count ? "1" : "\(1 + (row + to) % 9)e-\(9_950 + (row * 7 + to) % 50)"
      }
      let entries = next.enumerated().map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ")
      return
        "{\"from\": \(state), \"action\": \(row % 2), \"reward\": \(row % 5), \"to\": {\(entries)}}"
    }
    return """
      {"schema": "monotone/mdp/v1", "name": "long", "discount": 0.9, "states": \(count), "actions": 2,
       "initial": {"0": 1}, "transitions": [\(rows.joined(separator: ",\n"))]}
      """
  }()

  @Test(
    "auto does not begin what takes minutes",
    arguments: [
      ["solve", "-"], ["check", "-", "--current", "uniform", "--candidate", "random(1)"],
    ])
  func automatic(_ arguments: [String]) throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try CommandRunner.run(arguments, input: Self.longLiterals)
      // What float64 cannot hold either, if the certified arithmetic refuses it, is bad data.
      #expect([0, 3, 65].contains(result.status), "\(result.errors)")
      #expect(!result.errors.contains("exact arithmetic begins"))
    }
    #expect(time < .seconds(90))
  }

  @Test("exact is refused, with the time that it would take")
  func exact() throws {
    for arguments in [
      ["solve", "-"], ["check", "-", "--current", "uniform", "--candidate", "random(1)"],
    ] {
      let result = try CommandRunner.run(
        arguments + ["--arithmetic", "exact"], input: Self.longLiterals)
      #expect(result.status == 64)
      #expect(result.errors.contains("digits counted") && result.errors.contains("--force"))
    }
  }

  @Test("The digits of a policy count, too")
  func policies() throws {
    try TemporaryFolder.with { folder in
      // 1/q and (q − 1)/q for a q of 90,000 digits.
      let (zeros, nines) = (
        String(repeating: "0", count: 90_000), String(repeating: "9", count: 90_000)
      )
      let row = "{\"slow\": \"1/1\(zeros)\", \"fast\": \"\(nines)/1\(zeros)\"}"
      let file = folder.appendingPathComponent("long.policy.json")
      let policy =
        "{\"schema\": \"monotone/policy/v1\", \"mdp\": \"racing\", "
        + "\"probabilities\": {\"cool\": \(row), \"warm\": \(row)}}"
      try Data(policy.utf8).write(to: file)
      let check = ["check", "mdps/racing.json", "--current", "uniform", "--arithmetic", "exact"]
      let result = try CommandRunner.run(check + ["--candidate", file.path])
      #expect(result.status == 64, "\(result.errors)")
      #expect(result.errors.contains("digits counted"))
      #expect(try CommandRunner.run(check + ["--candidate", "random(1)"]).status == 0)
    }
  }
}
