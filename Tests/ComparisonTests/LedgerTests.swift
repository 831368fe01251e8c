import Comparison
import Guarantees
import MDPCore
import MDPFormats
import MDPSolvers
import NeuralTRPO
import Testing

/// The ledger of training runs.
@Suite struct LedgerTests {
  private static func configuration() -> TrainingConfiguration {
    var settings = TrainingPreset.tabular.configuration
    settings.precision = .double
    settings.normalizesAdvantages = false
    settings.discount = 0.9
    settings.batch = 1200
    settings.environments = 60
    settings.steps = 1_000_000
    return settings
  }

  /// The rows of so many updates.
  private static func rows(
    _ world: TestWorld, _ settings: TrainingConfiguration, updates: Int
  ) throws -> [UpdateComparison] {
    let trainer = Trainer<Double>(
      settings,
      [
        EnvironmentVector(
          world.environment, count: settings.environments, seed: UInt64(settings.seed))
      ])
    let keeper = LedgerKeeper(PolicyEvaluator(world.document), world.environment, settings)
    var found: [Result<UpdateComparison, EvaluationFailure>] = []
    trainer.observer = { observation in
      found.append(
        Result { () throws(EvaluationFailure) in
          try keeper.row(observation, iteration: found.count + 1, steps: 0)
        })
    }
    for _ in 0..<updates { _ = try trainer.advance() }
    return try found.map { try $0.get() }
  }

  @Test func rowsChainAndAgreeWithTheRun() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let rows = try Self.rows(world, Self.configuration(), updates: 4)
    for (before, after) in zip(rows, rows.dropFirst()) {
      #expect(before.audit.returnCandidate == after.audit.returnCurrent)
    }
    for row in rows {
      #expect(row.audit.violated.isEmpty)
      #expect(row.rows == 1200 && row.outcome == "accepted")
      #expect(row.sampledKL <= 0.02 && row.sampledKL > 0)
      let practice = try #require(row.practice)
      // 1,200 rows of 2 live states: the noise is a few per cent of the gradient's own size, and no
      // direction is beside itself.
      #expect(try #require(practice.gradientCosine) > 0.5)
      #expect(try #require(row.noise) < 1)
      // Mean KL and Fisher products see no rewards: a few per cent off at most.
      #expect(abs(practice.meanKL / row.sampledKL - 1) < 0.3)
      #expect(try #require(practice.fisherError) < 0.3)
      // Noise and bias are the sides of a triangle whose third side is the error.
      let error = try #require(row.theory.gradientError)
      let (noise, bias) = (try #require(row.noise), try #require(row.bias))
      #expect(error <= noise + bias + 1e-9 && error >= abs(noise - bias) - 1e-9)
    }
  }

  @Test func saysWhyThereIsNoPracticeTwin() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var settings = Self.configuration()
    settings.normalizesAdvantages = true
    let normalised = try Self.rows(world, settings, updates: 1)[0]
    #expect(
      normalised.practice == nil && normalised.noise == nil && normalised.predictedGain == nil)
    #expect(normalised.practiceNotApplicable?.contains("normalised advantages") == true)
    #expect(normalised.theory.gradientError == nil && normalised.theory.gradientCosine != nil)
    settings = Self.configuration()
    settings.collection = .wholeEpisodes
    let whole = try Self.rows(world, settings, updates: 1)[0]
    #expect(whole.practiceNotApplicable?.contains("whole episodes") == true)
  }

  /// Observing changes nothing.
  @Test func observationLeavesTheRunAlone() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    func parameters(observed: Bool) throws -> [Double] {
      let trainer = Trainer<Double>(
        Self.configuration(), [EnvironmentVector(world.environment, count: 60, seed: 0)])
      if observed { trainer.observer = { _ in } }
      for _ in 0..<3 { _ = try trainer.advance() }
      return trainer.parameters
    }
    #expect(try parameters(observed: true) == parameters(observed: false))
  }
}
