import Foundation
import TestSupport
import Testing
import TrainingRuns

/// Robots that MuJoCo simulates, from the command line.
@Suite("Robots on the command line", .serialized, .tags(.slow))
struct RobotTests {
  private struct Comparison: Decodable {
    var environment: String
    var fault: String?
    var steps: Int
    var terminated: Int
    var truncated: Int
  }

  @Test(
    "Every robot does to the last bit what Gymnasium's does",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
  func parity() throws {
    let result = try CommandRunner.python(
      ["Tools/check_mujoco.py", CommandRunner.executable.path, "--steps", "1000", "--json"])
    try #require(!result.output.isEmpty, "\(result.errors)")
    let rows = try JSONDecoder().decode([Comparison].self, from: Data(result.output.utf8))
    #expect(result.status == 0, "\(result.errors)")
    #expect(rows.count == 35, "seven robots, five sorts of actions each")
    for row in rows { #expect(row.fault == nil && row.steps == 1000, "\(row)") }
    // Both ways to end an episode were compared.
    #expect(rows.contains { $0.terminated > 10 } && rows.contains { $0.truncated > 10 })
  }

  @Test(
    "A run that was stopped goes on to the same bytes, and records tell the version",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason),
    arguments: [
      ["--threads", "2"],
      ["--estimator", "vine", "--vine-states", "8", "--vine-horizon", "20"],
    ])
  func resuming(more: [String]) throws {
    try TemporaryFolder.with { folder in
      let (straight, stopped) = (
        folder.appendingPathComponent("a"), folder.appendingPathComponent("b")
      )
      let whole = try TrainingFolder.train("Hopper-v5", straight, iterations: 40, more)
      #expect(whole.status == 0, "\(whole.errors)")
      for arguments in [["--iterations", "2"], ["--resume"]] {
        let part = try TrainingFolder.train(
          "Hopper-v5", stopped, iterations: 40, more + arguments)
        #expect(part.status == 0, "\(part.errors)")
      }
      let (expected, found) = try (
        TrainingFolder.contents(straight), TrainingFolder.contents(stopped)
      )
      for (name, data) in expected { #expect(found[name] == data, "\(name)") }
      let checkpoint = try #require(
        expected.keys.filter { $0.hasPrefix("checkpoints/") && $0.hasSuffix(".json") }.max())
      #expect(!checkpoint.hasSuffix("000002.json"), "it went on")
      for name in ["config.json", checkpoint, "learning-curve.svg"] {
        let text = String(decoding: try #require(expected[name]), as: UTF8.self)
        #expect(text.contains("MuJoCo 3."), "\(name)")
      }
      let evaluation = try CommandRunner.run(
        ["evaluate", straight.path, "--episodes", "2", "--json"])
      #expect((try evaluation.json()["simulator"] as? String)?.hasPrefix("MuJoCo 3.") == true)
    }
  }

  @Test(
    "A run of another version is not gone on with",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
  func otherVersion() throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      let begun = try TrainingFolder.train("Swimmer-v5", run, iterations: 1)
      #expect(begun.status == 0, "\(begun.errors)")
      let checkpoints = run.appendingPathComponent("checkpoints")
      var checkpoint = try Checkpoint(checkpoints.appendingPathComponent("000001.json"))
      checkpoint.record.simulator = "MuJoCo 3.0.1"
      try checkpoint.write(into: checkpoints)
      let before = try TrainingFolder.contents(run)
      let resumed = try TrainingFolder.train("Swimmer-v5", run, iterations: 2, ["--resume"])
      #expect(resumed.status == 65)
      #expect(resumed.errors.contains("made under MuJoCo 3.0.1"), "\(resumed.errors)")
      #expect(try TrainingFolder.contents(run) == before)
      // Its policy can be looked at all the same, and the difference is said.
      let evaluation = try CommandRunner.run(["evaluate", run.path, "--episodes", "1"])
      #expect(evaluation.status == 0)
      #expect(evaluation.errors.contains("trained under MuJoCo 3.0.1"), "\(evaluation.errors)")
    }
  }

  @Test("What is missing is told once, with the command that installs it")
  func missing() throws {
    try TemporaryFolder.with { folder in
      // A Python that has neither package.
      let python = """
        mkdir bin; printf '#!/bin/sh\\necho; echo\\n' > bin/python3; chmod +x bin/python3
        PATH="$PWD/bin:$PATH"
        """
      let result = try CommandRunner.shell("\(python); $MONOTONE train Hopper-v5", in: folder)
      #expect(result.status == 66)
      #expect(result.errors.components(separatedBy: "make mujoco").count == 2, "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("runs").path))
    }
  }

  @Test(
    "A library that is named is the one that is used",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason),
    arguments: ["--mujoco no.so", ""])
  func named(option: String) throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        "MONOTONE_MUJOCO=\(option.isEmpty ? "no.so" : "/dev/null") $MONOTONE train Hopper-v5 \(option)",
        in: folder)
      #expect(result.status == 66)
      #expect(result.errors.contains("MuJoCo: no.so: "), "\(result.errors)")
    }
  }

  @Test(
    "A library that is named by a file in the folder is loaded",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
  func relative() throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        """
        ln -s "$PYTHONPATH"/mujoco/libmujoco.* mine.so
        MONOTONE_MUJOCO=no.so $MONOTONE train Swimmer-v5 --mujoco mine.so --batch 64 --steps 64 \
        --output run
        """, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
          "mine.so", "run",
        ])
    }
  }

  @Test("A mistyped robot is told the nearest name")
  func mistyped() throws {
    let result = try CommandRunner.run(["train", "Hoper-v5"])
    #expect(result.status == 66)
    #expect(result.errors.contains("did you mean \"Hopper-v5\"?"), "\(result.errors)")
  }

  @Test(
    "A robot of the paper is trained with the sizes of Table 2",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason),
    arguments: [
      ("Swimmer-paper", 30, 50, 500), ("Hopper-paper", 50, 100, 2500),
      ("Walker-paper", 50, 100, 2500),
    ])
  func paperSizes(name: String, hidden: Int, branchLength: Int, values: Int) throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      let common = ["train", name, "--output", run.path, "--steps", "200", "--environments", "1"]
      let result = try CommandRunner.run(
        common + ["--preset", "locomotion-paper", "--batch", "200"])
      #expect(result.status == 0, "\(result.errors)")
      let config = try JSONDecoder().decode(
        PaperConfiguration.self,
        from: Data(contentsOf: run.appendingPathComponent("config.json")))
      #expect(
        config
          == PaperConfiguration(
            hidden: [hidden], vineHorizon: branchLength, vineStates: values / 4, vineActions: 4,
            vineChoice: "policy", vineCommonRandomNumbers: true, budget: 0.01, discount: 0.99,
            critic: "none", fisherShare: 0.1, returns: "monteCarlo", damping: 0,
            learnsDeviation: true))
      // Whoever asks for other sizes gets them.
      let other = try CommandRunner.run(
        common + [
          "--preset", "locomotion-paper", "--batch", "200", "--hidden", "7", "--overwrite",
        ])
      #expect(other.status == 0, "\(other.errors)")
      let chosen = try JSONDecoder().decode(
        PaperConfiguration.self,
        from: Data(contentsOf: run.appendingPathComponent("config.json")))
      #expect(chosen.hidden == [7] && chosen.vineStates == values / 4)
    }
  }

  private struct PaperConfiguration: Decodable, Equatable {
    var hidden: [Int]
    var vineHorizon: Int
    var vineStates: Int
    var vineActions: Int
    var vineChoice: String
    var vineCommonRandomNumbers: Bool
    var budget: Double
    var discount: Double
    var critic: String
    var fisherShare: Double
    var returns: String
    var damping: Double
    var learnsDeviation: Bool
  }

  @Test(
    "An episode is drawn, or it is said why not; the evaluation stays the same",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
  func video() throws {
    try TemporaryFolder.with { folder in
      let (run, file) = (
        folder.appendingPathComponent("run"), folder.appendingPathComponent("swimmer.gif")
      )
      _ = try TrainingFolder.train("Swimmer-v5", run, iterations: 1, ["--time-limit", "40"])
      let plain = try CommandRunner.run(["evaluate", run.path, "--episodes", "2"])
      let drawn = try CommandRunner.shell(
        "$MONOTONE evaluate run --episodes 2 --video swimmer.gif", in: folder)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
          .allSatisfy { ["run", "swimmer.gif"].contains($0) }, "MuJoCo leaves no log")
      #expect(drawn.status == 0 && drawn.output == plain.output, "\(drawn.errors)")
      guard FileManager.default.fileExists(atPath: file.path) else {
        #expect(drawn.errors.contains("the video is left out: "), "\(drawn.errors)")
        return
      }
      // Pillow reads back as many different pictures of 1/25 s as there are steps.
      let script = """
        import json
        from PIL import Image
        video = Image.open("swimmer.gif")
        pictures = set()
        for index in range(video.n_frames):
            video.seek(index)
            pictures.add(video.convert("RGB").tobytes())
        print(json.dumps([video.n_frames, len(pictures), video.info["duration"], *video.size]))
        """
      #expect(try Python.run(script, in: folder, as: [Int].self) == [40, 40, 40, 320, 240])
    }
  }

  @Test(
    "An episode of an environment of Gymnasium is played once more for its video",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
  func bridgeVideo() throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      _ = try TrainingFolder.train("gym:Swimmer-v5", run, iterations: 1, ["--time-limit", "40"])
      let drawn = try CommandRunner.shell(
        "$MONOTONE evaluate run --episodes 2 --video swimmer.gif", in: folder)
      #expect(drawn.status == 0, "\(drawn.errors)")
      let file = folder.appendingPathComponent("swimmer.gif")
      // Neither here nor where there is no renderer is the episode another.
      #expect(!drawn.errors.contains("does not repeat itself"), "\(drawn.errors)")
      #expect(
        FileManager.default.fileExists(atPath: file.path)
          != drawn.errors.contains("the video is left out: "), "\(drawn.errors)")
    }
  }

  @Test("What no video can be made of is said before an episode is played")
  func noVideo() throws {
    try TemporaryFolder.with { folder in
      let run = folder.appendingPathComponent("run")
      _ = try TrainingFolder.train("CartPole-v1", run, iterations: 1)
      for (file, message) in [
        ("a.gif", "CartPole-v1 is neither"), ("a.png", "ends in .gif or .mp4"),
      ] {
        let result = try CommandRunner.run(
          ["evaluate", run.path, "--video", folder.appendingPathComponent(file).path])
        #expect(result.status == 64 && result.errors.contains(message), "\(result.errors)")
        #expect(result.output.isEmpty)
      }
    }
  }
}
