import Foundation
import TestSupport
import Testing

/// Every document that the command writes, against its JSON Schema.
@Suite(
  "JSON Schemas of the documents", .enabled(if: CommandRunner.pythonPackages != nil), .tags(.slow))
struct DocumentSchemaTests {
  /// Scripts that write documents as a.json, b.json and c.json.
  private static let scripts = [
    "$MONOTONE solve racing.json --json > a.json; $MONOTONE solve racing.json --arithmetic exact --json > b.json",
    "$MONOTONE solve racing.json --arithmetic float64 --policy optimal --json > a.json",
    "$MONOTONE check racing.json --current uniform --candidate 'drop(uniform)' --json > a.json",
    "$MONOTONE check racing.json --current uniform --candidate 'drop(uniform)' --json --schema v1 > a.json",
    """
    sed 's/"discount": 0.9/"discount": 1/' racing.json > ending.json
    $MONOTONE check ending.json --current uniform --candidate 'softmax(0.1, uniform)' --json > a.json
    """,
    """
    $MONOTONE check racing.json --current uniform --candidate uniform --arithmetic float64 --json > a.json
    $MONOTONE check racing.json --current uniform --candidate uniform --certificate b.json > check.txt
    """,
    "$MONOTONE improve racing.json --rule policy-iteration --trace a.json --json > b.json",
    """
    $MONOTONE verify racing.json $ROOT/mdps/counterexamples/pinsker-quarter.refutation.json \
    $ROOT/mdps/attainment/coupling.attainment.json --rule-iterations 1 --output report --json > a.json
    """,
    "echo '{' > bad; $MONOTONE validate bad racing.json --json > a.json || true",
    "$MONOTONE audit racing.json --policies - --delta 0.01 --json < $ROOT/Examples/updates.jsonl > a.json",
    """
    echo '{"probabilities": [[0.5, 0.5], [0.5, 0.5], null]}' > run.jsonl
    echo '{"probabilities": [[0.4, 0.6], [0.6, 0.4], null], "kl": -1, "batch": {"states": ["cool", 0], \
    "actions": ["fast", 0], "advantages": [0.9, -1.1]}}' >> run.jsonl
    echo '{"probabilities": 3}' >> run.jsonl
    $MONOTONE audit racing.json --policies - --json < run.jsonl > a.json || true
    """,
    """
    $MONOTONE train racing.json --preset tabular --batch 200 --iterations 1 --output run
    $MONOTONE evaluate run --episodes 3 --json > a.json
    cp run/config.json b.json; cp run/checkpoints/000001.json c.json
    """,
    """
    $MONOTONE compare racing.json --updates 2 --sweep-update 1 --sweep-sizes 10 20 40 \
    --sweep-repeats 2 --sweep-horizon 5 --batch 200 --output c --json > a.json; cp c/comparison.json b.json
    """,
    """
    mkdir models; cp racing.json models; $MONOTONE compare models --sweep-update 1 --sweep-sizes 10 20 40 \
    --sweep-repeats 2 --sweep-horizon 5 --batch 200 --output c --json > a.json
    """,
    "$MONOTONE fuzz --cases 20 --json > a.json",
    "$MONOTONE falsify --budget 300 --claim 'returnCandidate >= returnCurrent' --json > a.json || true",
    """
    $MONOTONE falsify --budget 300 --minimise c --claim 'returnCandidate >= surrogate - c * maxTotalVariation' \
    --json > a.json || true
    """,
    "$MONOTONE falsify --report ladder --budget 60 --json > a.json",
  ]

  @Test("A document is as its schema says", arguments: scripts)
  func document(_ script: String) throws {
    try TemporaryFolder.with { folder in
      let model = CommandRunner.root.appendingPathComponent("mdps/racing.json")
      try FileManager.default.copyItem(
        at: model, to: folder.appendingPathComponent("racing.json"))
      let made = try CommandRunner.shell(script, in: folder)
      #expect(made.status == 0, "\(made.errors)")
      let paths = ["a", "b", "c"].map { folder.appendingPathComponent("\($0).json").path }
        .filter { FileManager.default.fileExists(atPath: $0) }
      try #require(!paths.isEmpty)
      let result = try CommandRunner.python(["Tools/check_schema.py"] + paths)
      #expect(result.status == 0, "\(result.errors.prefix(2000))")
    }
  }

  @Test("The schemas of the outputs are what their builder writes")
  func builder() throws {
    let result = try CommandRunner.python(["Tools/make_schemas.py", "--check"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("A document with another key, without one, or with a wrong value is refused")
  func refused() throws {
    try TemporaryFolder.with { folder in
      let solved = try CommandRunner.run(["solve", "mdps/racing.json", "--json"]).output
      let changes = [
        ("\"policy\"", "\"policies\""),
        ("\"normalised\" : [", "\"remark\" : 1, \"normalised\" : ["),
        ("\"arithmetic\" : \"certified\"", "\"arithmetic\" : \"guessed\""),
      ]
      for (found, wrong) in changes {
        try #require(solved.contains(found))
        let file = folder.appendingPathComponent("a.json")
        try Data(solved.replacingOccurrences(of: found, with: wrong).utf8).write(to: file)
        let result = try CommandRunner.python(["Tools/check_schema.py", file.path])
        #expect(result.status == 1, "\(wrong)")
      }
    }
  }
}
