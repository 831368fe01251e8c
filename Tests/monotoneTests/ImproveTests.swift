import Foundation
import TestSupport
import Testing

/// `improve` as a user meets it.
@Suite("Improve", .tags(.slow))
struct ImproveTests {
  private static let folder = "mdps/harmful"
  private static let model = "\(folder)/wrong-advantage.json"

  private func check(_ candidate: String) throws -> [String: Any] {
    let result = try CommandRunner.run([
      "check", Self.model, "--current", "uniform", "--candidate",
      "\(Self.folder)/wrong-advantage.\(candidate).policy.json", "--json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    return try result.json()
  }

  private func number(_ document: [String: Any], _ quantity: String) throws -> Double {
    let quantities = try #require(document["quantities"] as? [String: Any])
    let ball = try #require(quantities[quantity] as? [String: Double])
    return try #require(ball["midpoint"])
  }

  @Test(
    "From wrong advantages the greedy step and max-kl do harm, the conservative mixture does not")
  func harmful() throws {
    for (candidate, verdict) in [
      ("greedy", "violated"), ("max-kl", "violated"), ("conservative", "holds"),
    ] {
      let document = try check(candidate)
      #expect(document["improved"] as? String == verdict, "\(candidate)")
      #expect(try number(document, "policyAdvantage") > 0, "\(candidate): the surrogate gains")
    }
    let mixture = try check("conservative")
    #expect(mixture["guaranteed"] as? String == "yes")
    // η(uniform) = −3 and η(greedy) = −4, by hand: staying costs 0.4 for ever.
    #expect(abs(try number(check("greedy"), "returnCandidate") + 4) < 1e-12)
    #expect(abs(try number(mixture, "returnCurrent") + 3) < 1e-12)
    // KL within the δ = 1 of the step.
    #expect(try number(check("max-kl"), "maxKL") <= 1)
  }

  @Test(
    "From exact advantages no rule does harm on the same model, whatever the step",
    arguments: ["max-kl", "mean-kl", "trust-region", "policy-gradient"])
  func harmless(rule: String) throws {
    for delta in ["0.01", "1", "5", "100"] {
      let result = try CommandRunner.run([
        "improve", Self.model, "--rule", rule, "--delta", delta, "--iterations", "5", "--json",
      ])
      #expect(result.status == 0, "\(result.errors)")
      let steps = try #require(try result.json()["iterations"] as? [[String: Any]])
      #expect(!steps.isEmpty)
      let outcomes = steps.compactMap { $0["outcome"] as? String }
      #expect(outcomes.count == steps.count && !outcomes.contains("harmful"), "\(outcomes)")
    }
  }

  @Test(
    "A softmax rule refuses a policy with a zero and names the state and the action",
    arguments: ["natural-gradient", "trust-region", "policy-gradient"])
  func unsupported(rule: String) throws {
    let result = try CommandRunner.run([
      "improve", "mdps/racing.json", "--rule", rule, "--policy", "greedy(uniform)",
    ])
    #expect(result.status == 65)
    #expect(result.output.isEmpty)
    // Uniform's greedy policy on racing is slow everywhere.
    #expect(result.errors.contains("\"cool\"") && result.errors.contains("\"fast\""))
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
  }

  @Test("Policy iteration proves its last policy optimal, and a run resumes from it")
  func policyIteration() throws {
    try TemporaryFolder.with { folder in
      let output = folder.appendingPathComponent("best.json").path
      let result = try CommandRunner.run([
        "improve", "mdps/racing.json", "--rule", "policy-iteration", "--output", output,
      ])
      #expect(result.status == 0, "\(result.errors)")
      // Slow when warm, fast when cool: V(cool) = 2 + 0.9 (V(cool) + V(warm))/2,
      // V(warm) = 0.5 + 0.9 (V(cool) + V(warm))/2, so V(cool) = 13.25… by elimination.
      #expect(result.output.contains("13.25") && result.output.contains("proved"))
      let again = try CommandRunner.run([
        "improve", "mdps/racing.json", "--rule", "max-kl", "--policy", output, "--json",
      ])
      let steps = try #require(try again.json()["iterations"] as? [[String: Any]])
      #expect(steps.count == 1 && steps.first?["outcome"] as? String == "unchanged")
    }
  }

  @Test("A rule whose guarantee does not apply says so, and only then")
  func withoutGuarantee() throws {
    for (model, isSaid) in [("coupling-family-quarter", true), ("coupling-family", false)] {
      let result = try CommandRunner.run([
        "improve", "mdps/\(model).json", "--rule", "mean-penalty", "--iterations", "1",
      ])
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        result.output.contains("no guarantee: mean-kl-penalty does not apply, γ ≥ 2/3 fails")
          == isSaid, "\(result.output)")
    }
  }

  @Test(
    "Every option has a range, and says so",
    arguments: [
      ["--delta", "1e308"], ["--delta", "1e-310"], ["--delta", "inf"], ["--delta", "nan"],
      ["--step", "1e308"], ["--step", "0"], ["--alpha", "1.5"], ["--alpha", "1e-310"],
      ["--until-gap", "nan"],
    ])
  func ranges(option: [String]) throws {
    let result = try CommandRunner.run(
      ["improve", "mdps/racing.json", "--rule", "max-kl"] + option)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.contains("\(option[0]) must lie between"), "\(result.errors)")
  }

  private func withModel(
    _ discount: String, rewards: [String], _ body: (String) throws -> Void
  ) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("model.json")
      let text = """
        {"schema": "monotone/mdp/v1", "name": "two", "discount": "\(discount)", "states": ["s"],
        "actions": ["x", "y"], "initial": {"s": 1}, "transitions": [
        {"from": "s", "action": "x", "to": {"s": 1}, "reward": "\(rewards[0])"},
        {"from": "s", "action": "y", "to": {"s": 1}, "reward": "\(rewards[1])"}]}
        """
      try Data(text.utf8).write(to: file)
      try body(file.path)
    }
  }

  @Test(
    "optimal takes the better action of two that float64 holds for equal",
    arguments: ["exact", "auto", "certified"])
  func optimalOffset(arithmetic: String) throws {
    try withModel("0.9999", rewards: ["10000000", "10000001"]) { model in
      for policy in ["optimal", "greedy(uniform)", "softmax(1e309, uniform)", "drop(uniform)"] {
        let result = try CommandRunner.run([
          "solve", model, "--policy", policy, "--arithmetic", arithmetic, "--json",
        ])
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        let document = try result.json()
        #expect(document["remarks"] == nil)
        guard arithmetic == "exact", policy != "softmax(1e309, uniform)" else { continue }
        // y for ever: 10,000,001 · 10,000.
        let value = try #require(document["return"] as? [String: Any])
        #expect(value["exact"] as? String == "100000010000", "\(policy)")
      }
    }
  }

  @Test("In float64 optimal is said not to be proved, in the text and in JSON")
  func optimalFloat64() throws {
    try withModel("0.9999", rewards: ["10000000", "10000001"]) { model in
      let arguments = ["solve", model, "--policy", "optimal", "--arithmetic", "float64"]
      let text = try CommandRunner.run(arguments)
      #expect(text.output.contains("not proved optimal: at most"))
      let remarks = try CommandRunner.run(arguments + ["--json"]).json()["remarks"]
      #expect((remarks as? [String])?.count == 1)
    }
  }

  @Test("A model beyond float64 improves to a proved optimum, and a gap is never negative")
  func beyondFloat64() throws {
    try withModel("0.9", rewards: ["1e400", "0"]) { model in
      let result = try CommandRunner.run([
        "improve", model, "--rule", "policy-iteration", "--json",
      ])
      #expect(result.status == 0, "\(result.errors)")
      let optimum = try #require(try result.json()["optimum"] as? [String: Any])
      #expect(optimum["proved"] as? Bool == true && optimum["exact"] as? Bool == true)
      let lower = try #require(optimum["lower"] as? [String: Any])
      #expect(lower["exact"] as? String == "1" + String(repeating: "0", count: 401))
      let text = try CommandRunner.run(["improve", model, "--rule", "policy-iteration"])
      #expect(text.output.contains("attained by the last policy: proved, gap 0"))
    }
  }

  @Test("verify records a rule that cannot go on as an error, goes on, and ends with 70")
  func rowOfError() throws {
    // The penalty 4 ε_max γ/(1−γ) is about 1e320.
    try withModel("0." + String(repeating: "9", count: 320), rewards: ["1", "0"]) { model in
      try TemporaryFolder.with { folder in
        let report = folder.appendingPathComponent("report")
        let result = try CommandRunner.run([
          "verify", model, "--output", report.path, "--rule-iterations", "2",
        ])
        #expect(result.status == 70, "\(result.errors)")
        #expect(result.output.hasPrefix("error: "), "\(result.output)")
        #expect(result.output.contains(/penalty +two +the penalty 4/), "\(result.output)")
        let junit = try String(
          contentsOf: report.appendingPathComponent("junit.xml"), encoding: .utf8)
        #expect(junit.contains("<error type=\"rule\""))
        let bytes = try Data(contentsOf: report.appendingPathComponent("verification.json"))
        let document = try #require(
          try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        let models = try #require(document["models"] as? [[String: Any]])
        let rules = try #require(models.first?["rules"] as? [[String: Any]])
        #expect(rules.count == 9)
        let failed = rules.filter { $0["failure"] is String }.compactMap { $0["rule"] as? String }
        #expect(failed.contains("penalty") && !failed.contains("policy-iteration"), "\(failed)")
      }
    }
  }
}
