import Foundation
import TestSupport
import Testing

/// γ of a finite MDP in training: the model's own, unless somebody chooses another.
@Suite("The discount of a model in training", .tags(.slow))
struct ModelDiscountTests {
  /// From the top, left earns 1 at once and right 2 a step later. With γ = 1/4 left is better:
  /// 1/(1 − γ²) = 16/15 against 2γ/(1 − γ²) = 8/15; with γ = 0.99 right is.
  private static let model = """
    {"schema": "monotone/mdp/v1", "name": "fork", "discount": 0.25,
     "states": ["top", "left", "right"], "actions": ["left", "right", "back"],
     "initial": {"top": 1}, "transitions": [
       {"from": "top", "action": "left", "to": {"left": 1}, "reward": 1},
       {"from": "top", "action": "right", "to": {"right": 1}},
       {"from": "left", "action": "back", "to": {"top": 1}},
       {"from": "right", "action": "back", "to": {"top": 1}, "reward": 2}]}
    """

  private struct Trained {
    var result: CommandRunner.Result
    var configuration: String
    /// η of the policy, under the model's γ.
    var value: Double
  }

  private func train(_ options: [String]) throws -> Trained {
    try TemporaryFolder.with { folder in
      let model = folder.appendingPathComponent("fork.json")
      try Data(Self.model.utf8).write(to: model)
      let policy = folder.appendingPathComponent("p.json").path
      let run = folder.appendingPathComponent("run")
      let result = try CommandRunner.run(
        [
          "train", model.path, "--preset", "tabular", "--batch", "2000", "--steps", "60000",
          "--time-limit", "20", "--budget", "0.1", "--output", run.path, "--export-policy", policy,
        ] + options)
      #expect(result.status == 0, "\(result.errors)")
      let solved = try CommandRunner.run([
        "solve", model.path, "--policy", policy, "--arithmetic", "float64", "--json",
      ])
      let value = try #require(try solved.json()["return"] as? Double)
      let config = try String(
        contentsOf: run.appendingPathComponent("config.json"), encoding: .utf8)
      return Trained(result: result, configuration: config, value: value)
    }
  }

  @Test("It is the default, is written down, and the action that it makes better is learned")
  func own() throws {
    let trained = try train([])
    #expect(trained.configuration.contains("  \"discount\": 0.25,\n"))
    #expect(trained.value > 0.99 * 16 / 15)
    #expect(!trained.result.errors.contains("the discount of training"))
  }

  @Test("A preset has none that counts")
  func preset() throws {
    try TemporaryFolder.with { folder in
      let result = try TrainingFolder.train(
        "mdps/racing.json", folder, iterations: 1, ["--preset", "pendulum"])
      #expect(result.status == 0, "\(result.errors)")
      let config = try String(
        contentsOf: folder.appendingPathComponent("config.json"), encoding: .utf8)
      // racing's own; the preset has 0.95.
      #expect(config.contains("  \"discount\": 0.9,\n"))
    }
  }

  @Test("Another one that is chosen is used, and said")
  func other() throws {
    let trained = try train(["--gamma", "0.99"])
    #expect(trained.configuration.contains("  \"discount\": 0.99,\n"))
    #expect(trained.value < 1.01 * 8 / 15)
    #expect(
      trained.result.errors.contains("the discount of training is 0.99; the model's own is 0.25"))
  }

  @Test("A configuration file chooses, too; one without γ does not", arguments: [true, false])
  func file(hasDiscount: Bool) throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("c.json")
      let discount = hasDiscount ? ", \"discount\": 0.5" : ""
      try Data("{\"schema\": \"monotone/training/v1\", \"batch\": 64\(discount)}".utf8).write(
        to: file)
      let run = folder.appendingPathComponent("run")
      let result = try CommandRunner.run([
        "train", "mdps/racing.json", "--config", file.path, "--steps", "64", "--output", run.path,
      ])
      #expect(result.status == 0, "\(result.errors)")
      let config = try String(
        contentsOf: run.appendingPathComponent("config.json"), encoding: .utf8)
      #expect(config.contains("  \"discount\": \(hasDiscount ? "0.5" : "0.9"),\n"))
    }
  }

  /// With the policy that first takes either action: V(top) = (1 + 2γ)/2 /(1 − γ²).
  @Test("Comparisons are of the γ that training used, and say so", arguments: [nil, "0.5"])
  func comparison(discount: String?) throws {
    try TemporaryFolder.with { folder in
      let model = folder.appendingPathComponent("fork.json")
      try Data(Self.model.utf8).write(to: model)
      let run = folder.appendingPathComponent("run")
      let result = try CommandRunner.run(
        [
          "train", model.path, "--preset", "tabular", "--batch", "200", "--steps", "200",
          "--environments", "2", "--normalises-advantages", "false", "--compare", "--output",
          run.path,
        ] + (discount.map { ["--discount", $0] } ?? []))
      #expect(result.status == 0, "\(result.errors)")
      let bytes = try Data(contentsOf: run.appendingPathComponent("comparison/comparison.json"))
      let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
      let gamma = discount.flatMap { Double($0) } ?? 0.25
      // Right is better from γ = 1/2 on, where both are worth the same.
      let best = max(1, 2 * gamma) / (1 - gamma * gamma)
      let optimum = try #require(document["optimalReturn"] as? Double)
      #expect(abs(optimum - best) < 1e-12)
      // A network's first policy is uniform to about a hundredth.
      let start = try #require(document["initialReturn"] as? Double)
      #expect(abs(start - (1 + 2 * gamma) / 2 / (1 - gamma * gamma)) < 0.02)
      #expect(document["ownDiscount"] as? Double == (discount == nil ? nil : 0.25))
      let summary = try String(
        contentsOf: run.appendingPathComponent("comparison/summary.md"), encoding: .utf8)
      #expect(summary.contains("the model's own is 0.25") == (discount != nil))
    }
  }

  @Test("Returns say whether they are discounted")
  func labels() throws {
    try TemporaryFolder.with { folder in
      let trained = try TrainingFolder.train(
        "mdps/racing.json", folder, iterations: 3, ["--time-limit", "10"])
      #expect(trained.errors.contains("undiscounted"))
      let evaluated = try CommandRunner.run(["evaluate", folder.path, "--episodes", "2"])
      #expect(evaluated.output.hasPrefix("return (undiscounted) "))
      let document = try CommandRunner.run(["evaluate", folder.path, "--episodes", "2", "--json"])
      #expect(try document.json()["returns"] as? String == "undiscounted")
      let solved = try CommandRunner.run(["solve", "mdps/racing.json"])
      #expect(solved.output.hasPrefix("discounted return "))
    }
  }
}
