import Foundation
import TestSupport
import Testing

@Suite("Discount 1 on the command line", .tags(.slow))
struct DiscountOneTests {
  private static let arithmetics = ["float64", "certified", "exact", "auto"]

  /// One live state with two actions: one stays and one leaves, with rewards.
  private static func choice(stay: String, leave: String, discount: String = "1") -> String {
    """
    {"schema": "monotone/mdp/v1", "name": "choice", "discount": \(discount), "states": ["s", "end"],
     "actions": ["stay", "leave"], "initial": {"s": 1}, "terminal": ["end"],
     "transitions": [
       {"from": "s", "action": "stay", "to": {"s": 1}, "reward": \(stay)},
       {"from": "s", "action": "leave", "to": {"end": 1}, "reward": \(leave)}]}
    """
  }

  private static func policy(stay: String, leave: String) -> String {
    #"{"schema": "monotone/policy/v1", "mdp": "choice", "probabilities": {"s": {"stay": \#(stay), "leave": \#(leave)}}}"#
  }

  private func withFiles(
    _ files: [String: String], _ body: (_ path: (String) -> String) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      try body { folder.appendingPathComponent($0).path }
    }
  }

  /// Russell & Norvig's 4 × 3 world in hundredths: exits ±100, each step costs 3, moves go astray to
  /// either side with probability 1/10.
  private static let grid: String = {
    let walls: Set<[Int]> = [[1, 1]]
    let terminal: Set<[Int]> = [[0, 3], [1, 3]]
    let moves = [("N", [-1, 0]), ("E", [0, 1]), ("S", [1, 0]), ("W", [0, -1])]
    func name(_ cell: [Int]) -> String { "(\(cell[0]), \(cell[1]))" }
    func reached(_ cell: [Int], _ move: Int) -> [Int] {
      let next = [cell[0] + moves[move % 4].1[0], cell[1] + moves[move % 4].1[1]]
      let isInside = (0..<3).contains(next[0]) && (0..<4).contains(next[1])
      return isInside && !walls.contains(next) ? next : cell
    }
    let cells = (0..<3).flatMap { row in (0..<4).map { [row, $0] } }.filter { !walls.contains($0) }
    var rows: [String] = []
    for cell in cells where !terminal.contains(cell) {
      for move in 0..<4 {
        var tenths: [String: Int] = [:]
        var rewards: [String: Int] = [:]
        for (direction, share) in [(move, 8), (move + 1, 1), (move + 3, 1)] {
          let next = reached(cell, direction)
          tenths[name(next), default: 0] += share
          rewards[name(next)] = next == [0, 3] ? 97 : next == [1, 3] ? -103 : -3
        }
        let to = tenths.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \"\($0.value)/10\"" }
        let reward = rewards.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        rows.append(
          """
          {"from": "\(name(cell))", "action": "\(moves[move].0)", \
          "to": {\(to.joined(separator: ", "))}, "reward": {\(reward.joined(separator: ", "))}}
          """)
      }
    }
    return """
      {"schema": "monotone/mdp/v1", "name": "grid", "discount": 1,
       "states": [\(cells.map { "\"\(name($0))\"" }.joined(separator: ", "))],
       "actions": ["N", "E", "S", "W"], "initial": {"(2, 0)": 1}, "terminal": ["(0, 3)", "(1, 3)"],
       "transitions": [\(rows.joined(separator: ",\n"))]}
      """
  }()

  @Test("The optimum of the 4 × 3 world", arguments: arithmetics)
  func grid(_ arithmetic: String) throws {
    try withFiles(["grid.json": Self.grid]) { path in
      let result = try CommandRunner.run(
        ["solve", path("grid.json"), "--policy", "optimal", "--arithmetic", arithmetic, "--json"])
      #expect(result.status == 0, "\(result.errors)")
      let value = try #require(try result.json()["return"])
      // By policy iteration in Python's fractions.
      if arithmetic == "exact" {
        #expect((value as? [String: Any])?["exact"] as? String == "90185/1168")
      } else {
        let number =
          value as? Double ?? (value as? [String: Any])?["midpoint"] as? Double ?? .nan
        #expect(abs(number - 90185 / 1168) < 1e-10)
      }
    }
  }

  @Test("Every command that can works on it, and none crashes")
  func commands() throws {
    try withFiles(["grid.json": Self.grid]) { path in
      let file = path("grid.json")
      for command in [
        ["validate", file], ["convert", file, "--to", "dense"],
        ["check", file, "--current", "uniform", "--candidate", "optimal"],
        ["check", file, "--current", "uniform", "--candidate", "mix(1/10, uniform, optimal)"],
        ["improve", file, "--rule", "policy-iteration", "--iterations", "30"],
        ["improve", file, "--rule", "max-kl", "--iterations", "3"],
        ["audit", file, "--policies", "uniform", "random(1)", "optimal"],
        ["verify", file, "--rule-iterations", "1", "--output", path("report")],
      ] {
        let result = try CommandRunner.run(command)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      let check = try CommandRunner.run(
        ["check", file, "--current", "uniform", "--candidate", "optimal"])
      #expect(check.output.contains("means under ρ/Σρ"), "\(check.output)")
      let improve = try CommandRunner.run(
        ["improve", file, "--rule", "policy-iteration", "--iterations", "30"])
      #expect(improve.output.contains("77.2131"), "\(improve.output)")
    }
  }

  @Test(
    "Rules that need a horizon say so",
    arguments: [
      "conservative", "penalty", "mean-penalty", "mean-kl", "natural-gradient", "trust-region",
      "policy-gradient",
    ])
  func rules(_ rule: String) throws {
    try withFiles(["m.json": Self.choice(stay: "-1", leave: "-3")]) { path in
      let result = try CommandRunner.run(["improve", path("m.json"), "--rule", rule])
      #expect(result.status == 65)
      #expect(result.errors.contains(rule) && result.errors.contains("discount below 1"))
    }
  }

  @Test(
    "A policy that never ends is refused, by its name and that of the state", arguments: arithmetics
  )
  func endless(_ arithmetic: String) throws {
    try withFiles([
      "m.json": Self.choice(stay: "-1", leave: "-3"),
      "stay.json": Self.policy(stay: "1", leave: "0"),
    ]) { path in
      let (model, stay) = (path("m.json"), path("stay.json"))
      for command in [
        ["solve", model, "--policy", stay],
        ["check", model, "--current", "uniform", "--candidate", stay],
        ["check", model, "--current", stay, "--candidate", "uniform"],
        ["solve", model, "--policy", "greedy(\(stay))"],
        ["improve", model, "--rule", "policy-iteration", "--policy", stay],
      ] {
        let result = try CommandRunner.run(command + ["--arithmetic", arithmetic])
        #expect(result.status == 65, "\(command)")
        #expect(
          result.errors.contains("from state \"s\" the policy \(stay) never reaches a terminal"),
          "\(command): \(result.errors)")
      }
      let audit = try CommandRunner.run(["audit", model, "--policies", "uniform", stay])
      #expect(audit.status == 65 && audit.errors.contains("\"s\""), "\(audit.errors)")
      // A model from a state of which no policy at all ends.
      let none = path("none.json")
      try Data(
        Self.choice(stay: "-1", leave: "-3").replacing(
          #""to": {"end": 1}"#, with: #""to": {"s": 1}"#
        ).utf8
      ).write(to: URL(fileURLWithPath: none))
      let optimal = try CommandRunner.run(["solve", none, "--policy", "optimal"])
      #expect(optimal.status == 65 && optimal.errors.contains("\"s\""), "\(optimal.errors)")
    }
  }

  @Test(
    "An optimum without bound, or better never attained, is refused with its reason",
    arguments: [("1", "-3", "gains"), ("1e-300", "5", "gains"), ("0", "-1", "costs nothing")])
  func unbounded(_ stay: String, _ leave: String, _ words: String) throws {
    try withFiles(["m.json": Self.choice(stay: stay, leave: leave)]) { path in
      for command in [
        ["solve", path("m.json"), "--policy", "optimal"],
        ["check", path("m.json"), "--current", "uniform", "--candidate", "optimal"],
        ["improve", path("m.json"), "--rule", "policy-iteration"],
      ] {
        let result = try CommandRunner.run(command)
        #expect(result.status == 65, "\(command)")
        #expect(
          result.errors.contains("\"s\"") && result.errors.contains(words),
          "\(command): \(result.errors)")
      }
      // Policies that end have values all the same.
      #expect(try CommandRunner.run(["solve", path("m.json")]).status == 0)
    }
  }

  @Test("Where staying costs nothing and leaving pays, the optimum is to leave")
  func freeCycle() throws {
    try withFiles(["m.json": Self.choice(stay: "0", leave: "2")]) { path in
      let result = try CommandRunner.run(
        ["solve", path("m.json"), "--policy", "optimal", "--arithmetic", "exact"])
      #expect(result.output.hasPrefix("undiscounted return 2 "), "\(result.output)\(result.errors)")
    }
  }

  @Test("A discount beyond 1 is none", arguments: ["1.0000000000000000001", "2", "\"3/2\"", "-1"])
  func beyond(_ discount: String) throws {
    let text = Self.choice(stay: "-1", leave: "-3", discount: discount)
    try withFiles(["m.json": text]) { path in
      let result = try CommandRunner.run(["solve", path("m.json")])
      #expect(result.status == 65 && result.errors.contains("[0, 1]"), "\(result.errors)")
    }
  }

  @Test("γ = 1 − 1e-18 is not 1, though float64 takes it for that")
  func almost() throws {
    let discount = "0.999999999999999999"
    try withFiles(["m.json": Self.choice(stay: "-1", leave: "-3", discount: discount)]) { path in
      let result = try CommandRunner.run(
        ["solve", path("m.json"), "--policy", "optimal", "--arithmetic", "exact", "--json"])
      #expect(result.status == 0, "\(result.errors)")
      let visits = try #require(try result.json()["visitation"] as? [String: [String: Any]])
      #expect(visits["end"]?["exact"] as? String == discount.dropFirst(2) + "")
    }
  }

  @Test("Certificates and comparisons say that they need a discount below 1")
  func unsupported() throws {
    try withFiles(["m.json": Self.choice(stay: "-1", leave: "-3")]) { path in
      for command in [
        [
          "check", path("m.json"), "--current", "uniform", "--candidate", "optimal",
          "--certificate", path("proof.json"),
        ],
        [
          "check", path("m.json"), "--current", "uniform", "--candidate", "optimal",
          "--coq", path("proof.json"),
        ],
        ["compare", path("m.json"), "--updates", "1", "--output", path("comparison")],
      ] {
        let result = try CommandRunner.run(command)
        #expect(result.status == 65, "\(command)")
        #expect(result.errors.contains("discount below 1"), "\(result.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: path("proof.json")))
    }
  }
}
