import Foundation
import TestSupport
import Testing

/// Where results go: streams that are full, closed or gone, files that are none, and files that are
/// somebody else's.
@Suite("Output", .tags(.slow))
struct OutputTests {
  private static let raw = ["NSCocoaErrorDomain", "Fatal error", "Error Domain", "SIGPIPE"]

  private func expectPlain(_ result: CommandRunner.Result) {
    for text in Self.raw { #expect(!result.errors.contains(text), "\(result.errors)") }
  }

  @Test(
    "73: standard output that is full or closed",
    arguments: [
      "solve $ROOT/mdps/racing.json", "solve $ROOT/mdps/racing.json --json", "--help", "--version",
      "fuzz --list", "convert $ROOT/mdps/racing.json --to dense", "verify --help",
      "audit $ROOT/mdps/racing.json --policies uniform optimal --stream",
    ],
    ["> /dev/full", ">&-"])
  func unwritable(command: String, redirection: String) throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell("$MONOTONE \(command) \(redirection)", in: folder)
      #expect(result.status == 73, "\(result.errors)")
      #expect(result.errors.hasPrefix("monotone: standard output cannot be written"))
      #expect(result.errors.split(separator: "\n").count == 1)
      expectPlain(result)
    }
  }

  @Test("141, quietly: a reader that has gone")
  func readerGone() throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        "$MONOTONE solve $ROOT/mdps/taxi.json --json | head -c 1 > /dev/null; exit ${PIPESTATUS[0]}",
        in: folder)
      #expect(result.status == 141 && result.errors.isEmpty, "\(result.errors)")
    }
  }

  @Test("A closed standard error costs nothing but the messages", arguments: [0, 64, 65, 66])
  func closedErrors(status: Int32) throws {
    try TemporaryFolder.with { folder in
      try Data("{}".utf8).write(to: folder.appendingPathComponent("bad.json"))
      let arguments: [Int32: String] = [
        0: "solve $ROOT/mdps/racing.json", 64: "solve", 65: "solve bad.json", 66: "solve none.json",
      ]
      let result = try CommandRunner.shell(
        "$MONOTONE \(try #require(arguments[status])) 2>&-", in: folder)
      #expect(result.status == status)
    }
  }

  @Test("A file that is opened never takes the place of a closed stream")
  func closedStreams() throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell(
        "$MONOTONE convert $ROOT/mdps/racing.json --to dense --output out.json <&- >&- 2>&-",
        in: folder)
      #expect(result.status == 0)
      let plain = try CommandRunner.run(["convert", "mdps/racing.json", "--to", "dense"])
      let file = folder.appendingPathComponent("out.json")
      #expect(try String(contentsOf: file, encoding: .utf8) == plain.output)
    }
  }

  @Test("Devices, pipes and links are written through and stay what they are")
  func special() throws {
    try TemporaryFolder.with { folder in
      let convert = "$MONOTONE convert $ROOT/mdps/racing.json --to dense --output"
      let plain = try CommandRunner.run(["convert", "mdps/racing.json", "--to", "dense"]).output
      let null = try CommandRunner.shell("\(convert) /dev/null && test -c /dev/null", in: folder)
      #expect(null.status == 0)
      #expect(try CommandRunner.shell("\(convert) /dev/full", in: folder).status == 73)
      let out = try CommandRunner.shell("\(convert) /dev/stdout", in: folder)
      #expect(out.status == 0 && out.output == plain)
      let pipe = try CommandRunner.shell(
        "mkfifo p; cat p > copy & \(convert) p; s=$?; wait; test -p p && cat copy; exit $s",
        in: folder)
      #expect(pipe.status == 0 && pipe.output == plain)
      let link = try CommandRunner.shell(
        "mkdir d; ln -s d/new l; \(convert) l && test -L l && cat d/new", in: folder)
      #expect(link.status == 0 && link.output == plain)
      for path in ["d", "d/", "l/below", "none/file", "$ROOT/README.md/x"] {
        let refused = try CommandRunner.shell("\(convert) \(path)", in: folder)
        #expect(refused.status == 73, "\(path)")
        expectPlain(refused)
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.sorted() == ["copy", "d", "l", "p"])
    }
  }

  @Test(
    "64: an output that is an input, however it is named; the input stays",
    arguments: [
      "improve m.json --rule penalty --output m.json",
      "improve m.json --rule penalty --output l.json",
      "improve ./m.json --rule penalty --output ../$(basename $PWD)/m.json",
      "improve m.json --rule penalty --output h.json",
      "improve - --rule penalty --output m.json < m.json",
      "improve m.json --rule penalty --trace m.json",
      "improve m.json --rule penalty --policy p.json --output p.json",
      "improve m.json --rule penalty --policy 'mix(0.5, uniform, p.json)' --output p.json",
      "improve m.json --rule penalty --trace x.json --output x.json",
      "convert m.json --to dense --output m.json",
      "convert p.json --mdp m.json --to npy --output p.json",
      "check m.json --current uniform --candidate p.json --certificate p.json --overwrite",
      "check m.json --current uniform --candidate p.json --certificate m.json",
      "check m.json --current uniform --candidate p.json --coq p.json --overwrite",
      "check m.json --current uniform --candidate p.json --certificate c --coq c",
      "train m.json --steps 64 --batch 64 --output run --export-policy m.json --overwrite",
      "train m.json --steps 64 --batch 64 --config config.json --output .",
      "report verification.json --output .",
    ])
  func inputs(command: String) throws {
    try TemporaryFolder.with { folder in
      let prepare = """
        cp $ROOT/mdps/racing.json m.json; ln -s m.json l.json; ln m.json h.json
        $MONOTONE convert uniform --mdp m.json --to json --output p.json
        echo '{"schema": "monotone/training/v1"}' > config.json
        $MONOTONE verify m.json --rule-iterations 0 --output report > /dev/null
        cp report/verification.json . && rm -r report
        """
      #expect(try CommandRunner.shell(prepare, in: folder).status == 0)
      let before = try contents(folder)
      let result = try CommandRunner.shell("$MONOTONE \(command)", in: folder)
      #expect(result.status == 64, "\(result.errors)")
      #expect(try contents(folder) == before)
      expectPlain(result)
    }
  }

  @Test(
    "73: another's file or folder is kept, until --overwrite",
    arguments: [
      "convert $ROOT/mdps/racing.json --to dense --output notes.txt",
      "generate garnet --states 3 --actions 2 --branching 2 --output notes.txt",
      "check $ROOT/mdps/racing.json --current uniform --candidate optimal --certificate notes.txt",
      "check $ROOT/mdps/racing.json --current uniform --candidate optimal --coq notes.txt",
      "improve $ROOT/mdps/racing.json --rule penalty --output notes.txt",
      "fuzz --cases 1 --property pinsker --junit notes.txt",
      "fuzz --cases 1 --property pinsker --summary notes.txt",
      "fuzz --cases 1 --property pinsker --observations notes.txt",
      "verify $ROOT/mdps/racing.json --rule-iterations 0 --output run",
      "verify $ROOT/mdps/racing.json --rule-iterations 0 --output page",
      "compare $ROOT/mdps/racing.json --updates 1 --no-sweep --batch 64 --output report",
      "train $ROOT/mdps/racing.json --steps 64 --batch 64 --environments 2 --output report",
      "train $ROOT/mdps/racing.json --steps 64 --batch 64 --environments 2 --output run",
    ])
  func others(command: String) throws {
    try TemporaryFolder.with { folder in
      for (name, text) in [
        ("notes.txt", "mine"), ("page/index.html", "mine"),
        ("report/verification.json", #"{"schema": "monotone/verification/v1"}"#),
        ("run/config.json", #"{"schema": "monotone/training/v1"}"#), ("run/progress.csv", "a\nb\n"),
      ] {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      let before = try contents(folder)
      let refused = try CommandRunner.shell("$MONOTONE \(command)", in: folder)
      #expect(refused.status == 73, "\(refused.errors)")
      #expect(refused.errors.contains("--overwrite"), "\(refused.errors)")
      #expect(try contents(folder) == before)
      let allowed = try CommandRunner.shell("$MONOTONE \(command) --overwrite", in: folder)
      #expect(allowed.status == 0, "\(allowed.errors)")
      #expect(try contents(folder) != before)
      // What the command wrote itself it replaces without a word; another's run stays another's.
      if !command.hasSuffix(" run"), !command.hasSuffix(" report") {
        #expect(try CommandRunner.shell("$MONOTONE \(command)", in: folder).status == 0)
      }
    }
  }

  @Test(
    "73: what cannot be written is known before the work begins",
    arguments: [
      "fuzz --summary none/s.md", "fuzz --junit /proc/s.xml", "fuzz --observations none/o.jsonl",
      "fuzz --counterexamples /proc/kept", "verify $ROOT/mdps --output /proc/report",
      "compare $ROOT/mdps/taxi.json --output /proc/report",
      "train $ROOT/mdps/taxi.json --output run --export-policy none/p.json",
      "train $ROOT/mdps/taxi.json --output run --save-path /proc/copy",
      "train $ROOT/mdps/taxi.json --output /proc/run", "falsify --report /proc/report",
      "falsify --claim 'maxKL >= 0' --counterexamples /proc/kept",
      "improve $ROOT/mdps/taxi.json --rule penalty --iterations 1000000 --output none/p.json",
    ])
  func early(command: String) throws {
    try TemporaryFolder.with { folder in
      // Each of them works for minutes.
      let result = try CommandRunner.shell("timeout 60 $MONOTONE \(command)", in: folder)
      #expect(result.status == 73, "\(result.errors)")
      #expect(try contents(folder).isEmpty)
      expectPlain(result)
    }
  }

  @Test(
    "73: a limit on the size of files is an error that leaves nothing",
    arguments: [
      "convert $ROOT/mdps/taxi.json --to dense --output big.json",
      "improve $ROOT/mdps/taxi.json --rule policy-iteration --iterations 1 --output big.json",
    ])
  func limit(command: String) throws {
    try TemporaryFolder.with { folder in
      let result = try CommandRunner.shell("(ulimit -f 1; $MONOTONE \(command))", in: folder)
      #expect(result.status == 73, "\(result.errors)")
      #expect(result.errors.contains("big.json cannot be written"), "\(result.errors)")
      #expect(try contents(folder).isEmpty)
    }
  }

  @Test(
    "Signals that end the process take its temporary files with them", arguments: ["INT", "TERM"])
  func signals(name: String) throws {
    try TemporaryFolder.with { folder in
      // A pipe that nobody reads holds the command between its temporary file and the renaming.
      let script = """
        mkfifo held; mkdir report; ln -s ../held report/summary.md
        $MONOTONE verify $ROOT/mdps/racing.json --rule-iterations 0 --output report --overwrite &
        for i in $(seq 600); do [ $(ls -A report | grep -c tmp) -gt 3 ] && break; sleep 0.1; done
        ls -A report | grep -c tmp; kill -\(name) $!; sleep 0.3
        # The first Ctrl-C asks a run to stop, the second ends it.
        kill -\(name) $! 2> /dev/null; wait $!; echo $?; ls -A report
        """
      let result = try CommandRunner.shell(script, in: folder)
      let lines = result.output.split(separator: "\n").map(String.init)
      #expect((lines.first.flatMap { Int($0) } ?? 0) > 3, "\(result)")
      #expect(lines.contains("\(128 + ["INT": 2, "TERM": 15][name, default: 0])"), "\(lines)")
      #expect(!lines.contains { $0.contains("tmp") }, "\(lines)")
    }
  }

  /// The files below a folder with their bytes.
  private func contents(_ folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      contents[name] = (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data()
    }
    return contents
  }
}
