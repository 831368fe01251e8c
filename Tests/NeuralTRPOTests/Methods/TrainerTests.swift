import TestSupport
import Testing

@testable import NeuralTRPO

@Suite("Training")
struct TrainerTests {
  /// The corridor's policy learns to leap and walk right: its returns pass through the goal's level.
  @Test("A run stops at the first iteration whose recent episodes are good enough")
  func stopRule() throws {
    let recent = 15
    let goal = 0.45
    let trainer = Corridor().trainer(
      Corridor.configuration {
        $0.stopReturn = goal
        $0.stopEpisodes = recent
        $0.budget = 0.05
        $0.steps = 6_000
      })
    // The same episodes, from the environments themselves.
    let shadow = Corridor().trainer(trainer.configuration)
    var returns: [Double] = []
    var reached: [Bool] = []
    while !trainer.isFinished {
      let before = shadow.snapshot
      let rollout = shadow.collector.collect(.steps(20), parameters: shadow.parameters)
      returns += rollout.episodes.map(\.totalReward)
      try shadow.restore(before)
      _ = try shadow.advance()
      let record = try trainer.advance()
      let last = returns.suffix(recent)
      let mean = last.reduce(0, +) / Double(last.count)
      #expect(record.meanReturn == mean)
      reached.append(returns.count >= recent && mean >= goal)
      #expect(trainer.hasReachedReturn == reached.last)
    }
    #expect(reached.last == true && reached.firstIndex(of: true) == reached.count - 1)
    #expect(reached.count > 1 && trainer.steps < 6_000)
  }

  @Test("A run makes what batches there are steps for, but at least one")
  func steps() throws {
    for (steps, iterations) in [(179, 2), (180, 3), (59, 1)] {
      let trainer = Corridor().trainer(Corridor.configuration { $0.steps = steps })
      var made = 0
      while !trainer.isFinished {
        _ = try trainer.advance()
        made += 1
      }
      #expect(made == iterations && trainer.steps == 60 * iterations)
    }
  }

  struct Cause: Sendable {
    var mention: String
    var corridor: Corridor
    var change: @Sendable (inout TrainingConfiguration) -> Void = { _ in }
  }

  @Test(
    "A number that is not finite stops the run with its cause",
    arguments: [
      Cause(mention: "a reward is not finite", corridor: Corridor(prize: .infinity)),
      Cause(mention: "a reward is not finite", corridor: Corridor(cost: .nan)),
      Cause(
        mention: "an episode's return is not finite",
        corridor: Corridor(cost: 1e308),
        change: { $0.normalizesRewards = true }),
      Cause(
        mention: "a return is too large to be squared", corridor: Corridor(prize: 1e308, cost: 0)),
      Cause(
        mention: "is not finite", corridor: Corridor(prize: 1e200),
        change: { $0.normalizesRewards = true }),
      Cause(
        mention: "the update met a number that is not finite", corridor: Corridor(prize: 1e60),
        change: { $0.normalizesAdvantages = false }),
      Cause(mention: "the critic's loss is", corridor: Corridor(prize: 1e60)),
    ])
  func notFinite(_ cause: Cause) throws {
    let configuration = Corridor.configuration(cause.change)
    let trainer = cause.corridor.trainer(configuration, as: Float.self)
    var good = trainer.snapshot
    #expect("\(cause)") {
      while trainer.iteration < 20 {
        _ = try trainer.advance()
        good = trainer.snapshot
      }
    } throws: { error in
      (error as? TrainingFailure)?.cause.contains(cause.mention) ?? false
    }
    // What was taken before is good.
    let resumed = cause.corridor.trainer(configuration, as: Float.self)
    try resumed.restore(good)
    #expect(resumed.parameters.allSatisfy { $0.isFinite })
  }
}
