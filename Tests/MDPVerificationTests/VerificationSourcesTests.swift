import MonotoneFiles
import Testing

@testable import MDPVerification

@Suite("Files of a verification")
struct VerificationSourcesTests {
  private static let files = [
    "b.json": Models.fork, "a.json": Models.line, "broken.json": "{", "p.policy.json": "{}",
    "p.npy": "", "README": "x", "._a.json": "x", "package.json": #"{"name": "x"}"#,
    "more/c.json": Models.line, "counterexamples/y.refutation.json": "{}",
    "counterexamples/x.refutation.json": "{}", "counterexamples/m.mdp.json": Models.line,
    "attainment/z.attainment.json": "{}", "attainment/z.current.policy.json": "{}",
  ]

  /// Names within a folder.
  private func names(_ files: [String], in folder: String) -> [String] {
    files.map { $0.hasPrefix("\(folder)/") ? String($0.dropFirst(folder.count + 1)) : $0 }
  }

  @Test("A folder stands for its models, refutations and attainments; the rest are strays")
  func folder() throws {
    try withFiles(Self.files) { folder in
      let sources = try VerificationSources([folder])
      #expect(names(sources.models, in: folder) == ["a.json", "b.json", "broken.json"])
      #expect(
        names(sources.refutations, in: folder)
          == ["counterexamples/x.refutation.json", "counterexamples/y.refutation.json"])
      #expect(names(sources.attainments, in: folder) == ["attainment/z.attainment.json"])
      #expect(
        names(sources.strays, in: folder).sorted() == [
          "._a.json", "README", "more", "package.json",
        ])
      #expect(sources.count == 6)
      #expect(sources.files == sources.models + sources.refutations + sources.attainments)
    }
  }

  @Test("A file stands for itself, in the order of the arguments")
  func single() throws {
    try withFiles(Self.files) { folder in
      let sources = try VerificationSources([
        "\(folder)/b.json", "\(folder)/counterexamples/x.refutation.json", "\(folder)/more",
        "\(folder)/attainment/z.attainment.json", "\(folder)/a.json",
      ])
      #expect(names(sources.models, in: folder) == ["b.json", "more/c.json", "a.json"])
      #expect(names(sources.refutations, in: folder) == ["counterexamples/x.refutation.json"])
      #expect(names(sources.attainments, in: folder) == ["attainment/z.attainment.json"])
      #expect(sources.strays.isEmpty)
    }
  }

  @Test("A path that leads nowhere is answered with the nearest name, and so is an empty folder")
  func faults() throws {
    try withFiles(["models/line.json": Models.line, "nothing/README": "x"]) { folder in
      let absent = #expect(throws: RunFailure.self) { try VerificationSources(["\(folder)/modls"]) }
      #expect(absent?.cause == .unreadable)
      #expect(absent?.message.contains("did you mean \"\(folder)/models\"?") == true)
      let empty = #expect(throws: RunFailure.self) {
        try VerificationSources(["\(folder)/models", "\(folder)/nothing"])
      }
      #expect(empty?.cause == .unreadable)
      #expect(empty?.message.contains("\(folder)/nothing: no model in this folder") == true)
    }
  }

  @Test("Strays are named, or refused")
  func strays() throws {
    try withFiles(["a.json": Models.line, "README": "x", "b.csv": "x"]) { folder in
      let sources = try VerificationSources([folder])
      let listener = Listener()
      try sources.noteStrays(areRefused: false, monitor: listener.monitor())
      let note = "skipped, neither models nor policies: \(folder)/README, \(folder)/b.csv"
      #expect(listener.notes == [note])
      let failure = #expect(throws: RunFailure.self) {
        try sources.noteStrays(areRefused: true, monitor: listener.monitor())
      }
      #expect(failure?.cause == .badData && failure?.message.contains("b.csv") == true)
      try VerificationSources(["\(folder)/a.json"])
        .noteStrays(areRefused: true, monitor: listener.monitor())
      #expect(listener.notes == [note])
    }
  }
}
