import MonotoneProbability
import Foundation
import TestSupport
import Testing

import NeuralTRPO

@testable import TrainingRuns

@Suite("Checkpoints", .tags(.slow))
struct CheckpointTests {
  private static let configuration = Corridor.configuration {
    $0.normalizesObservations = true
    $0.normalizesRewards = true
  }

  /// Two checkpoints in a folder, of iterations 1 and 2.
  private static func write(into folder: URL) throws {
    let process = ResumptionTests.process("Corridor", configuration)
    for _ in 0..<2 {
      _ = try process.advance()
      try Checkpoint(
        environment: "Corridor", configuration: configuration, progressBytes: 10, eventBytes: 20,
        snapshot: process.snapshot
      ).write(into: folder)
    }
  }

  /// What comes of the folder: the iteration gone on from, or nil if it is refused.
  private static func outcome(_ folder: URL) throws -> Int? {
    do throws(InvalidCheckpoint) {
      let checkpoint = try Checkpoint.latest(in: folder).checkpoint
      let process = ResumptionTests.process("Corridor", checkpoint.configuration)
      try process.restore(checkpoint.snapshot)
      return checkpoint.snapshot.state.iteration
    } catch {
      #expect(!error.description.isEmpty)
      return nil
    }
  }

  @Test("A checkpoint cut off anywhere, or with any byte changed, gives way to the one before")
  func damaged() throws {
    try TemporaryFolder.with { folder in
      try Self.write(into: folder)
      #expect(try Self.outcome(folder) == 2)
      var random = RandomStream(seed: 5)
      for name in ["000002.json", "000002.safetensors"] {
        let file = folder.appendingPathComponent(name)
        let whole = try Data(contentsOf: file)
        for trial in 0..<60 {
          var data = whole
          let place = random.integer(below: whole.count)
          if trial.isMultiple(of: 3) {
            data = data.prefix(place)
          } else {
            data[place] ^= UInt8(1 << random.integer(below: 8))
          }
          try data.write(to: file)
          let outcome = try Self.outcome(folder)
          if outcome == 2 {
            // Only where the JSON still says the same, as 1E-5 does for 1e-5.
            let read = try Checkpoint(file)
            try whole.write(to: file)
            let written = try Checkpoint(file)
            #expect(name == "000002.json" && read.snapshot.state == written.snapshot.state)
            #expect(read.configuration == written.configuration)
          } else {
            #expect(outcome == 1, "\(name), byte \(place)")
          }
        }
        try whole.write(to: file)
      }
    }
  }

  @Test("Checkpoints that say what cannot be are refused, even with the right checksum")
  func impossible() throws {
    try TemporaryFolder.with { folder in
      let process = ResumptionTests.process("Corridor", Self.configuration)
      let good = Checkpoint(
        environment: "Corridor", configuration: Self.configuration, progressBytes: 10,
        eventBytes: 20, snapshot: process.snapshot)
      try good.write(into: folder)
      #expect(try Self.outcome(folder) == 0)
      let changes: [(inout Checkpoint) -> Void] = [
        { $0.progressBytes = -1 }, { $0.eventBytes = .min }, { $0.snapshot.state.steps = .max },
        { $0.snapshot.state.criticSteps = -1 }, { $0.snapshot.state.episodes = -3 },
        { $0.snapshot.state.environments.removeLast() },
        { $0.snapshot.state.environments[1].state = [] },
        { $0.snapshot.state.environments[1].state = [7] },
        { $0.snapshot.state.environments[1].state = [0.5] },
        { $0.snapshot.state.environments[1].time = -1 },
        { $0.snapshot.state.environments[1].time = 12 },
        { $0.snapshot.state.policyPositions = [] },
        { $0.snapshot.state.normalisers.observations = nil },
        { $0.snapshot.state.normalisers.returns = RunningMoments(width: 2) },
        { $0.snapshot.tensors = Safetensors() },
      ]
      for (index, change) in changes.enumerated() {
        var changed = good
        change(&changed)
        try changed.write(into: folder)
        #expect(try Self.outcome(folder) == nil, "change \(index)")
      }
    }
  }

  @Test(
    "A configuration of before a setting was known has its default; of the others none is left out")
  func olderConfiguration() throws {
    var settings = TrainingConfiguration()
    (settings.seed, settings.hidden) = (7, [5])
    let written = try JSONEncoder().encode(WrittenConfiguration(settings))
    var object = try #require(
      try JSONSerialization.jsonObject(with: written) as? [String: Any])
    func read() throws -> TrainingConfiguration {
      let data = try JSONSerialization.data(withJSONObject: object)
      return try JSONDecoder().decode(WrittenConfiguration.self, from: data).configuration
    }
    for later in ["convolutions", "activation"] {
      #expect(object.removeValue(forKey: later) != nil)
    }
    #expect(try read() == settings)
    // The checksum of a checkpoint is of what it said, and it did not say these.
    let data = try JSONSerialization.data(withJSONObject: object)
    let again = try JSONEncoder().encode(
      JSONDecoder().decode(WrittenConfiguration.self, from: data))
    #expect(!String(decoding: again, as: UTF8.self).contains("activation"))
    object["damping"] = nil
    #expect(throws: DecodingError.self) { try read() }
  }

  @Test("Another format, a missing key, a missing file are said")
  func foreign() throws {
    try TemporaryFolder.with { folder in
      try Self.write(into: folder)
      let file = folder.appendingPathComponent("000002.json")
      let whole = try String(contentsOf: file, encoding: .utf8)
      func message(_ text: String) throws -> String {
        try Data(text.utf8).write(to: file)
        do throws(InvalidCheckpoint) { _ = try Checkpoint(file) } catch {
          return error.description
        }
        return "none"
      }
      let foreign = whole.replacingOccurrences(of: "checkpoint/v1", with: "checkpoint/v9")
      #expect(try message(foreign).contains("found schema \"monotone/checkpoint/v9\", expected"))
      for key in ["damping", "state", "shufflingPosition", "tensors", "time"] {
        let without = whole.replacingOccurrences(of: "\"\(key)\"", with: "\"x\"")
        #expect(try message(without).contains("\"\(key)\" is missing"), "\(key)")
      }
      // What may be absent is missed by the checksum.
      let absent = whole.replacingOccurrences(of: "\"returns\" : {", with: "\"x\" : {")
      #expect(absent != whole)
      #expect(try message(absent).contains("checksum"))
      let beyond = whole.replacingOccurrences(of: "\"damping\" : 0.1", with: "\"damping\" : -1")
      #expect(try message(beyond).contains("found -1; expected a number from 0 to 1000000"))
      let outside = whole.replacingOccurrences(
        of: "000002.safetensors", with: "../000002.safetensors")
      #expect(try message(outside) != "none")
      for damaged in ["", "{", String(whole.dropLast(40)), whole + "}", "\u{0}"] {
        let found = try message(damaged)
        #expect(found.contains("is not JSON") && !found.contains("given data"), "\(found)")
      }
      for (original, damage) in [
        ("\"damping\" : 0.1", "\"damping\" : [0.1]"), ("\"damping\" : 0.1", "\"damping\" : 1e999"),
        ("\"schema\" : ", "\"schema\" : 7, \"x\" : "),
        ("\"bytes\" : ", "\"bytes\" : 1e30, \"x\" : "),
        ("\"state\" : {", "\"state\" : 7, \"x\" : {"), (whole, "[]"), (whole, "7"),
      ] {
        let found = try message(whole.replacingOccurrences(of: original, with: damage))
        #expect(found != "none")
        for raw in ["JSON number", "Expected to", "Dictionary", "given data", "Swift"] {
          #expect(!found.contains(raw), "\(found)")
        }
      }
      try Data(whole.utf8).write(to: file)
      try FileManager.default.removeItem(
        at: folder.appendingPathComponent("000002.safetensors"))
      #expect(try message(whole).contains("cannot be read"))
      #expect(try Self.outcome(folder) == 1)
    }
  }
}
