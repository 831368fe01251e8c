import Foundation
import TestSupport
import Testing

/// Options at values that no arithmetic likes: each has a range, and says so.
@Suite("Ranges of options", .tags(.slow))
struct OptionRangeTests {
  @Test(
    "64: a value out of range is refused with the range",
    arguments: [
      "solve mdps/racing.json --states=-1", "fuzz --time nan", "fuzz --time inf",
      "fuzz --time 1e26",
      "fuzz --time=-1", "fuzz --time 0", "fuzz --cases 0", "fuzz --cases 9223372036854775807",
      "fuzz --threads 0", "fuzz --threads 9007199254740992",
      "falsify --claim 'maxKL>=0' --budget 9223372036854775807",
      "falsify --claim 'maxKL>=0' --states 0",
      "verify mdps/racing.json --output o --rule-iterations=-1",
      "verify mdps/racing.json --output o --rule-iterations 9223372036854775807",
      "generate garnet --states 9007199254740992 --actions 2 --branching 2",
      "generate garnet --states 9223372036854775807 --actions 9223372036854775807 --branching 1",
      "generate garnet --states 1000000 --actions 1000000 --branching 1000000",
      "generate garnet --states 5 --actions 2 --branching 2 --resolution 9223372036854775807",
      "evaluate runs/none --episodes 9223372036854775807", "compare mdps/racing.json --updates 0",
      "compare mdps/racing.json --sweep-repeats 1",
      "compare mdps/racing.json --sweep-horizon 9223372036854775807",
      "compare mdps/racing.json --sweep-sizes 0 10 100",
      "audit mdps/racing.json --policies uniform --delta nan",
    ])
  func refused(command: String) throws {
    let result = try CommandRunner.shell("$0 \(command)")
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("must") || result.errors.contains("at most"), "\(result.errors)")
  }

  @Test(
    "64: every numeric hyper-parameter states its range",
    arguments: [
      "seed", "steps", "threads", "stop-episodes", "checkpoint-every", "environments", "time-limit",
      "batch", "vine-states", "vine-actions", "vine-horizon", "discount", "lambda",
      "observation-bound", "reward-bound", "delta", "conjugate-gradient-iterations",
      "conjugate-gradient-tolerance", "damping", "fisher-share", "trials", "backtrack",
      "accept-ratio",
      "critic-learning-rate", "critic-epochs", "critic-batch", "deviation", "hidden",
      "critic-hidden",
    ])
  func hyperparameters(option: String) throws {
    for value in ["nan", "inf", "-inf", "-1", "1e308", "18446744073709551616"] {
      let result = try CommandRunner.run(["train", "CartPole-v1", "--\(option)=\(value)"])
      #expect(result.status == 64, "\(value): \(result.errors)")
      #expect(
        result.errors.contains("--\(option): found \"\(value)\"; expected "), "\(result.errors)")
    }
  }

  @Test(
    "64: settings that no memory holds are refused at once",
    arguments: [
      ["--hidden", "65536,65536"], ["--critic-hidden", "65536,65536,65536"],
      ["--batch", "1000000000", "--hidden", "4096"], ["--environments", "9007199254740992"],
      ["--batch", "9007199254740992"],
      ["--estimator", "vine", "--vine-states", "1000000", "--vine-actions", "1000000"],
    ])
  func memory(options: [String]) throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run").path
      let result = try CommandRunner.run(["train", "CartPole-v1", "--output", run] + options)
      #expect(result.status == 64, "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: run))
    }
  }

  @Test("20,000 nested parentheses are refused wherever there are parentheses")
  func nesting() throws {
    try TemporaryFolder.with { folder in
      let (open, close) = (
        String(repeating: "(", count: 20_000), String(repeating: ")", count: 20_000)
      )
      let claim = try CommandRunner.run(["falsify", "--claim", "\(open)maxKL\(close) >= 0"])
      #expect(claim.status == 64, "\(claim.errors)")
      let signs = String(repeating: "-", count: 3_000)
      let signed = try CommandRunner.run(["falsify", "--claim", "maxKL >= \(signs)1"])
      #expect(signed.status == 64, "\(signed.errors)")
      let greedy = String(repeating: "greedy(", count: 12_000)
      let ends = String(repeating: ")", count: 12_000)
      let policy = try CommandRunner.run([
        "solve", "mdps/racing.json", "--policy", "\(greedy)uniform\(ends)",
      ])
      #expect(policy.status == 64, "\(policy.errors)")
      let file = folder.appendingPathComponent("deep.json")
      let arrays = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
      for text in [
        arrays, "{\"schema\": \(arrays)}",
        "{\"schema\": \"monotone/mdp/v1\", \"states\": \(arrays)}",
      ] {
        try Data(text.utf8).write(to: file)
        for command in [
          ["solve", file.path], ["validate", file.path],
          ["train", "CartPole-v1", "--config", file.path],
          ["evaluate", file.path], ["solve", "mdps/racing.json", "--policy", file.path],
          ["report", file.path, "--output", folder.appendingPathComponent("o").path],
        ] {
          let result = try CommandRunner.run(command)
          #expect(result.status == 65, "\(command[0]): \(result.errors.prefix(200))")
        }
      }
    }
  }
}
