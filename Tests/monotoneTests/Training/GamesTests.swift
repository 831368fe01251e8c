import Foundation
import TestSupport
import Testing

/// Games from pixels on the command line.
@Suite(
  "Games on the command line", .serialized, .tags(.slow),
  .enabled(if: Python.hasGames, Python.gamesReason))
struct GamesTests {
  /// Options of a run that takes no time.
  private static let options =
    TrainingFolder.options.joined(separator: " ") + " --convolutions 4x3s2 --activation relu"

  private func shell(_ script: String, in folder: URL) throws -> CommandRunner.Result {
    try CommandRunner.shell(script, in: folder)
  }

  private func configuration(_ run: URL) throws -> [String: Any] {
    let data = try Data(contentsOf: run.appendingPathComponent("config.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("A game's run is evaluated and continued as it was made, from what its files say")
  func training() throws {
    try TemporaryFolder.with { folder in
      let result = try shell(
        """
        TRAIN="$MONOTONE train minatar:breakout \(Self.options)"
        $TRAIN --sticky-actions 0.25 --full-action-set --steps 192 --output run || exit 1
        "$MONOTONE" evaluate run --episodes 19 --sampled --json > evaluation.json || exit 2
        "$MONOTONE" train minatar:breakout --output run --steps 320 --resume || exit 3
        "$MONOTONE" train minatar:breakout --output run --steps 384 --resume --sticky-actions 0.1 && exit 4
        "$MONOTONE" train minatar:breakout --config run/config.json --steps 64 --output other || exit 5
        "$MONOTONE" train minatar:breakout --output other --steps 128 --resume --sticky-actions 0.25 || exit 6
        """, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("continued with new episodes"), "\(result.errors)")
      #expect(
        result.errors.contains("the run was made with --gym-make '{\"difficulty_ramping\": true, "))
      for name in ["run", "other"] {
        let written = try configuration(folder.appendingPathComponent(name))
        #expect((written["simulator"] as? String)?.contains("MinAtar 1.") == true)
        #expect(
          written["gymMake"] as? String
            == #"{"difficulty_ramping": true, "sticky_action_prob": 0.25, "use_minimal_action_set": false}"#
        )
      }
      let rows = try TrainingFolder.progress(folder.appendingPathComponent("run"))
      #expect(rows.map { $0["steps"] } == ["64", "128", "192", "256", "320"])
    }
  }

  @Test(
    "What is wrong before there is a run is told, and leaves no folder",
    arguments: [
      ("atari:MsPacman", 66, "ale-py has no game of this name; the nearest names are ms_pacman"),
      ("atari:Pong-v5", 66, "the nearest names are pong"),
      ("minatar:space-invaders", 66, "the nearest names are space_invaders"),
      ("atari:", 64, "atari:pong"),
      ("minatar:breakout --python ./bare", 66, "make games"),
      ("minatar:breakout --python ./none", 66, "MinAtar: No module named"),
      ("atari:pong --python ./none", 66, "pip install gymnasium ale-py==0.12.1"),
      ("atari:pong --gym-make '{\"frameskip\": 0}'", 64, "frameskip: found 0; expected int from 1"),
      ("atari:pong --gym-make '{\"frame_skip\": 2}'", 64, "the nearest is frameskip"),
      ("minatar:breakout --gym-make '{\"difficulty_ramping\": 1}'", 64, "expected true or false"),
      ("minatar:breakout --gym-make '{\"sticky_action_prob\": NaN}'", 64, "--gym-make:1"),
      ("minatar:breakout --sticky-actions 1.5", 64, "expected a probability from 0 to 1"),
      ("gym:CartPole-v1 --sticky-actions 0.5", 64, "is for games"),
      ("gym:CartPole-v1 --full-action-set", 64, "is for games"),
      ("CartPole-v1 --sticky-actions 0.5", 64, "--sticky-actions is for environments of"),
      ("minatar:breakout --convolutions 4x11", 64, "expected a kernel of at most 10"),
      ("minatar:breakout --estimator vine", 64, "cannot give its state"),
    ])
  func refusals(arguments: String, status: Int32, words: String) throws {
    try TemporaryFolder.with { folder in
      let result = try shell(
        """
        mkdir fake; printf 'raise ModuleNotFoundError("No module named gymnasium")\\n' > fake/gymnasium.py
        printf '#!/bin/sh\\nPYTHONPATH=fake:$PYTHONPATH exec python3 "$@"\\n' > bare
        mkdir empty
        for name in ale_py minatar; do
          printf "raise ModuleNotFoundError(\\"No module named '$name'\\")\\n" > empty/$name.py
        done
        printf '#!/bin/sh\\nPYTHONPATH=empty:$PYTHONPATH exec python3 "$@"\\n' > none
        chmod +x bare none
        "$MONOTONE" train \(arguments)
        """, in: folder)
      #expect(result.status == status, "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("runs").path))
    }
  }

  @Test(
    "serve, whose policies have no convolutions, refuses images, and a video of a game is refused")
  func otherUses() throws {
    try TemporaryFolder.with { folder in
      let result = try shell(
        """
        echo '{"call": "environment_open", "name": "minatar:breakout"}' | "$MONOTONE" serve > reply
        "$MONOTONE" train minatar:breakout \(Self.options) --steps 64 --output run || exit 1
        "$MONOTONE" evaluate run --episodes 1 --sampled --video game.gif; test $? = 64 || exit 2
        """, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.errors.contains("and minatar:breakout is neither"), "\(result.errors)")
      let reply = try String(contentsOf: folder.appendingPathComponent("reply"), encoding: .utf8)
      #expect(
        reply.contains("its observations are images of 10 × 10 × 4; expected numbers"), "\(reply)")
    }
  }

  /// The emulator has threads of its own.
  @Test("Ctrl-C keeps the run of a game, and a killed one leaves no worker behind")
  func ending() throws {
    try TemporaryFolder.with { folder in
      let result = try shell(
        """
        set -m
        start() {
          "$MONOTONE" train atari:pong \(Self.options) --steps 100000 --output run $1 &
          parent=$!
          for i in $(seq 600); do test "$(wc -l < run/progress.csv 2> /dev/null)" -gt $2 && break; sleep 0.1; done
        }
        start "" 2
        kill -INT -$parent
        wait $parent; test $? = 130 || exit 1
        start --resume 4
        worker=$(ps -o pid= --ppid $parent)
        kill -0 $worker || exit 2
        kill -9 $parent
        wait $parent
        for i in $(seq 50); do kill -0 $worker 2> /dev/null || exit 0; sleep 0.1; done
        kill -9 $worker
        exit 3
        """, in: folder)
      #expect(result.status == 0, "\(result)")
      #expect(result.errors.contains("--resume continues it"), "\(result.errors)")
    }
  }
}
