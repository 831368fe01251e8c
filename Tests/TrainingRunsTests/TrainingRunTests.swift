import Foundation
import TestSupport
import Testing

import NeuralTRPO

@testable import TrainingRuns

@Suite("Training runs", .tags(.slow))
struct TrainingRunTests {
  /// A run of some iterations, stopped where asked and gone on with.
  private static func run(
    _ configuration: TrainingConfiguration, in folder: URL, stops: [Int] = [], to last: Int
  ) throws {
    let place = try RunFolder(folder)
    var run = try TrainingRun.begin(
      ResumptionTests.process("Corridor", configuration), environment: "Corridor", in: place)
    for stop in stops + [last] {
      while run.process.iteration < stop { _ = try run.advance() }
      try run.save()
      if stop < last {
        let latest = try Checkpoint.latest(in: place.checkpoints).checkpoint
        run = try TrainingRun.resume(
          ResumptionTests.process("Corridor", latest.configuration), from: latest, in: place)
      }
    }
  }

  /// The files below a folder with their bytes, but for the times of events.
  static func contents(_ folder: URL) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let data = try? Data(contentsOf: folder.appendingPathComponent(name))
      contents[name] = name.contains("tfevents") ? data.map(EventFile.withoutTimes) : data
    }
    return contents
  }

  @Test("Stopped between checkpoints and gone on with, a run leaves the files of one never stopped")
  func stopped() throws {
    let configuration = Corridor.configuration { $0.checkpointEvery = 4 }
    try TemporaryFolder.with { folder in
      let (straight, stopped) = (
        folder.appendingPathComponent("a"), folder.appendingPathComponent("b")
      )
      try Self.run(configuration, in: straight, to: 18)
      try Self.run(configuration, in: stopped, stops: [3, 4, 6, 7, 13, 17], to: 18)
      let expected = try Self.contents(straight)
      #expect(try Self.contents(stopped) == expected)
      #expect(
        expected.keys.filter { $0.hasSuffix(".json") }.sorted() == [
          "checkpoints/000012.json", "checkpoints/000016.json", "checkpoints/000018.json",
          "config.json",
        ])
    }
  }

  @Test("A run whose table has other columns is refused, and stays as it was")
  func otherColumns() throws {
    try TemporaryFolder.with { folder in
      let configuration = Corridor.configuration()
      try Self.run(configuration, in: folder, to: 2)
      let table = folder.appendingPathComponent("progress.csv")
      let text = try String(contentsOf: table, encoding: .utf8)
      try Data(text.replacing(",entropy", with: "", maxReplacements: 1).utf8).write(to: table)
      let before = try Self.contents(folder)
      let place = try RunFolder(folder)
      let latest = try Checkpoint.latest(in: place.checkpoints).checkpoint
      #expect {
        try TrainingRun.resume(
          ResumptionTests.process("Corridor", latest.configuration), from: latest, in: place)
      } throws: { error in
        guard case .checkpoint(let failure)? = error as? TrainingRunFailure else { return false }
        return failure.description.contains("columns")
      }
      #expect(try Self.contents(folder) == before)
    }
  }

  @Test("Only a run's own files are removed from its folder")
  func ownFiles() throws {
    try TemporaryFolder.with { folder in
      let checkpoints = folder.appendingPathComponent("checkpoints")
      try FileManager.default.createDirectory(at: checkpoints, withIntermediateDirectories: true)
      for name in ["thesis.tex", "checkpoints/best.json", "checkpoints/000007.safetensors"] {
        try Data("mine".utf8).write(to: folder.appendingPathComponent(name))
      }
      try Self.run(Corridor.configuration(), in: folder, to: 1)
      let names = try Self.contents(folder).keys
      #expect(names.contains("thesis.tex") && names.contains("checkpoints/best.json"))
      #expect(!names.contains("checkpoints/000007.safetensors"))
    }
  }

  @Test(
    "TensorBoard reads the numbers of progress.csv", .enabled(if: Python.isAvailable, Python.reason)
  )
  func tensorBoard() throws {
    try TemporaryFolder.with { folder in
      try Self.run(
        Corridor.configuration { $0.normalizesObservations = true }, in: folder, stops: [5], to: 12)
      struct Numbers: Decodable {
        var tags: [String: [Double]]
        var steps: [String: [Int]]
        var columns: [String: [String]]
      }
      let numbers = try Python.run(
        """
        import csv, json
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        accumulator = EventAccumulator(".")
        accumulator.Reload()
        tags = accumulator.Tags()["scalars"]
        rows = list(csv.DictReader(open("progress.csv", newline="")))
        print(json.dumps({
            "tags": {tag: [e.value for e in accumulator.Scalars(tag)] for tag in tags},
            "steps": {tag: [e.step for e in accumulator.Scalars(tag)] for tag in tags},
            "columns": {name: [row[name] for row in rows] for name in rows[0]},
        }))
        """, in: folder, as: Numbers.self)
      let steps = try #require(numbers.columns["steps"]).compactMap { Int($0) }
      #expect(steps == (1...12).map { 60 * $0 })
      var compared = 0
      for column in TrainingColumn.columns(of: TrainingConfiguration()) {
        let cells = try #require(numbers.columns[column.name])
        let present = cells.indices.filter { Double(cells[$0])?.isFinite ?? false }
        // An event's value is a Float.
        let expected = present.compactMap { Double(cells[$0]) }.map { Double(Float($0)) }
        #expect(numbers.tags[column.tag] ?? [] == expected, "\(column.name)")
        #expect(numbers.steps[column.tag] ?? [] == present.map { steps[$0] }, "\(column.name)")
        compared += present.count
      }
      #expect(compared > 12 * 15)
    }
  }
}
