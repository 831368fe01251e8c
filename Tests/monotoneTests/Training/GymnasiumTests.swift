import Foundation
import TestSupport
import Testing

/// Environments of Gymnasium on the command line.
@Suite(
  "Environments of Gymnasium on the command line", .serialized, .tags(.slow),
  .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
struct GymnasiumTests {
  /// Options of a run that takes no time.
  private static let options = TrainingFolder.options.joined(separator: " ")

  /// Runs a script in a folder where Python finds the environments of tests.
  private func shell(_ script: String, in folder: URL) throws -> CommandRunner.Result {
    try GymnasiumCases.write(into: folder)
    return try CommandRunner.shell(
      """
      TRAIN="$MONOTONE train gym:Case-v0 --gym-import \(GymnasiumCases.module) \(Self.options)"
      \(script)
      """, in: folder)
  }

  @Test("A run trains, is evaluated, and is continued without its options being given again")
  func training() throws {
    try TemporaryFolder.with { folder in
      let make = #"{"actions": "dials", "observations": "single"}"#
      let result = try shell(
        """
        $TRAIN --gym-make '\(make)' --time-limit 30 --threads 2 --steps 192 --output run || exit 1
        "$MONOTONE" evaluate run --episodes 19 --sampled --json > evaluation.json || exit 2
        "$MONOTONE" train gym:Case-v0 --output run --steps 320 --resume || exit 3
        "$MONOTONE" evaluate run --episodes 2 > /dev/null || exit 4
        "$MONOTONE" train gym:Case-v0 --output run --steps 320 --resume --gym-make '{}' && exit 5
        "$MONOTONE" train gym:Case-v0 --config run/config.json --steps 64 --output other || exit 6
        grep -q '"dials' other/config.json
        """, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("continued with new episodes"), "\(result.errors)")
      #expect(result.errors.contains("the run was made with --gym-make '\(make)'"))
      let run = folder.appendingPathComponent("run")
      let configuration = try String(
        contentsOf: run.appendingPathComponent("config.json"), encoding: .utf8)
      #expect(configuration.contains("\"simulator\": \"Gymnasium "))
      #expect(configuration.contains("\"gymImport\": \"\(GymnasiumCases.module)\""))
      let rows = try TrainingFolder.progress(run)
      #expect(rows.map { $0["steps"] } == ["64", "128", "192", "256", "320"])
      let data = try Data(contentsOf: folder.appendingPathComponent("evaluation.json"))
      let evaluation = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(evaluation["episodes"] as? Int == 19)
      #expect((evaluation["simulator"] as? String)?.contains("Python 3.") == true)
      // A time limit of 30 steps; episodes of 19 environments differ.
      let (least, greatest) = (evaluation["leastReturn"], evaluation["greatestReturn"])
      #expect(least as? Double != greatest as? Double)
      #expect((evaluation["meanLength"] as? Double ?? 0) <= 30)
    }
  }

  @Test(
    "What is wrong before there is a run is told, and leaves no folder",
    arguments: [
      ("gym:CartPol-v1", 66, "the nearest names are CartPole-v1"),
      ("gym:", 64, "gym:Acrobot-v1"),
      ("CartPole-v7", 66, "environments of Gymnasium are named gym:CartPole-v7"),
      ("gym:CartPole-v1 --gym-make '{'", 64, "--gym-make:1:2"),
      ("gym:CartPole-v1 --gym-make '[1]'", 64, "found an array; expected an object"),
      ("gym:CartPole-v1 --gym-make '{\"speed\": 1}'", 65, "unexpected keyword argument 'speed'"),
      ("gym:CartPole-v1 --gym-import nowhere.to", 66, "--gym-import nowhere.to: No module named"),
      ("gym:CartPole-v1 --gym-import broken", 65, "ZeroDivisionError"),
      ("gym:CartPole-v1 --python /nowhere/python", 66, "/nowhere/python: cannot be run"),
      ("gym:CartPole-v1 --python ./bare", 66, "./bare lacks a package: No module named"),
      ("gym:CartPole-v1 --python ./old", 65, "found gymnasium 0.21.0; expected 1.0 or later"),
      ("gym:CartPole-v1 --python true", 70, "the Python worker ended with status 0"),
      ("gym:CartPole-v1 --gym-timeout 0", 64, "--gym-timeout: found 0.0"),
      ("gym:CartPole-v1 --gym-timeout 0.02", 70, "--gym-timeout"),
      ("gym:CartPole-v1 --estimator vine", 64, "cannot give its state"),
      ("gym:CartPole-v1 --export-policy policy.json", 64, "finite MDP"),
      (
        "gym:CartPole-v1 --time-limit 9 --gym-make '{\"max_episode_steps\": 8}'", 64,
        "leave one out"
      ),
      ("gym:Blackjack-v1", 65, "FlattenObservation"),
      ("CartPole-v1 --gym-make '{}'", 64, "--gym-make is for environments of Gymnasium"),
    ])
  func refusals(arguments: String, status: Int32, words: String) throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        """
        printf '1 / 0\\n' > broken.py
        mkdir fake; printf '__version__ = "0.21.0"\\n' > fake/gymnasium.py
        printf '#!/bin/sh\\nPYTHONPATH=fake:$PYTHONPATH exec python3 "$@"\\n' > old
        mkdir none; printf 'raise ModuleNotFoundError("No module named gymnasium")\\n' > none/gymnasium.py
        printf '#!/bin/sh\\nPYTHONPATH=none:$PYTHONPATH exec python3 "$@"\\n' > bare
        chmod +x old bare
        "$MONOTONE" train \(arguments)
        """, in: folder)
      #expect(result.status == status, "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("runs").path))
    }
  }

  @Test(
    "A fault ends the run with the last words and a good checkpoint",
    arguments: [
      ("raise", "ValueError: the dial is broken"), ("kill", "signal 9"),
      ("hang", "a step took more than 10.0 seconds (--gym-timeout)"),
      ("rewardNaN", "the reward is nan"),
    ])
  func fault(name: String, words: String) throws {
    try TemporaryFolder.with { folder in
      // Steps of a busy machine take long, too: only what hangs must wait for the limit.
      let limit = name == "hang" ? 10 : 600
      // The environment is well until there is a file.
      let result = try shell(
        """
        $TRAIN --gym-make '{"fault": "\(name)", "at": 1, "file": "trouble"}' --gym-timeout \(limit) --steps 128 \
          --output run || exit 1
        touch trouble
        "$MONOTONE" train gym:Case-v0 --output run --steps 256 --resume; test $? = 70 || exit 2
        rm trouble
        "$MONOTONE" train gym:Case-v0 --output run --steps 256 --resume || exit 3
        """, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("the last checkpoint is good"), "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(result.errors.contains("in trouble") == (name == "raise" || name == "hang"))
      let rows = try TrainingFolder.progress(folder.appendingPathComponent("run"))
      #expect(rows.map { $0["steps"] } == ["64", "128", "192", "256"])
    }
  }

  @Test(
    "A killed run leaves no worker behind, even in the middle of a long step", arguments: [1, 2])
  func orphans(threads: Int) throws {
    try TemporaryFolder.with { folder in
      let result = try shell(
        """
        $TRAIN --gym-make '{"fault": "hang", "at": 20}' --threads \(threads) --output run &
        parent=$!
        for i in $(seq 300); do test -s hanging && break; sleep 0.1; done
        worker=$(cat hanging)
        kill -0 $worker || exit 1
        kill -9 $parent
        wait $parent
        for i in $(seq 50); do kill -0 $worker 2> /dev/null || exit 0; sleep 0.1; done
        kill -9 $worker
        exit 2
        """, in: folder)
      #expect(result.status == 0, "\(result)")
    }
  }

  @Test("Ctrl-C keeps the run, and the worker does not mind it")
  func interruption() throws {
    try TemporaryFolder.with { folder in
      let result = try shell(
        """
        set -m
        $TRAIN --gym-make '{"fault": "sleep", "at": 80}' --steps 100000 --output run &
        parent=$!
        for i in $(seq 300); do test -s hanging && break; sleep 0.1; done
        # As a terminal does: to the whole group; and to the worker, which is in none of it.
        kill -INT $(cat hanging)
        kill -INT -$parent
        wait $parent; test $? = 130 || exit 1
        "$MONOTONE" evaluate run --gym-make '{}' --episodes 1
        """, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("--resume continues it"), "\(result.errors)")
    }
  }

  @Test(
    "A name without its version is that of the latest",
    .enabled(if: Python.hasMuJoCo, Python.mujocoReason),
    arguments: ["gym:CartPole", "gym:HalfCheetah"])
  func unversioned(name: String) throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        "$MONOTONE train \(name) --steps 64 --batch 64 --hidden 8 --critic-hidden 8 --output run",
        in: folder)
      #expect(result.status == 0, "\(result.errors)")
      // MuJoCo's warnings leave no log in the folder.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["run"])
    }
  }
}
