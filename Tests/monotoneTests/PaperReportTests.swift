import Foundation
import MonotoneReports
import TestSupport
import Testing

/// `monotone report` of the paper's experiments.
@Suite("Report of the paper", .tags(.slow))
struct PaperReportTests {
  /// Runs of two methods, two seeds each.
  private static let runs = """
    {"schema": "monotone/paper-runs/v1", "experiment": "cart-pole", "pointEvery": 100, "episodes": 7,
     "methods": [{"arm": "single-path", "swept": "--delta", "command": "monotone train CartPole-paper --delta VALUE --seed SEED"},
                 {"arm": "vine", "swept": "--delta", "command": "monotone train --estimator vine"}],
     "versions": {"monotone": "0"},
     "runs": [
      {"arm": "single-path", "stage": "evaluation", "value": 0.01, "seed": 0, "steps": 200, "curve": [20, 90], "score": 100},
      {"arm": "single-path", "stage": "evaluation", "value": 0.01, "seed": 1, "steps": 200, "curve": [null, 80], "score": 90},
      {"arm": "vine", "stage": "evaluation", "value": 0.01, "seed": 0, "steps": 200, "curve": [20, 95], "score": 101},
      {"arm": "vine", "stage": "evaluation", "value": 0.01, "seed": 1, "steps": 200, "curve": [20, 85], "score": 95}
     ]}
    """

  private static func report(
    _ files: [String: String], in folder: URL, _ output: String = "report"
  ) throws -> CommandRunner.Result {
    let data = folder.appendingPathComponent("data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: data.appendingPathComponent(name)) }
    return try CommandRunner.run([
      "report", data.path, "--output", folder.appendingPathComponent(output).path,
    ])
  }

  @Test("The same data gives the same bytes, in every file")
  func bytes() throws {
    try TemporaryFolder.with { folder in
      for output in ["one", "two"] {
        let result = try Self.report(["runs.json": Self.runs], in: folder, output)
        #expect(result.status == 0, "\(result.errors)")
      }
      for file in ["index.html", "summary.md", "paper.json", "figures/cart-pole.svg"] {
        let both = try ["one", "two"].map {
          try Data(contentsOf: folder.appendingPathComponent("\($0)/\(file)"))
        }
        #expect(both[0] == both[1] && !both[0].isEmpty, "\(file)")
      }
      let page = try String(
        contentsOf: folder.appendingPathComponent("one/index.html"), encoding: .utf8)
      for text in [
        "Eq. 50", "returns of 7 episodes", "Slips in the paper", "nothing is concluded",
        "Cart-pole", "<span>--delta 0.01</span> <span>--seed 0</span>",
        "Not run yet: <code>figures/hopper.svg</code>",
      ] {
        #expect(page.contains(text), "\(text)")
      }
    }
  }

  @Test(
    "Data that is wrong is named, and no report is written",
    arguments: [
      (
        "\"seed\": 1, \"steps\": 200, \"curve\": [20, 85]",
        "\"seed\": 0, \"steps\": 200, \"curve\": [20, 85]", "twice"
      ),
      ("\"arm\": \"vine\", \"stage\"", "\"arm\": \"wine\", \"stage\"", "runs[2].arm"),
      ("paper-runs/v1", "paper-runs/v9", "this version reads"),
      ("\"score\": 95", "\"score\": \"95\"", "runs[3].score"),
      ("\"pointEvery\": 100", "\"pointEvery\": 0", "pointEvery"),
      ("\"episodes\": 7", "\"episodes\": 0", "episodes"),
    ])
  func faults(_ sound: String, _ wrong: String, _ message: String) throws {
    try #require(Self.runs.contains(sound))
    try TemporaryFolder.with { folder in
      let text = Self.runs.replacingOccurrences(of: sound, with: wrong)
      let result = try Self.report(["runs.json": text], in: folder)
      #expect(result.status == 65 && result.errors.contains(message), "\(result.errors)")
      #expect(result.errors.contains("runs.json"))
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/report/paper.json"))
    }
  }

  @Test("Scores in the paper's settings stand beside its numbers")
  func scores() throws {
    let scores = """
      {"schema": "monotone/paper-scores/v1", "scores": [
       {"environment": "atari:pong", "arm": "single-path", "seed": 3, "steps": 1234567, "score": -20.5,
        "source": "Benchmarks/pixels/pong/pong-3.json"}]}
      """
    try TemporaryFolder.with { folder in
      let result = try Self.report(["scores.json": scores], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let page = try String(
        contentsOf: folder.appendingPathComponent("report/index.html"), encoding: .utf8)
      for text in ["atari:pong", "20.9", "-20.5", "1,234,567", "pong-3.json"] {
        #expect(page.contains(text), "\(text)")
      }
    }
    try TemporaryFolder.with { folder in
      let result = try Self.report(["a.json": scores, "b.json": scores], in: folder)
      #expect(result.status == 65 && result.errors.contains("b.json"), "\(result.errors)")
    }
  }

  @Test("In the figures of a task no two methods look alike, and the single path looks the same")
  func looks() throws {
    let arms = [
      "single-path", "vine", "natural-gradient", "max-kl", "empirical-fisher", "cem", "cma-es",
      "rwr",
    ]
    let methods = arms.map { "{\"arm\": \"\($0)\", \"swept\": \"x\", \"command\": \"y\"}" }
    let runs = arms.map {
      "{\"arm\": \"\($0)\", \"stage\": \"evaluation\", \"value\": 1, \"seed\": 0, \"steps\": 200, \"curve\": [20, 90], "
        + "\"score\": 100}"
    }
    let file = """
      {"schema": "monotone/paper-runs/v1", "experiment": "cart-pole", "pointEvery": 100, "episodes": 7,
       "methods": [\(methods.joined(separator: ","))], "versions": {"monotone": "0"},
       "runs": [\(runs.joined(separator: ","))]}
      """
    try TemporaryFolder.with { folder in
      let result = try Self.report(["runs.json": file], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let classes = try ["trust-region", "others"].map { name in
        let figure = try String(
          contentsOf: folder.appendingPathComponent("report/figures/cart-pole-\(name).svg"),
          encoding: .utf8)
        return Set(
          figure.matches(of: /class="((?:mark|curve)-[a-z0-9]+)"/).map { String($0.output.1) })
      }
      #expect(classes[0].count == 5 && classes[1].count == 4, "\(classes)")
      #expect(classes[0].intersection(classes[1]) == ["mark-holds"])
    }
  }

  @Test("A folder without results, and a task in two files, are refused")
  func folders() throws {
    try TemporaryFolder.with { folder in
      let result = try Self.report(
        ["other.json": "{\"schema\": \"monotone/check/v2\"}"], in: folder)
      #expect(result.status == 66 && result.errors.contains("make paper"), "\(result.errors)")
    }
    try TemporaryFolder.with { folder in
      let result = try Self.report(["a.json": Self.runs, "b.json": Self.runs], in: folder)
      #expect(result.status == 65 && result.errors.contains("b.json"), "\(result.errors)")
    }
  }

  /// Every distinct command of the map.
  private static let commands: [String] = {
    let all = PaperMap.all.flatMap { item in
      item.answers.compactMap { answer -> String? in
        if case .command(let command) = answer { command } else { nil }
      }
    }
    return Set(all).sorted()
  }()

  /// What makes a command of the map small.
  private static func shortened(_ command: String, in folder: URL) -> String {
    let output = " --output '\(folder.path)/output'"
    return switch command.split(separator: " ")[1] {
    case "train": command + " --iterations 1 --batch 200 --environments 2" + output
    case "compare": command + " --no-sweep" + output
    case "falsify": command + " --budget 3000 --counterexamples '\(folder.path)'"
    default: command
    }
  }

  @Test("Every command of the map runs", arguments: commands)
  func map(_ command: String) throws {
    try TemporaryFolder.with { folder in
      let line = Self.shortened(command, in: folder)
      try #require(line.hasPrefix("monotone "))
      // Robots need the simulator, which is installed apart.
      if line.contains("-paper --preset locomotion"), CommandRunner.pythonPackages == nil { return }
      let result = try CommandRunner.shell("\"$0\"" + line.dropFirst("monotone".count))
      #expect([0, 2].contains(result.status), "\(line): \(result.errors)")
    }
  }
}
