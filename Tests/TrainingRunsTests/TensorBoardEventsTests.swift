import MonotoneFiles
import Foundation
import TestSupport
import Testing

import NeuralTRPO

@testable import TrainingRuns

@Suite("TensorBoard events", .tags(.slow))
struct TensorBoardEventsTests {
  @Test(
    "CRC-32C of published vectors",
    arguments: [
      ([], 0),
      (Array("123456789".utf8), 0xE306_9283),
      // RFC 3720, App. B.4.
      ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
      (Array(0..<32), 0x46DD_794E),
      ((0..<32).reversed(), 0x113F_DB5C),
      (
        [0x01, 0xC0] + [UInt8](repeating: 0, count: 14) + [
          0x14, 0, 0, 0, 0, 0, 0x04, 0, 0, 0, 0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0,
          0x02, 0, 0, 0, 0, 0, 0, 0,
        ], 0xD996_3A56
      ),
    ] as [([UInt8], UInt32)])
  func crc(bytes: [UInt8], check: UInt32) {
    #expect(CRC32C.checksum(bytes) == check)
  }

  static let rows: [(step: Int, scalars: [TensorBoardEvents.Scalar])] = [
    (0, [.init("rollout/ep_rew_mean", -1_700.25)]),
    (127, [.init("rollout/ep_rew_mean", 0.1), .init("kl/realised", 1e-40)]),
    (128, [.init("kl/realised", 0.01)]),
    (2_048, [.init("rollout/ep_rew_mean", .infinity), .init("größe, \"x\"", -0.0)]),
    (300_000, [.init("rollout/ep_rew_mean", .nan)]),
    (5_000_000_000, [.init("rollout/ep_rew_mean", 3), .init("kl/realised", 1e300)]),
  ]

  @Test("TensorBoard reads every scalar", .enabled(if: Python.isAvailable, Python.reason))
  func tensorBoard() throws {
    struct Event: Decodable, Equatable {
      var tag: String
      var step: Int
      /// The float's bits.
      var value: UInt32
      var wallTime: Double
    }
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent(TensorBoardEvents.fileName).path
      var time = 1_700_000_000.0
      let file = try TensorBoardEvents(path: path) {
        time += 0.5
        return time
      }
      for row in Self.rows { try file.write(row.scalars, step: row.step) }
      let events = try Python.run(
        """
        import json, struct
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        accumulator = EventAccumulator(".")
        accumulator.Reload()
        print(json.dumps([
            {"tag": tag, "step": e.step, "wallTime": e.wall_time,
             "value": struct.unpack("<I", struct.pack("<f", e.value))[0]}
            for tag in accumulator.Tags()["scalars"] for e in accumulator.Scalars(tag)
        ]))
        """, in: folder, as: [Event].self)
      let expected = Self.rows.enumerated().flatMap { index, row in
        row.scalars.map {
          Event(
            tag: $0.tag, step: row.step, value: Float($0.value).bitPattern,
            wallTime: 1_700_000_001 + 0.5 * Double(index))
        }
      }
      func order(_ a: Event, _ b: Event) -> Bool { (a.tag, a.step) < (b.tag, b.step) }
      #expect(events.sorted(by: order) == expected.sorted(by: order))
    }
  }

  @Test("A run that goes on leaves the bytes of one that was never stopped")
  func resumed() throws {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("events").path
      let straight = try TensorBoardEvents(path: path) { 7 }
      var lengths = [straight.length]
      for row in Self.rows {
        try straight.write(row.scalars, step: row.step)
        lengths.append(straight.length)
      }
      try straight.synchronize()
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(bytes.count == lengths.last)
      // Killed in the middle of the last record, saved after the second.
      try bytes.dropLast(5).write(to: URL(fileURLWithPath: path))
      let resumed = try TensorBoardEvents(path: path, length: lengths[2]) { 7 }
      for row in Self.rows[2...] { try resumed.write(row.scalars, step: row.step) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
      // Begun anew over an old run.
      _ = try TensorBoardEvents(path: path) { 7 }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes.prefix(lengths[0]))
    }
  }

  @Test("Without another clock events have the time of day")
  func systemClock() throws {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("events").path
      let before = Date().timeIntervalSince1970
      try TensorBoardEvents(path: path).write([.init("a", 1)], step: 1)
      let after = Date().timeIntervalSince1970
      let times = EventFile.times(try Data(contentsOf: URL(fileURLWithPath: path)))
      #expect(times.count == 2 && times.allSatisfy { $0 >= before - 1 && $0 <= after + 1 })
    }
  }

  @Test("A file that is not as long as it was, or not there, is an error that says so")
  func unwritable() throws {
    try TemporaryFolder.with { folder in
      let path = folder.appendingPathComponent("events").path
      let length = try TensorBoardEvents(path: path).length
      #expect(
        throws: UnwritableOutput(
          path: path, reason: "it has \(length) bytes where the resumed run had 1000")
      ) { try TensorBoardEvents(path: path, length: 1_000) }
      let missing = folder.appendingPathComponent("missing/events").path
      #expect(throws: UnwritableOutput(path: missing, reason: "its folder does not exist")) {
        try TensorBoardEvents(path: missing)
      }
      #expect(
        throws: UnwritableOutput(
          path: missing, reason: "the resumed run had it, and it is missing")
      ) { try TensorBoardEvents(path: missing, length: 10) }
    }
  }
}
