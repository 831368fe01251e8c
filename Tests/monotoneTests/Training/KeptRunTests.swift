import Foundation
import TestSupport
import Testing

/// Runs that are there already: kept, locked, continued with their own settings, and told when damaged.
@Suite("Runs that are kept", .tags(.slow))
struct KeptRunTests {
  @Test("73: a second run into a folder, offering --resume and --overwrite; the first stays")
  func occupied() throws {
    try TemporaryFolder.with { folder in
      let first = try TrainingFolder.train("CartPole-v1", folder, iterations: 2)
      #expect(first.status == 0, "\(first.errors)")
      let before = try TrainingFolder.contents(folder)
      let second = try TrainingFolder.train("CartPole-v1", folder, iterations: 2, ["--seed", "5"])
      #expect(second.status == 73)
      #expect(second.errors.contains("--resume") && second.errors.contains("--overwrite"))
      #expect(try TrainingFolder.contents(folder) == before)
      let thrown = try TrainingFolder.train(
        "CartPole-v1", folder, iterations: 1, ["--seed", "5", "--overwrite"])
      #expect(thrown.status == 0, "\(thrown.errors)")
      #expect(TrainingFolder.rows(folder) == 1)
      #expect(try TrainingFolder.contents(folder)["checkpoints/000002.json"] == nil)
    }
  }

  @Test("Runs without a named folder never share one, and --resume continues the last")
  func defaultFolder() throws {
    try TemporaryFolder.with { folder in
      let run = "$MONOTONE train CartPole-v1 --batch 64 --hidden 4 --critic none --steps"
      for _ in 0..<2 {
        let result = try CommandRunner.shell("\(run) 64", in: folder)
        #expect(result.status == 0, "\(result.errors)")
      }
      let both = try CommandRunner.shell("\(run) 64 & \(run) 64 & wait", in: folder)
      #expect(both.status == 0)
      let runs = folder.appendingPathComponent("runs")
      let names = ["", "-2", "-3", "-4"].map { "CartPole-v1-0\($0)" }
      #expect(try FileManager.default.contentsOfDirectory(atPath: runs.path).sorted() == names)
      let resumed = try CommandRunner.shell("\(run) 128 --resume", in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(
        names.map { TrainingFolder.rows(runs.appendingPathComponent($0)) } == [1, 1, 1, 2])
    }
  }

  @Test("A model's name leads nowhere but into runs")
  func nameOfModel() throws {
    try TemporaryFolder.with { folder in
      let script = """
        sed 's|"name": "racing"|"name": "../../up/racing"|' $ROOT/mdps/racing.json > m.json
        mkdir work; cd work; $MONOTONE train ../m.json --batch 64 --steps 64 --environments 2
        """
      let result = try CommandRunner.shell(script, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == ["m.json", "work"])
    }
  }

  @Test("73: a folder that another process trains in, to begin and to continue")
  func locked() throws {
    try TemporaryFolder.with { folder in
      let arguments = TrainingFolder.arguments("CartPole-v1", folder, iterations: 1_000_000)
      let first = try CommandRunner.start(
        arguments, output: FileHandle.nullDevice, errors: FileHandle.nullDevice)
      defer { first.terminate() }
      while first.isRunning, TrainingFolder.rows(folder) < 2 { usleep(2_000) }
      for option in ["--resume", "--overwrite"] {
        let second = try CommandRunner.run(arguments + [option])
        #expect(second.status == 73, "\(option)")
        #expect(second.errors.contains("another process trains in it"), "\(second.errors)")
      }
      let rows = TrainingFolder.rows(folder)
      while first.isRunning, TrainingFolder.rows(folder) < rows + 2 { usleep(2_000) }
      #expect(first.isRunning)
      // However it ends, the lock goes with it.
      kill(first.processIdentifier, SIGKILL)
      first.waitUntilExit()
      let after = try CommandRunner.run(arguments + ["--resume", "--max_iter_num", "1"])
      #expect(after.status == 0, "\(after.errors)")
    }
  }

  @Test(
    "64: --resume with other settings names each, and changes nothing",
    arguments: [
      (["--seed", "5"], "seed: the run has 0, --seed gives 5"),
      (["--gamma", "0.9"], "discount: the run has 0.99, --discount gives 0.9"),
      (["--preset", "pendulum"], "discount: the run has 0.99, --preset pendulum gives 0.95"),
      (["--hidden", "9"], "hidden: the run has [8], --hidden gives [9]"),
      (["--stop-return", "7"], "stopReturn: the run has null, --stop-return gives 7"),
      (["--threads", "2"], "threads: the run has 1, --threads gives 2"),
    ])
  func otherSettings(options: [String], mention: String) throws {
    try TemporaryFolder.with { folder in
      _ = try TrainingFolder.train("CartPole-v1", folder, iterations: 1)
      let before = try TrainingFolder.contents(folder)
      let result = try CommandRunner.run(
        ["train", "CartPole-v1", "--output", folder.path, "--resume", "--steps", "128"] + options)
      #expect(result.status == 64 && result.errors.contains(mention), "\(result.errors)")
      #expect(try TrainingFolder.contents(folder) == before)
      // Its own settings, said again, are no others.
      let same = try CommandRunner.run(
        ["train", "CartPole-v1", "--output", folder.path, "--resume", "--steps", "128"]
          + ["--hidden", "8", "--gamma", "0.99"])
      #expect(same.status == 0, "\(same.errors)")
    }
  }

  /// Runs of three checkpoints, whose last is damaged in one of its files.
  @Test(
    "A damaged last checkpoint is never passed over in silence",
    arguments: ["json", "safetensors"], [false, true])
  func damaged(ending: String, isCut: Bool) throws {
    try TemporaryFolder.with { folder in
      _ = try TrainingFolder.train("CartPole-v1", folder, iterations: 3)
      let file = folder.appendingPathComponent("checkpoints/000003.\(ending)")
      var bytes = try Data(contentsOf: file)
      if isCut { bytes = bytes.dropLast(20) } else { bytes[bytes.count / 2] ^= 1 }
      try Data(bytes).write(to: file)
      let evaluated = try CommandRunner.run(["evaluate", folder.path, "--episodes", "2", "--json"])
      #expect(evaluated.status == 0)
      #expect(try evaluated.json()["steps"] as? Int == 128)
      #expect(evaluated.errors.contains("000003.\(ending)"), "\(evaluated.errors)")
      #expect(evaluated.errors.contains("000002.json is used instead"), "\(evaluated.errors)")
      let named = try CommandRunner.run([
        "evaluate", folder.appendingPathComponent("checkpoints/000003.json").path,
      ])
      #expect(named.status == 65 && named.output.isEmpty)
      let resumed = try TrainingFolder.train("CartPole-v1", folder, iterations: 3, ["--resume"])
      #expect(resumed.status == 0 && resumed.errors.contains("000003.\(ending)"))
      // The same again as before the damage.
      let whole = folder.appendingPathComponent("whole")
      _ = try TrainingFolder.train("CartPole-v1", whole, iterations: 3)
      let expected = try TrainingFolder.contents(whole)
      let found = try TrainingFolder.contents(folder).filter { !$0.key.hasPrefix("whole") }
      #expect(found == expected)
      let quiet = try CommandRunner.run(["evaluate", folder.path, "--episodes", "2"])
      #expect(quiet.status == 0 && quiet.errors.isEmpty)
    }
  }

  @Test("At least one batch is made, and a run that exceeds --steps says so")
  func steps() throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.run([
        "train", "CartPole-v1", "--steps", "3", "--batch", "64", "--hidden", "4", "--output",
        folder.appendingPathComponent("run").path,
      ])
      #expect(result.status == 0)
      let last = result.errors.split(separator: "\n").last ?? ""
      #expect(last.contains("after 64 steps (3 were asked for; a batch is made whole)"), "\(last)")
      #expect(last.contains("mean undiscounted return "), "\(last)")
      let help = try CommandRunner.run(["train", "--help"]).output
        .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(help.contains("at least one batch is made"))
    }
  }

  @Test("An undefined number is a blank cell")
  func blankColumns() throws {
    try TemporaryFolder.with { folder in
      // Every reward is 0, and so is the variance that the explained one is a share of.
      let model = """
        {"schema": "monotone/mdp/v1", "name": "zero", "discount": 0.5, "states": ["a"],
         "actions": ["x", "y"], "initial": {"a": 1}, "transitions": [
           {"from": "a", "action": "x", "to": {"a": 1}}, {"from": "a", "action": "y", "to": {"a": 1}}]}
        """
      let file = folder.appendingPathComponent("zero.json")
      try Data(model.utf8).write(to: file)
      let run = folder.appendingPathComponent("run")
      let result = try TrainingFolder.train(file.path, run, iterations: 2, ["--critic", "none"])
      #expect(result.status == 0, "\(result.errors)")
      let rows = try TrainingFolder.progress(run)
      #expect(rows.count == 2)
      for cell in rows.flatMap(\.values) where !cell.isEmpty {
        #expect(Double(cell)?.isFinite == true)
      }
      let text = try String(contentsOf: run.appendingPathComponent("progress.csv"), encoding: .utf8)
      #expect(!text.lowercased().contains("nan"))
    }
  }
}
