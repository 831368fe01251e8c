import Foundation
import TestSupport
import Testing

/// Numbers at the edge of float64, and beyond it, through the command line: verdicts and messages,
/// never an internal error, never a signal.
@Suite("Hard numbers", .tags(.slow))
struct StressTests {
  private static let rigours = ["float64", "certified", "exact", "auto"]

  private static let candidates = [
    "uniform", "greedy(uniform)", "softmax(1e-8, uniform)", "drop(uniform)", "optimal",
    "mix(1e-12, uniform, random(1))",
  ]

  private func check(
    _ model: String, _ candidate: String, _ rigour: String
  ) throws -> CommandRunner.Result {
    try CommandRunner.run(
      ["check", "-", "--current", "uniform", "--candidate", candidate, "--arithmetic", rigour],
      input: model)
  }

  @Test(
    "Extreme models are proved by default, and never wrong",
    arguments: [
      "blocks-farthest-huge", "accident-farthest-mixed", "unreached-far-mixed",
      "cycle-farthest-mixed",
    ])
  func extreme(name: String) throws {
    let file = CommandRunner.root.appendingPathComponent("Tests/Goldens/stress/\(name).json")
    let golden = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let content = try #require(golden?["mdp"])
    let model = String(
      decoding: try JSONSerialization.data(withJSONObject: content), as: UTF8.self)
    for candidate in Self.candidates {
      for rigour in Self.rigours {
        let result = try check(model, candidate, rigour)
        let isProof = rigour == "exact" || rigour == "auto"
        #expect(
          result.status == 0 || (result.status == 3 && !isProof),
          "\(candidate), \(rigour): \(result.status) \(result.output.prefix(200))\(result.errors)")
      }
    }
  }

  /// A model with one number at the edge in each place.
  private func model(discount: String, rare: String, often: String, reward: String) -> String {
    """
    {"schema": "monotone/mdp/v1", "name": "edge", "discount": "\(discount)",
     "states": ["a", "b"], "actions": ["x", "y"], "initial": {"a": 1},
     "transitions": [
       {"from": "a", "action": "x", "to": {"a": "\(often)", "b": "\(rare)"}, "reward": 1},
       {"from": "a", "action": "y", "to": {"a": 1}, "reward": "\(reward)"},
       {"from": "b", "action": "x", "to": {"a": 0.5, "b": 0.5}, "reward": "1e-12"},
       {"from": "b", "action": "y", "to": {"b": 1}, "reward": "-\(reward)"}]}
    """
  }

  @Test(
    "Numbers beyond float64 are refused or proved, never fatal",
    arguments: [
      // Values overflow, though every number in the file is within range.
      ("0.9", "0.5", "0.5", "1e308"), ("0.999999999", "0.5", "0.5", "1e300"),
      // Numbers in the file overflow or underflow.
      ("0.9", "0.5", "0.5", "1e400"), ("0.9", "0.5", "0.5", "1e-400"),
      // The smallest normal numbers.
      ("0.9", "0.5", "0.5", "1e-307"),
      // γ is 1 in float64, and next to 1.
      ("0.99999999999999999", "0.5", "0.5", "1"), ("0.9999999999999999", "0.5", "0.5", "1e300"),
      // A probability that no sum in float64 notices.
      ("0.9", "1e-300", "0.\(String(repeating: "9", count: 300))", "1e300"),
    ])
  func beyond(discount: String, rare: String, often: String, reward: String) throws {
    let model = model(discount: discount, rare: rare, often: often, reward: reward)
    for candidate in Self.candidates {
      for rigour in Self.rigours {
        let result = try check(model, candidate, rigour)
        #expect(
          [0, 3, 65].contains(result.status), "\(candidate), \(rigour): \(result.errors)")
        // What float64 has no part in, exact arithmetic proves.
        if candidate == "uniform", rigour == "exact" || rigour == "auto" {
          #expect(result.status == 0, "\(rigour): \(result.errors)")
        }
      }
    }
    for rigour in Self.rigours {
      let result = try CommandRunner.run(
        ["solve", "-", "--json", "--arithmetic", rigour], input: model)
      #expect([0, 65].contains(result.status), "\(rigour): \(result.errors)")
      if rigour == "exact" || rigour == "auto" {
        #expect(result.status == 0, "\(rigour): \(result.errors)")
      }
      if result.status == 0 { #expect(try !result.json().isEmpty) }
    }
  }
}
