import TestSupport
import Testing

@testable import NeuralTRPO

/// Every method on CartPole-v1, with a linear policy, at one seed.
///
/// A policy that does not learn falls after 22 steps on average, with a deviation of 12: the mean of the last 40
/// episodes has a deviation of 2, so that 60, by no learning, is 19 of them away.
@Suite("Methods that learn", .tags(.slow))
struct MethodLearningTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var change: @Sendable (inout TrainingConfiguration) -> Void
  }

  static let cases = [
    Case(testDescription: "the trust region") { _ in },
    Case(testDescription: "the largest divergence") {
      $0.constraint = .maxKL
      $0.budget = 0.1
    },
    Case(testDescription: "the empirical Fisher matrix") { $0.fisher = .empirical },
    Case(testDescription: "the empirical Fisher matrix of branches") {
      $0.fisher = .empirical
      $0.estimator = .vine
      $0.vineStates = 60
      $0.vineActions = 2
      $0.vineHorizon = 40
      $0.steps = 120_000
    },
    Case(testDescription: "the natural gradient") {
      $0.method = .naturalGradient
      $0.stepSize = 0.5
    },
    Case(testDescription: "the cross-entropy method") {
      $0.method = .crossEntropy
      $0.population = 20
      $0.parameterDeviation = 2
    },
    Case(testDescription: "reward-weighted regression") { $0.method = .rewardWeightedRegression },
  ]

  @Test("CartPole-v1 is held up longer and longer", arguments: cases)
  func cartPole(_ one: Case) throws {
    var configuration = TrainingConfiguration()
    configuration.hidden = []
    configuration.critic = .none
    configuration.returns = .monteCarlo
    configuration.environments = 2
    configuration.batch = 800
    configuration.damping = 1e-3
    configuration.budget = 0.05
    configuration.stopEpisodes = 40
    configuration.stopReturn = 60
    configuration.steps = 40_000
    one.change(&configuration)
    let trainer = Trainer<Float>(configuration, in: CartPole())
    while !trainer.isFinished { _ = try trainer.advance() }
    #expect(trainer.hasReachedReturn, "\(trainer.meanReturn ?? 0) after \(trainer.steps) steps")
  }
}
