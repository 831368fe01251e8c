import Foundation
import TestSupport
import Testing

@testable import NeuralTRPO

@testable import TrainingRuns

@Suite("Resumption", .tags(.slow))
struct ResumptionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout TrainingConfiguration) -> Void
  }

  static let cases: [Case] = [
    Case(testDescription: "defaults") { _ in },
    Case(testDescription: "normalised observations") { $0.normalizesObservations = true },
    Case(testDescription: "normalised rewards") { $0.normalizesRewards = true },
    Case(testDescription: "double") { $0.precision = .double },
    Case(testDescription: "two threads") { $0.threads = 2 },
    Case(testDescription: "whole episodes on two threads") {
      $0.collection = .wholeEpisodes
      $0.threads = 2
    },
    Case(testDescription: "a share of the Fisher products") { $0.fisherShare = 0.3 },
    Case(testDescription: "no critic") { $0.critic = .none },
    Case(testDescription: "the whole batch for the critic") { $0.criticBatch = nil },
    Case(testDescription: "the largest divergence") { $0.constraint = .maxKL },
    Case(testDescription: "the empirical Fisher matrix of a share of the rows") {
      $0.fisher = .empirical
      $0.fisherShare = 0.3
    },
    Case(testDescription: "the natural gradient") { $0.method = .naturalGradient },
    Case(testDescription: "reward-weighted regression") { $0.method = .rewardWeightedRegression },
    Case(testDescription: "the cross-entropy method") {
      $0.method = .crossEntropy
      $0.population = 4
      $0.parameterNoise = 0.1
      $0.normalizesObservations = true
    },
    Case(testDescription: "hidden layers without biases") { $0.hiddenBias = false },
    Case(testDescription: "everything") {
      $0.normalizesObservations = true
      $0.normalizesRewards = true
      $0.precision = .double
      $0.threads = 2
      $0.collection = .wholeEpisodes
      $0.fisherShare = 0.3
      $0.weighting = .discounted
    },
  ]

  static let worlds = ["Corridor", "CartPole-v1", "Pendulum-v1"]

  static func process(
    _ world: String, _ configuration: TrainingConfiguration
  ) -> any TrainingProcess {
    let (count, threads) = (configuration.environments, configuration.threads)
    let seed = UInt64(configuration.seed)
    let environments =
      EnvironmentCatalogue.make(world, count: count, threads: threads, seed: seed, timeLimit: 25)
      ?? EnvironmentCatalogue.make(Corridor(), count: count, threads: threads, seed: seed)
    return switch configuration.precision {
    case .float: Trainer<Float>(configuration, environments)
    case .double: Trainer<Double>(configuration, environments)
    }
  }

  /// Through a checkpoint's files, as a run that was killed goes on.
  static func reread(
    _ snapshot: TrainerSnapshot, _ configuration: TrainingConfiguration
  ) throws -> Checkpoint {
    try TemporaryFolder.with { folder in
      try Checkpoint(
        environment: "x", configuration: configuration, progressBytes: 1, eventBytes: 2,
        snapshot: snapshot
      ).write(into: folder)
      return try Checkpoint.latest(in: folder).checkpoint
    }
  }

  @Test(
    "From any iteration on, a restored run makes the same records and parameters to the last bit",
    arguments: cases, worlds)
  func identical(_ one: Case, world: String) throws {
    let configuration = Corridor.configuration(one.change)
    let straight = Self.process(world, configuration)
    var records: [String] = []
    var snapshots = [straight.snapshot]
    for _ in 0..<6 {
      // As text, for which a NaN equals itself; numbers are printed to the last bit.
      records.append("\(try straight.advance())")
      snapshots.append(straight.snapshot)
    }
    for from in [0, 1, 4] {
      let checkpoint = try Self.reread(snapshots[from], configuration)
      #expect(checkpoint.configuration == configuration)
      let resumed = Self.process(world, checkpoint.configuration)
      try resumed.restore(checkpoint.snapshot)
      for iteration in from..<6 {
        let record = "\(try resumed.advance())"
        #expect(record == records[iteration], "from \(from)")
        let (mine, theirs) = (resumed.snapshot, snapshots[iteration + 1])
        #expect(mine.state == theirs.state, "from \(from), after \(iteration + 1)")
        #expect(mine.tensors.encoded() == theirs.tensors.encoded())
      }
    }
  }

  @Test("A restored run may have been used before")
  func used() throws {
    let configuration = Corridor.configuration(Self.cases.last?.change ?? { _ in })
    let process = Self.process("Corridor", configuration)
    let start = process.snapshot
    let first = try (0..<3).map { _ in "\(try process.advance())" }
    try process.restore(start)
    let second = try (0..<3).map { _ in "\(try process.advance())" }
    #expect(second == first)
  }

  @Test("A snapshot of another run is refused, with what does not fit")
  func refused() throws {
    let configuration = Corridor.configuration { $0.normalizesObservations = true }
    let snapshot = Self.process("Corridor", configuration).snapshot
    let others: [(String, (inout TrainingConfiguration) -> Void)] = [
      ("policy.0.weight", { $0.hidden = [7] }),
      ("policy.1.weight", { $0.hidden = [6, 6] }),
      ("critic.0.weight", { $0.criticHidden = [4] }),
      ("policy.0.weight", { $0.precision = .double }),
      ("3 environments", { $0.environments = 4 }),
    ]
    for (mention, change) in others {
      var other = configuration
      change(&other)
      #expect(Comment(rawValue: mention)) {
        try Self.process("Corridor", other).restore(snapshot)
      } throws: {
        ($0 as? InvalidCheckpoint)?.description.contains(mention) ?? false
      }
    }
    #expect(throws: InvalidCheckpoint.self) {
      try Self.process("CartPole-v1", configuration).restore(snapshot)
    }
    let bare = Self.process("Corridor", Corridor.configuration()).snapshot
    #expect(throws: InvalidCheckpoint.self) {
      try Self.process("Corridor", configuration).restore(bare)
    }
  }

  @Test("15: the statistics of observations are in the checkpoint: the loaded policy is the same")
  func statisticsSaved() throws {
    let configuration = Corridor.configuration { $0.normalizesObservations = true }
    let trainer = Corridor().trainer(configuration)
    for _ in 0..<3 { _ = try trainer.advance() }
    let checkpoint = try Self.reread(trainer.snapshot, configuration)
    let loaded = Corridor().trainer(configuration)
    try loaded.adoptPolicy(of: checkpoint.snapshot)
    let observations: [Double] = [100, -3, 120, 0, 140, -3, 160, 0]
    let mask = [Bool](repeating: true, count: 12)
    let probabilities = trainer.probabilities(observations: observations, mask: mask)
    #expect(loaded.probabilities(observations: observations, mask: mask) == probabilities)
    // Without them the same weights are another policy.
    let without = Corridor().trainer(configuration)
    without.parameters = trainer.parameters
    let others = without.probabilities(observations: observations, mask: mask)
    let distance = zip(others, probabilities).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(distance > 1e-3)
  }
}
