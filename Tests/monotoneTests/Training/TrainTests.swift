import Foundation
import NeuralTRPO
import TestSupport
import Testing
import TrainingRuns

/// `train` as a user meets it.
@Suite("Train", .tags(.slow))
struct TrainTests {
  @Test("A run's config.json, given as a configuration, makes the same run", arguments: [0, 1])
  func configuration(index: Int) throws {
    let more = [
      ["--gamma", "0.9", "--max_kl", "0.03", "--deviation", "0.3", "--lamda", "0.123456789"],
      [
        "--preset", "pendulum-tutorial", "--hidden", "none", "--critic-batch", "none",
        "--time-limit", "20",
      ],
    ][index]
    try TemporaryFolder.with { folder in
      let (first, second) = (
        folder.appendingPathComponent("a"), folder.appendingPathComponent("b")
      )
      let run = try TrainingFolder.train("Pendulum-v1", first, iterations: 2, more)
      #expect(run.status == 0, "\(run.errors)")
      let again = try CommandRunner.run([
        "train", "Pendulum-v1", "--output", second.path, "--config",
        first.appendingPathComponent("config.json").path,
      ])
      #expect(again.status == 0, "\(again.errors)")
      #expect(try TrainingFolder.contents(first) == TrainingFolder.contents(second))
      #expect(TrainingFolder.rows(first) >= 1)
    }
  }

  @Test("65: every fault of a configuration at once, each with its place")
  func faults() throws {
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("c.json")
      try Data(
        """
        {
          "schema": "monotone/training/v1",
          "discount": 1.5,
          "hidden": [64, 0],
          "bach": 2048,
          "critic": "lots",
          "steps": "many",
          "learnsDeviation": 1,
          "damping": {}
        }
        """.utf8
      ).write(to: file)
      let output = folder.appendingPathComponent("run")
      let result = try CommandRunner.run([
        "train", "CartPole-v1", "--config", file.path, "--output", output.path,
      ])
      #expect(result.status == 65 && result.output.isEmpty)
      let lines = result.errors.split(separator: "\n").map(String.init)
      #expect(lines.count == 7, "\(result.errors)")
      let expected = [
        "c.json:3:15: $.discount: found 1.5; expected a number in [0, 1]",
        "c.json:4:13: $.hidden: found [64, 0]; expected widths",
        "c.json:5:3: $.bach: unknown key \"bach\"",
        "c.json:6:13: $.critic: found \"lots\"; expected \"network\" or \"none\"",
        "c.json:7:12: $.steps: found \"many\"; expected an integer",
        "c.json:8:22: $.learnsDeviation: found 1; expected true or false",
        "c.json:9:14: $.damping: found",
      ]
      for part in expected { #expect(lines.contains { $0.contains(part) }, "\(part)") }
      #expect(!FileManager.default.fileExists(atPath: output.path))
    }
  }

  @Test(
    "64: options that mean nothing",
    arguments: [
      ["--discount", "1.5"], ["--lambda", "2"], ["--steps", "0"], ["--steps", "1.5"],
      ["--hidden", "64,x"], ["--hidden", "64,0"], ["--critic", "big"], ["--precision", "16"],
      ["--seed", "-1"], ["--learns-deviation", "yes"], ["--budget", "nan"], ["--preset", "best"],
      ["--fisher-share", "0"], ["--iterations", "0"], ["--log-interval", "0"],
      ["--convolutions", "16x4s0"], ["--convolutions", "16x4s2"], ["--activation", "step"],
      ["--export-policy", "p.json"], ["Pendulum-v1"], ["--frobnicate", "1"], ["--batch", "1e300"],
    ])
  func usage(_ options: [String]) throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      let result = try CommandRunner.run(
        ["train", "CartPole-v1", "--output=\(run.path)"]
          + (options.count == 2 ? ["\(options[0])=\(options[1])"] : options))
      #expect(result.status == 64, "\(result.errors)")
      #expect(result.output.isEmpty && !result.errors.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: run.path))
    }
  }

  @Test("Every hyper-parameter has an option, which config.json then shows")
  func options() throws {
    let values: [String: (String, String)] = [
      "precision": ("double", "\"double\""), "observation": ("features", "\"features\""),
      "initialisation": ("uniform", "\"uniform\""), "estimator": ("singlePath", "\"singlePath\""),
      "collection": ("wholeEpisodes", "\"wholeEpisodes\""), "vineChoice": ("every", "\"every\""),
      "returns": ("monteCarlo", "\"monteCarlo\""), "weighting": ("discounted", "\"discounted\""),
      "critic": ("none", "\"none\""), "hidden": ("5,4", "[5, 4]"), "criticHidden": ("3", "[3]"),
      "steps": ("20", "20"), "batch": ("20", "20"), "seed": ("7", "7"),
      "fisherShare": ("0.5", "0.5"), "activation": ("relu", "\"relu\""),
      "convolutions": ("none", "\"none\""), "fisher": ("empirical", "\"empirical\""),
      "method": ("natural-gradient", "\"natural-gradient\""),
      "constraint": ("mean-kl", "\"mean-kl\""),
    ]
    var arguments: [String] = []
    var expected: [String] = []
    for one in Hyperparameter.all {
      var value = values[one.name]
      if value == nil {
        value =
          switch one.read(TrainingConfiguration()) {
          case .flag(let flag): ("\(!flag)", "\(!flag)")
          case .number(1), .null: ("3", "3")
          case .number(let number) where number >= 2:
            ("\(Int(number) - 1)", "\(Int(number) - 1)")
          default: ("0.5", "0.5")
          }
      }
      let (text, written) = try #require(value)
      arguments.append("--\(one.option)=\(text)")
      expected.append("  \"\(one.name)\": \(written)")
    }
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.run(
        ["train", "CartPole-v1", "--output", folder.path] + arguments)
      #expect(result.status == 0, "\(result.errors)")
      let config = try String(
        contentsOf: folder.appendingPathComponent("config.json"), encoding: .utf8)
      let lines = Set(config.split(separator: "\n").map { $0.hasSuffix(",") ? $0.dropLast() : $0 })
      for line in expected { #expect(lines.contains(line[...]), "\(line)") }
    }
    let help = try CommandRunner.run(["train", "--help"])
    for argument in arguments {
      #expect(help.output.contains(argument.prefix { $0 != "=" }), "\(argument)")
    }
  }

  @Test("The trust region is --delta; its former name still works, and the help is silent on it")
  func delta() throws {
    try TemporaryFolder.with { folder in
      for (index, option) in ["--delta", "--budget"].enumerated() {
        let run = folder.appendingPathComponent("\(index)")
        let result = try CommandRunner.run([
          "train", "CartPole-v1", option, "0.03", "--iterations", "1", "--batch", "32", "--output",
          run.path,
        ])
        #expect(result.status == 0, "\(result.errors)")
        let config = try String(
          contentsOf: run.appendingPathComponent("config.json"), encoding: .utf8)
        #expect(config.contains("\"budget\": 0.03,"))
      }
      let wrong = try CommandRunner.run(["train", "CartPole-v1", "--delta", "0"])
      #expect(wrong.status == 64 && wrong.errors.contains("--delta: found"), "\(wrong.errors)")
    }
    for command in ["train", "compare"] {
      let help = try CommandRunner.run([command, "--help"]).output
      #expect(help.contains("--delta") && !help.contains("--budget"))
    }
  }

  @Test("The tutorial's spellings say the same as ours")
  func tutorial() throws {
    try TemporaryFolder.with { folder in
      let parts = ["a", "b", "s"].map { folder.appendingPathComponent($0) }
      let theirs = try CommandRunner.run([
        "train", "--env_name", "Pendulum-v1", "--gamma", "0.98", "--lamda", "0.97",
        "--hidden_size", "8", "--critic_lr", "0.002", "--max_kl", "0.02", "--max_iter_num", "2",
        "--total_sample_size", "64", "--log_interval", "1", "--goal_score", "-100", "--logdir",
        parts[0].path, "--save_path", parts[2].path, "--render", "--critic-hidden", "4",
      ])
      #expect(theirs.status == 0, "\(theirs.errors)")
      // A line an iteration, the drawing that is none, and the end.
      #expect(theirs.errors.split(separator: "\n").count == 4, "\(theirs.errors)")
      let ours = try CommandRunner.run([
        "train", "Pendulum-v1", "--discount", "0.98", "--lambda", "0.97", "--hidden", "8",
        "--critic-learning-rate", "0.002", "--delta", "0.02", "--iterations", "2", "--batch",
        "64", "--stop-return", "-100", "--output", parts[1].path, "--critic-hidden", "4",
      ])
      #expect(ours.status == 0, "\(ours.errors)")
      let contents = try parts.map { try TrainingFolder.contents($0) }
      #expect(contents[0] == contents[1])
      #expect(contents[2]["000002.json"] == contents[0]["checkpoints/000002.json"])
      // A policy to begin with: its first batch is the one after which it was saved.
      let loaded = try CommandRunner.run([
        "train", "Pendulum-v1", "--load_model", parts[2].path, "--hidden", "8", "--iterations",
        "1", "--batch", "64", "--output", folder.appendingPathComponent("c").path,
        "--critic-hidden", "4",
      ])
      #expect(loaded.status == 0, "\(loaded.errors)")
      let wrong = try CommandRunner.run([
        "train", "Pendulum-v1", "--load_model", parts[2].path, "--hidden", "9", "--output",
        folder.appendingPathComponent("d").path,
      ])
      #expect(wrong.status == 65 && wrong.errors.contains("policy.0.weight"))
    }
  }

  @Test("The run stops at the first iteration whose recent returns are good enough")
  func stopReturn() throws {
    try TemporaryFolder.with { folder in
      let result = try TrainingFolder.train(
        "CartPole-v1", folder, iterations: 400,
        ["--stop-return", "30", "--stop-episodes", "8", "--batch", "256", "--budget", "0.05"])
      #expect(result.status == 0 && result.errors.contains("reached 30"), "\(result.errors)")
      let rows = try TrainingFolder.progress(folder)
      let isGood = rows.map {
        (Double($0["meanReturn"] ?? "") ?? 0) >= 30 && (Int($0["episodes"] ?? "") ?? 0) >= 8
      }
      #expect(isGood.firstIndex(of: true) == rows.count - 1 && rows.count > 1)
    }
  }

  @Test("70: a number that is not finite ends the run with the cause; the last checkpoint is good")
  func notFinite() throws {
    let model = """
      {"schema": "monotone/mdp/v1", "name": "huge", "discount": 0.9, "states": ["a", "b"],
       "actions": ["x", "y"], "initial": {"a": 1}, "transitions": [
         {"from": "a", "action": "x", "to": {"a": 0.99, "b": 0.01}, "reward": 1},
         {"from": "a", "action": "y", "to": {"a": 1}, "reward": 1},
         {"from": "b", "action": "x", "to": {"b": 1}, "reward": "1e308"},
         {"from": "b", "action": "y", "to": {"b": 1}, "reward": "1e308"}]}
      """
    try TemporaryFolder.with { folder in
      let file = folder.appendingPathComponent("huge.json")
      try Data(model.utf8).write(to: file)
      let run = folder.appendingPathComponent("run")
      let result = try TrainingFolder.train(
        file.path, run, iterations: 100, ["--batch", "8"])
      #expect(result.status == 70, "\(result.errors)")
      #expect(result.errors.contains("not finite"), "\(result.errors)")
      #expect(result.errors.contains("the last checkpoint is good"))
      let rows = TrainingFolder.rows(run)
      #expect(rows > 0)
      let evaluation = try CommandRunner.run(["evaluate", run.path, "--episodes", "1", "--json"])
      #expect(evaluation.status == 0 || evaluation.status == 70, "\(evaluation.errors)")
      let again = try TrainingFolder.train(
        file.path, run, iterations: 100, ["--batch", "8", "--resume"])
      #expect(again.status == 70 && again.errors == result.errors)
      #expect(TrainingFolder.rows(run) == rows)
    }
  }

  @Test(
    "What cannot be compared is refused before there is a folder",
    arguments: [
      ["mdps/racing.json", "--method", "rwr"], ["mdps/racing.json", "--constraint", "max-kl"],
      ["mdps/racing.json", "--discount", "1"],
    ])
  func incomparable(arguments: [String]) throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      let result = try CommandRunner.run(
        ["train"] + arguments + ["--compare", "--output", run.path])
      #expect([64, 65].contains(result.status), "\(result.errors)")
      #expect(result.errors.contains("train without comparing"))
      #expect(!FileManager.default.fileExists(atPath: run.path))
    }
  }

  @Test(
    "What needs a finite MDP is refused elsewhere before there is a folder",
    arguments: [["--compare"], ["--export-policy", "policy.json"]])
  func needsModel(arguments: [String]) throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        "$MONOTONE train CartPole-v1 --steps 64 --batch 64 \(arguments.joined(separator: " "))",
        in: folder)
      #expect(result.status == 64)
      #expect(
        result.errors.contains("\(arguments[0]) needs a finite MDP, not CartPole-v1"),
        "\(result.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }
}
