import MonotoneFiles
import TestSupport
import Testing

import NeuralTRPO

@testable import TrainingRuns

@Suite("Hyper-parameters", .tags(.slow))
struct HyperparameterTests {
  @Test("There is one for every property of a configuration, and each changes only its own")
  func complete() {
    let properties = Mirror(reflecting: TrainingConfiguration()).children.compactMap(\.label)
    #expect(Hyperparameter.all.map(\.name).sorted() == properties.sorted())
    for one in Hyperparameter.all {
      var changed = TrainingConfiguration()
      let candidates: [Hyperparameter.Value] = [
        .number(0.25), .number(7), .flag(true), .flag(false), .numbers([3]), .text("double"),
        .text("features"), .text("uniform"), .text("vine"), .text("wholeEpisodes"),
        .text("monteCarlo"), .text("discounted"), .text("none"), .text("relu"), .text("16x4s2"),
        .text("natural-gradient"), .text("max-kl"), .text("empirical"),
      ]
      let before = one.read(changed)
      let accepted = candidates.first {
        var trial = TrainingConfiguration()
        return (try? one.write($0, into: &trial)) != nil && one.read(trial) != before
      }
      guard let accepted else {
        Issue.record("\(one.name) takes nothing")
        continue
      }
      try? one.write(accepted, into: &changed)
      #expect(one.read(changed) == accepted)
      for other in Hyperparameter.all where other.name != one.name {
        #expect(other.read(changed) == other.read(TrainingConfiguration()), "\(one.name)")
      }
    }
  }

  @Test("Values out of range are refused with what is expected, and change nothing")
  func ranges() {
    let refused: [(String, [Hyperparameter.Value])] = [
      ("discount", [.number(1.1), .number(-0.1), .number(.nan), .text("0.9"), .null]),
      ("lambda", [.number(1.01), .number(-1), .flag(true)]),
      ("steps", [.number(0), .number(1.5), .number(1e300), .number(.infinity)]),
      ("seed", [.number(-1), .number(0.5)]),
      ("budget", [.number(0), .number(-1)]),
      ("fisherShare", [.number(0), .number(1.1)]),
      ("backtrack", [.number(0), .number(1)]),
      ("acceptRatio", [.number(1)]),
      ("damping", [.number(-1e-9)]),
      ("hidden", [.numbers([0]), .numbers([1.5]), .number(64), .numbers([70_000])]),
      (
        "convolutions",
        [
          .text(""), .text("16x4s0"), .text("16x4s2,"), .text("16"), .null, .number(16),
          .text("16X4S2"), .text([String](repeating: "1x1", count: 9).joined(separator: ",")),
        ]
      ),
      ("activation", [.text("sigmoid"), .null]),
      ("criticBatch", [.number(0), .number(2.5), .text("all")]),
      ("precision", [.text("half"), .number(32)]),
      ("learnsDeviation", [.number(1), .text("true")]),
    ]
    for (name, values) in refused {
      guard let one = Hyperparameter.named(name) else {
        Issue.record("no \(name)")
        continue
      }
      for value in values {
        var configuration = TrainingConfiguration()
        #expect(throws: Hyperparameter.Fault.self, "\(name) \(value)") {
          try one.write(value, into: &configuration)
        }
        #expect(configuration == TrainingConfiguration())
      }
    }
  }

  @Test("Every preset is made of values that are allowed", arguments: TrainingPreset.allCases)
  func presets(preset: TrainingPreset) throws {
    var configuration = TrainingConfiguration()
    for one in Hyperparameter.all {
      try one.write(one.read(preset.configuration), into: &configuration)
    }
    #expect(configuration == preset.configuration)
  }
}
