import Foundation
import Testing

/// `improve` as a user meets it.
@Suite("Improve")
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
}
