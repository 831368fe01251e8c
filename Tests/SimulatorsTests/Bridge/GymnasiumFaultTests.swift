import Foundation
import MonotoneFiles
import NeuralTRPO
import TestSupport
import Testing

@testable import Simulators

/// Environments that fail, by doing it.
@Suite("Faults of environments of Gymnasium", .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
struct GymnasiumFaultTests {
  /// What happens, and the words of the message.
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var words: String
    /// Words in the last lines of the worker.
    var line: String? = nil
    var observations = "matrix"
    var testDescription: String { name }
  }

  static let faults = [
    Fault(
      name: "raise", words: "environment 1, step: ValueError: the dial is broken",
      line: "in trouble"),
    Fault(
      name: "kill", words: "was ended by signal 9 (Killed) in the middle of a step",
      line: "about to have trouble: kill"),
    Fault(name: "child", words: "was ended by signal 9"),
    Fault(name: "exit", words: "ended with status 3 in the middle of a step"),
    Fault(
      name: "hang", words: "hangs: a step took more than 1.5 seconds (--gym-timeout)",
      line: "in trouble"),
    Fault(name: "reset", words: "step: RuntimeError: no way back", line: "in reset"),
    Fault(name: "four", words: "step gave no five values"),
    Fault(
      name: "spaces",
      words: "the space of its observations is Box(-inf, inf, (3,), float32), and was Box"),
    Fault(name: "shape", words: "the observation has shape (3,); expected (2, 2)"),
    Fault(name: "dtype", words: "the observation is of complex128; expected float64"),
    Fault(name: "text", words: "the observation has shape ()"),
    Fault(name: "nan", words: "environment 1: the observation has nan at place 0"),
    Fault(name: "infinite", words: "environment 1: the observation has inf at place 2"),
    Fault(
      name: "place", words: "the observation is 8; expected an integer from 2 to 7",
      observations: "place"),
    Fault(
      name: "float", words: "the observation is 1.5; expected an integer", observations: "place"),
    Fault(name: "rewardNaN", words: "environment 1: the reward is nan"),
    Fault(name: "rewardText", words: "the reward is 'much'; expected a number"),
    Fault(name: "rewardNone", words: "the reward is None; expected a number"),
  ]

  /// An environment with a fault after some steps; checks of Gymnasium's own would tell of some before.
  private func environment(
    _ folder: URL, _ fault: String, _ observations: String = "matrix", timeout: Double = 30
  ) throws -> GymnasiumEnvironment {
    let make = """
      {"observations": "\(observations)", "fault": "\(fault)", "at": 8, "disable_env_checker": true}
      """
    let options = GymnasiumOptions(
      makeArguments: make, imports: [GymnasiumCases.module],
      python: try GymnasiumCases.python(in: folder), timeout: timeout)
    return try GymnasiumEnvironment("gym:Case-v0", options)
  }

  @Test("A worker's failure is told with its last words, and no step follows", arguments: faults)
  func failure(fault: Fault) throws {
    try TemporaryFolder.with { folder in
      let isHang = fault.name == "hang"
      let environment = try environment(
        folder, fault.name, fault.observations, timeout: isHang ? 1.5 : 30)
      let vector = try GymnasiumVector(environment, count: 2, seed: 1)
      // The first one rests at first, so that the second one is the first to fail.
      vector.steps.isResting[0] = true
      for _ in 0..<7 { vector.step() }
      #expect(vector.failure == nil)
      let start = ContinuousClock.now
      vector.step()
      let failure = try #require(vector.failure)
      #expect(failure.cause.hasPrefix("gym:Case-v0: "))
      #expect(failure.cause.contains(fault.words), "\(failure)")
      if let line = fault.line {
        #expect(failure.lines.contains { $0.contains(line) }, "\(failure)")
      }
      #expect(start.duration(to: .now) < .seconds(8))
      // Whoever asks again is not answered, nor kept waiting.
      vector.step()
      vector.restart()
      #expect(vector.failure == failure)
    }
  }

  @Test("What environments print is no part of the protocol, however much it is")
  func noise() throws {
    try TemporaryFolder.with { folder in
      let environment = try environment(folder, "noisy")
      let vector = try GymnasiumVector(environment, count: 1, seed: 1)
      for _ in 0..<12 { vector.step() }
      #expect(vector.failure == nil)
    }
  }

  @Test(
    "Training ends with the failure, and not with an iteration",
    arguments: [TrainingConfiguration.Collection.steps, .wholeEpisodes], [1, 2])
  func training(collection: TrainingConfiguration.Collection, threads: Int) throws {
    try TemporaryFolder.with { folder in
      let environment = try environment(folder, "raise")
      let configuration = Corridor.configuration {
        $0.collection = collection
        $0.threads = threads
      }
      let trainer = Trainer<Float>(
        configuration,
        try environment.vectors(count: 3, threads: threads, seed: 0, timeLimit: nil))
      let failure = try #require(throws: TrainingFailure.self) { try trainer.advance() }
      #expect(failure.iteration == 1 && failure.cause.contains("the dial is broken"))
      #expect(failure.lines.contains { $0.contains("in trouble") })
      #expect(trainer.iteration == 0 && trainer.steps == 0)
    }
  }

  @Test("Pixels pass by the shared mapping")
  func pixels() throws {
    try TemporaryFolder.with { folder in
      let environment = try environment(folder, "none", "pixels")
      let vector = try GymnasiumVector(environment, count: 8, seed: 1)
      #expect(vector.observationWidth == 3 * 210 * 160)
      for _ in 0..<20 {
        vector.step()
        for row in 0..<8 {
          let bytes = vector.steps.observedBytes + row * vector.observationWidth
          let start = Int(bytes[0])
          // Numbered colour by colour, and shown with the colours of a pixel side by side.
          #expect(
            (0..<vector.observationWidth).allSatisfy {
              Int(bytes[$0]) == (start + $0 % 3 * 210 * 160 + $0 / 3) % 251
            })
        }
      }
      #expect(vector.failure == nil)
    }
  }

  @Test("Copies of an environment with different spaces are refused")
  func copies() throws {
    try TemporaryFolder.with { folder in
      let environment = try environment(folder, "copies")
      let failure = try #require(throws: RunFailure.self) {
        try environment.vectors(count: 2, threads: 1, seed: 0, timeLimit: nil)
      }
      #expect(failure.cause == .badData)
      #expect(failure.message.contains("copy 1 of the environment"), "\(failure.message)")
    }
  }

  @Test(
    "Spaces that no policy is for are refused with what to do",
    arguments: [
      (#"{"observations": "dictionary"}"#, "FlattenObservation"),
      (#"{"actions": "text"}"#, "TransformAction"),
    ])
  func spaces(make: String, words: String) throws {
    try TemporaryFolder.with { folder in
      let options = GymnasiumOptions(
        makeArguments: make, imports: [GymnasiumCases.module],
        python: try GymnasiumCases.python(in: folder))
      let failure = try #require(throws: RunFailure.self) {
        try GymnasiumEnvironment("gym:Case-v0", options)
      }
      #expect(failure.cause == .badData && failure.message.contains(words), "\(failure.message)")
      #expect(failure.message.contains("--gym-import"))
    }
  }

  @Test("A worker of another version of the protocol is refused")
  func version() throws {
    let source = GymnasiumWorker.source.replacingOccurrences(
      of: "VERSION = 1", with: "VERSION = 2")
    let fault = try #require(throws: GymnasiumFault.self) {
      try GymnasiumWorker(
        "CartPole-v1", GymnasiumOptions(), count: 1, source: "import sys\n" + Self.path + source)
    }
    #expect(fault.message.contains("version 2 of the protocol; expected 1"), "\(fault)")
  }

  /// A line by which Python finds the packages of tests.
  private static var path: String { "sys.path.append('\(Python.packages ?? "")')\n" }

  @Test(
    "A program that answers otherwise is refused",
    arguments: ["print('hello')", "print('ready')", ""])
  func stranger(source: String) throws {
    let fault = try #require(throws: GymnasiumFault.self) {
      try GymnasiumWorker("CartPole-v1", GymnasiumOptions(), count: 1, source: source)
    }
    #expect(fault.cause == .internalError)
  }

  @Test("A restored run begins new episodes, from other seeds")
  func restoring() throws {
    try TemporaryFolder.with { folder in
      let environment = try environment(folder, "none")
      func observations(_ vector: GymnasiumVector) -> [Double] {
        Array(UnsafeBufferPointer(start: vector.steps.observations, count: 8))
      }
      let vector = try GymnasiumVector(environment, count: 2, seed: 1)
      let first = observations(vector)
      let same = try GymnasiumVector(environment, count: 2, seed: 1)
      #expect(observations(same) == first)
      try same.restore(vector.saved)
      let second = observations(same)
      #expect(Set(second).isDisjoint(with: first))
      let again = try GymnasiumVector(environment, count: 2, seed: 1)
      try again.restore(vector.saved)
      #expect(observations(again) == second)
      // And so on: no run that is continued repeats what was before.
      try again.restore(same.saved)
      #expect(Set(observations(again)).isDisjoint(with: first + second))
      #expect(throws: SavedEnvironment.Fault.self) {
        try vector.restore([
          SavedEnvironment(state: [1], time: 0, totalReward: 0, streamPosition: 0),
          SavedEnvironment(state: [1], time: 0, totalReward: 0, streamPosition: 0),
        ])
      }
    }
  }
}
