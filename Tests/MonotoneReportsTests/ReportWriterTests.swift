import Foundation
import Testing

@testable import MonotoneReports

/// A folder of a test's own, gone with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every file and folder below, by path.
  var contents: [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(name))
  }
}

@Suite("Report files")
struct ReportWriterTests {
  @Test("The same verification gives the same bytes, environment aside")
  func deterministic() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let writer = ReportWriter()
    let verification = try Fixtures.small()
    var environment = Fixtures.environment
    let files = try writer.write(verification, environment: environment, to: first.path)
    environment.date = "2001-01-01T00:00:00Z"
    try writer.write(verification, environment: environment, to: second.path)
    #expect(first.contents == second.contents)
    #expect(
      files.map { $0.replacingOccurrences(of: first.path + "/", with: "") } == [
        "index.html", "verification.json", "summary.md", "results.js", "figures/looseness.svg",
        "figures/margin-kl.svg", "junit.xml", "environment.json",
      ])
    for file in first.contents where file != "figures" && file != "environment.json" {
      #expect(try first.data(file) == second.data(file), "\(file)")
      let text = String(decoding: try first.data(file), as: UTF8.self)
      #expect(!text.contains(first.path) && !text.contains(Fixtures.environment.date), "\(file)")
    }
    #expect(try first.data("environment.json") != second.data("environment.json"))
  }

  @Test("verification.json alone gives the same report again")
  func rewrite() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let writer = ReportWriter()
    try writer.write(Fixtures.large(), environment: Fixtures.environment, to: first.path)
    try writer.rewrite(first.path + "/verification.json", to: second.path)
    #expect(first.contents == second.contents)
    for file in first.contents where file != "figures" {
      #expect(try first.data(file) == second.data(file), "\(file)")
    }

    let third = try TemporaryFolder()
    try FileManager.default.removeItem(atPath: first.path + "/environment.json")
    try ReportWriter().rewrite(first.path + "/verification.json", to: third.path)
    #expect(!third.contents.contains("environment.json"))
    #expect(try third.data("verification.json") == first.data("verification.json"))
  }

  @Test("A report that cannot be written whole is not written at all")
  func nothingLeft() throws {
    let folder = try TemporaryFolder()
    // Among the last files to be written, so that others are prepared by then.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/environment.json", withIntermediateDirectories: true)
    let failure = try #require(throws: ReportFailure.self) {
      try ReportWriter()
        .write(Fixtures.small(), environment: Fixtures.environment, to: folder.path)
    }
    #expect(failure.message.contains("environment.json cannot be written: it is a folder"))
    #expect(folder.contents == ["environment.json"])
  }

  @Test("An exporter that fails leaves no file and no folder")
  func failingExporter() throws {
    let folder = try TemporaryFolder()
    var verification = try Fixtures.small()
    verification.models[0].uniformReturn = .number(.nan)
    #expect(throws: ReportFailure.self) {
      try ReportWriter()
        .write(verification, environment: nil, to: folder.path + "/new/report")
    }
    #expect(folder.contents == [])
  }

  @Test("A missing or wrong verification.json is told apart")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let writer = ReportWriter()
    let missing = try #require(throws: ReportFailure.self) {
      try writer.rewrite(folder.path + "/none.json", to: folder.path)
    }
    guard case .unreadableFile = missing else {
      Issue.record("\(missing)")
      return
    }
    try Data("[]".utf8).write(to: URL(fileURLWithPath: folder.path + "/bad.json"))
    let bad = try #require(throws: ReportFailure.self) {
      try writer.rewrite(folder.path + "/bad.json", to: folder.path)
    }
    guard case .result = bad else {
      Issue.record("\(bad)")
      return
    }
  }
}
