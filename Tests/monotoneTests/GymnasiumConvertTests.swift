import TestSupport
import Testing

/// `convert gym:…`, with scripts in the place of Python.
@Suite("Models of Gymnasium environments", .tags(.slow))
struct GymnasiumConvertTests {
  /// Runs the command with an interpreter that is a shell script.
  private func convert(_ script: String, _ arguments: String) throws -> CommandRunner.Result {
    try TemporaryFolder.with { folder in
      try CommandRunner.shell(
        """
        printf '%s\\n' '#!/bin/sh' "$(cat <<'SCRIPT'
        \(script)
        SCRIPT
        )" > python && chmod +x python && $MONOTONE convert \(arguments)
        """, in: folder)
    }
  }

  @Test("The interpreter is asked for the environment, and what it prints is a model")
  func converts() throws {
    let result = try convert(
      """
      test "$*" = "-m monotone.gymnasium Two-v0 --discount 0.9 --decimals simplest" || exit 1
      echo '{"schema": "monotone/mdp/v1", "name": "two", "discount": "9/10", "states": 2, "actions": 1,'
      echo '"initial": {"0": 1}, "terminal": ["1"], "transitions": [{"from": 0, "action": 0, "to": {"1": 1}}]}'
      """,
      "gym:Two-v0 --discount 9/10 --decimals simplest --python ./python --to dense")
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("\"discount\": 0.9"), "\(result)")
    #expect(result.output.contains("[0, 1]"), "\(result)")
  }

  @Test(
    "What goes wrong in Python is said",
    arguments: [
      (
        "echo \"/usr/bin/python3: No module named 'monotone'\" >&2; exit 1", 66,
        "pip install gymnasium dist/monotone-*.whl"
      ),
      ("echo 'Cart has no table P' >&2; exit 65", 65, "gym:Two-v0: Cart has no table P"),
      ("echo '{'", 65, "gym:Two-v0:2:1"),
      ("kill -9 $$", 65, "gym:Two-v0"),
    ])
  func fails(script: String, status: Int32, words: String) throws {
    let result = try convert(script, "gym:Two-v0 --discount 0.9 --python ./python")
    #expect(result.status == status, "\(result)")
    #expect(result.errors.contains(words), "\(result)")
    #expect(result.output.isEmpty)
  }

  @Test(
    "Options that do not go together",
    arguments: [
      ("gym:Two-v0", "needs --discount"),
      ("$ROOT/mdps/racing.json --to dense --python python3", "--python is for Gymnasium"),
      ("gym:Two-v0 --discount 0.9 --terminal none", "--terminal is for files"),
      ("gym:Two-v0 --discount 0.9 --python /nowhere", "cannot be run"),
    ])
  func options(arguments: String, words: String) throws {
    let result = try convert("", arguments)
    #expect([64, 66].contains(result.status), "\(result)")
    #expect(result.errors.contains(words), "\(result)")
  }
}
