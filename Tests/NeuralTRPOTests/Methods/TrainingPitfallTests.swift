import TestSupport
import Testing

@testable import NeuralTRPO

/// Mistakes that published implementations of TRPO have made in training, each with a test that it
/// would fail; the numbers are those of the project's list of them.
@Suite("Pitfalls of training")
struct TrainingPitfallTests {
  /// Corridors whose prize is 1000: nothing about their returns is of size 1, and what normalised
  /// advantages with values would look like is far from them.
  @Test("7: the critic is fitted to returns, however advantages are normalised")
  func returnsForTheCritic() throws {
    func record(_ normalizes: Bool) throws -> CriticRecord {
      let trainer = Corridor(prize: 1000).trainer(
        Corridor.configuration { $0.normalizesAdvantages = normalizes })
      return try #require(try trainer.advance().critic)
    }
    let (plain, normalised) = try (record(false), record(true))
    // The same batch, the same critic: the same fit.
    #expect(plain == normalised)
    // Against values near 0, a mean square of returns of hundreds.
    #expect(plain.lossBefore > 1e4)
    // And it is the returns': those of the batch, written out.
    let trainer = Corridor(prize: 1000).trainer(Corridor.configuration())
    let rollout = trainer.collector.collect(.steps(20), parameters: trainer.parameters)
    let critic = try #require(trainer.critic)
    let returns = trainer.estimate(rollout).returns
    let values = critic.values(rollout.observations)
    let loss = zip(values, returns).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 60
    #expect(abs(loss / plain.lossBefore - 1) < 1e-12)
  }

  /// With statistics that change from every batch to the next, the ratio of each row at θ_old, from
  /// what the batch was loaded with, to the probability with which the actor chose.
  @Test("10: with normalised observations every ratio is exactly 1 where an update begins")
  func ratioOfOne() throws {
    let trainer = Corridor().trainer(Corridor.configuration { $0.normalizesObservations = true })
    var scalings: [ObservationScaling?] = []
    for _ in 0..<4 {
      scalings.append(trainer.scaling)
      let acting = trainer.scaling
      var rollout = trainer.collector.collect(
        .steps(20), parameters: trainer.parameters, scaling: trainer.scaling)
      trainer.normalisers.scale(&rollout)
      // What was seen is kept for later.
      #expect(trainer.scaling == acting && rollout.rawObservations.count == 120)
      trainer.load(rollout, trainer.estimate(rollout))
      let values = trainer.batch.values(trainer.parameters)
      #expect(values.surrogate == trainer.batch.oldSurrogate && values.meanDivergence == 0)
      // The actor's own probabilities of what it saw are those of the batch's rows.
      let seen = trainer.probabilities(
        observations: rollout.rawObservations, mask: rollout.masks)
      let plain = Corridor().trainer(Corridor.configuration())
      plain.parameters = trainer.parameters
      let loaded = plain.probabilities(
        observations: rollout.observations, mask: rollout.masks)
      #expect(seen == loaded)
      _ = try trainer.advance()
    }
    for index in 1..<4 { #expect(scalings[index] != scalings[index - 1]) }
  }

  @Test("17: policy and critic share nothing: a fit leaves the policy as it was, to the last bit")
  func noSharedTrunk() throws {
    let trainer = Corridor().trainer(Corridor.configuration())
    _ = try trainer.advance()
    let critic = try #require(trainer.critic)
    let (policy, values) = (trainer.parameters, critic.parameters)
    let rollout = trainer.collector.collect(.steps(20), parameters: trainer.parameters)
    let estimates = trainer.estimate(rollout)
    _ = critic.fit(
      observations: rollout.observations, targets: estimates.returns,
      trainer.configuration.criticConfiguration, stream: &trainer.shuffling)
    #expect(trainer.parameters == policy && critic.parameters != values)
    // And an update leaves the critic as it was.
    let fitted = critic.parameters
    trainer.load(rollout, estimates)
    _ = TrustRegionUpdate.perform(
      on: &trainer.parameters, trainer.batch, trainer.configuration.update)
    #expect(trainer.parameters != policy && critic.parameters == fitted)
  }
}
