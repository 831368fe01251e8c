import TRPOComparison
import Foundation
import MDPGuarantees
import MDPCore
import MDPFormats
import MDPSolvers
import NeuralTRPO
import TestSupport
import Testing
import TrainingRuns

/// The ledger of training runs.
@Suite(.tags(.slow)) struct LedgerTests {
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
      let gradient = try #require(row.errors?.gradient)
      #expect(gradient.noise < 1)
      // Mean KL and Fisher products see no rewards: a few per cent off at most.
      #expect(abs(practice.meanKL / row.sampledKL - 1) < 0.3)
      #expect(try #require(practice.fisherError) < 0.3)
      // Noise and bias are the sides of a triangle whose third side is the error.
      let error = try #require(row.theory.gradientError)
      let (noise, bias) = (gradient.noise, gradient.bias)
      #expect(error <= noise + bias + 1e-9 && error >= abs(noise - bias) - 1e-9)
    }
  }

  @Test func errorsAreSplitAndWrittenDown() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    let rows = try Self.rows(world, Self.configuration(), updates: 3)
    for row in rows {
      let errors = try #require(row.errors)
      let step = try #require(errors.step)
      #expect(errors.standardErrorsNotApplicable == nil)
      #expect(step.meanKL.sampled == row.sampledKL)
      #expect(step.meanKL.theory == row.theory.meanKL)
      #expect(step.predictedGain.sampled == row.predictedGain)
      #expect(step.surrogateGain.sampled == row.sampledGain)
      for split in [step.meanKL, step.curvature, step.predictedGain, step.surrogateGain] {
        #expect(split.noise == split.sampled - split.practice)
        #expect(split.bias == split.practice - split.theory)
        #expect(try #require(split.standardError) > 0)
        // Curvature is twice the KL, and both gains are one to first order: of a step of 0.02 nats.
        #expect(split.standardError ?? 0 < 0.5 * abs(split.sampled))
      }
      #expect(abs(step.curvature.practice / (2 * step.meanKL.practice) - 1) < 0.3)
      #expect(abs(step.predictedGain.practice / step.surrogateGain.practice - 1) < 0.3)
      // What the surrogate promises under d_π is what the audit proves.
      #expect(
        abs(step.surrogateGain.theory - row.audit.surrogateGain.approximation) <= 1e-12)
      let gradient = try #require(errors.gradient)
      // 6 parameters: a length beyond 6 times its root mean square has probability below 1e-6.
      #expect(gradient.noise < 6 * (try #require(gradient.expectedNoise)))
      let written = try JSONEncoder().encode(row)
      #expect(try JSONDecoder().decode(UpdateComparison.self, from: written).errors == errors)
      let text = String(decoding: written, as: UTF8.self)
      for key in ["noise", "bias", "standardError", "expectedNoise"] {
        #expect(text.contains("\"\(key)\":"))
      }
    }
  }

  /// Where the estimator has no bias but the one in ten episodes that is over before it begins, which no
  /// sampler plays, it has none: whole episodes, γᵗ and Monte-Carlo returns, cut after 0.9⁴⁰⁰ = 5e-19.
  @Test func episodesThatNobodyPlaysAreNoBias() throws {
    let world = try TestWorld.tiny(timeLimit: 400)
    var settings = Self.configuration()
    (settings.collection, settings.weighting, settings.returns) = (
      .wholeEpisodes, .discounted, .monteCarlo
    )
    for row in try Self.rows(world, settings, updates: 2) {
      let errors = try #require(row.errors)
      #expect(try #require(errors.gradient).bias <= 1e-12)
      let step = try #require(errors.step)
      #expect(abs(step.surrogateGain.bias) <= 1e-12 * abs(step.surrogateGain.theory))
      #expect(
        abs(step.surrogateGain.theory - row.audit.surrogateGain.approximation) <= 1e-12)
    }
  }

  /// A surrogate is concave enough that no step gains 0.9999 of what its gradient predicts.
  @Test func anUpdateWithoutAStepHasNoErrorsOfIt() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var settings = Self.configuration()
    (settings.acceptRatio, settings.trials) = (0.9999, 1)
    let row = try Self.rows(world, settings, updates: 1)[0]
    #expect(row.outcome == "rejected" && row.audit.mark == .unchanged)
    #expect(row.errors?.step == nil && row.errors?.gradient != nil)
  }

  @Test func fewTrajectoriesLeaveErrorsOpen() throws {
    let world = try TestWorld.sticky()
    var settings = Self.configuration()
    settings.environments = 4
    let errors = try #require(try Self.rows(world, settings, updates: 1)[0].errors)
    #expect(errors.standardErrorsNotApplicable?.hasPrefix("4 trajectories") == true)
    #expect(errors.gradient?.expectedNoise == nil && errors.step?.meanKL.standardError == nil)
  }

  @Test func saysWhyThereIsNoPracticeTwin() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var settings = Self.configuration()
    settings.normalizesAdvantages = true
    let normalised = try Self.rows(world, settings, updates: 1)[0]
    #expect(
      normalised.practice == nil && normalised.errors == nil && normalised.predictedGain == nil)
    #expect(normalised.practiceNotApplicable?.contains("normalised advantages") == true)
    #expect(normalised.theory.gradientError == nil && normalised.theory.gradientCosine != nil)
  }

  @Test func wholeEpisodesHaveAPracticeTwin() throws {
    let world = try TestWorld.tiny(timeLimit: 30)
    var settings = Self.configuration()
    settings.collection = .wholeEpisodes
    settings.weighting = .discounted
    let row = try Self.rows(world, settings, updates: 1)[0]
    #expect(row.practiceNotApplicable == nil && row.practiceIsRatio == true)
    #expect(try #require(row.errors?.gradient).noise < 1)
    guard case .notApplicable(let reason) = settings.samplingPlan(from: [], timeLimit: nil) else {
      Issue.record("an episode may be of any length")
      return
    }
    #expect(reason.contains("time limit"))
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
