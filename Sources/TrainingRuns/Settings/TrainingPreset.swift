public import NeuralTRPO
internal import Simulators

/// Configurations with a name.
public enum TrainingPreset: String, Sendable, CaseIterable {
  /// Schulman et al. 2015: returns as they come, without critic, damping or normalisation; Fisher
  /// products over a tenth of the batch. Sizes are those of their Swimmer.
  case paper
  /// The Pendulum tutorial of the Samsung DRL course, but that time limits do not end the world.
  case pendulumTutorial = "pendulum-tutorial"
  /// The robots of Schulman et al. 2015 as there: ``paper``, with each robot's sizes of Table 2, but that
  /// an iteration has 50,000 steps for all.
  case locomotionPaper = "locomotion-paper"
  /// The robots in a million steps: chosen by `Benchmarks/locomotion_search.py` with seeds 100 and 101.
  case locomotion
  /// The games of MinAtar in 300,000 steps: chosen on Breakout with seeds 100 and 101.
  case minatar
  /// Atari from pixels with the network of Schulman et al. 2015, in steps that an hour allows.
  case atari
  /// CartPole-v1 in 100,000 steps.
  case cartPole = "cart-pole"
  /// Pendulum-v1 in 200,000 steps.
  case pendulum
  /// Finite MDPs with a logit for every state and action.
  case tabular

  /// A description in a sentence.
  public var summary: String {
    switch self {
    case .paper:
      "Schulman et al. 2015: Monte-Carlo returns, no critic, no damping, Fisher products over a tenth "
        + "of the batch."
    case .pendulumTutorial:
      "the Pendulum tutorial of the Samsung DRL course, except that time limits truncate."
    case .locomotionPaper:
      "the robots of Schulman et al. 2015 with the sizes of their Table 2, 50,000 steps an iteration."
    case .locomotion: "robots in 1,000,000 steps."
    case .minatar: "games of MinAtar in 300,000 steps, from their 10 × 10 flags."
    case .atari:
      "Atari from pixels with the network of Schulman et al. 2015, in 2,000,000 steps of four frames."
    case .cartPole: "CartPole-v1 in 100,000 steps."
    case .pendulum: "Pendulum-v1 in 200,000 steps."
    case .tabular: "finite MDPs, with one logit per state and action."
    }
  }

  /// The configuration for an environment, where that makes a difference.
  public func configuration(in world: TrainingWorld?) -> TrainingConfiguration {
    var settings = configuration
    if self == .locomotionPaper, let sizes = world?.paperSizes {
      settings.hidden = [sizes.hidden]
      settings.vineHorizon = sizes.branchLength
      settings.vineStates = sizes.branchStates
    }
    return settings
  }

  /// The configuration.
  public var configuration: TrainingConfiguration {
    var settings = TrainingConfiguration()
    switch self {
    case .paper, .locomotionPaper:
      settings.hidden = [30]
      settings.batch = 50_000
      settings.steps = 200 * settings.batch
      settings.environments = 50
      settings.collection = .wholeEpisodes
      settings.returns = .monteCarlo
      settings.critic = .none
      settings.normalizesAdvantages = false
      settings.damping = 0
      settings.fisherShare = 0.1
      settings.backtrack = 0.5
    case .locomotion:
      settings.environments = 2
      settings.steps = 1_000_000
      settings.discount = 0.995
      settings.normalizesObservations = true
      settings.normalizesRewards = true
    case .pendulumTutorial:
      settings.deviation = 1
      settings.learnsDeviation = false
      settings.initialisation = .uniform
      settings.collection = .wholeEpisodes
      settings.lambda = 0.98
      settings.dampsStepLength = true
      settings.backtrack = 0.5
      settings.acceptRatio = 0.5
      settings.criticEpochs = 5
      settings.criticBatch = 64
      settings.stopReturn = -300
      settings.steps = 1_000_000
    case .minatar:
      settings.environments = 16
      settings.steps = 300_000
      settings.damping = 0.01
      settings.convolutions = [Convolution(filters: 16, kernel: 3, stride: 1)]
      settings.activation = .relu
      settings.hidden = [128]
      settings.criticHidden = [128]
    case .atari:
      settings.environments = 16
      settings.steps = 2_000_000
      settings.batch = 8192
      settings.convolutions = [
        Convolution(filters: 16, kernel: 4, stride: 2),
        Convolution(filters: 16, kernel: 4, stride: 2),
      ]
      settings.hidden = [20]
      settings.criticHidden = [20]
      settings.fisherShare = 0.1
      settings.criticEpochs = 3
    case .cartPole:
      settings.environments = 2
      settings.batch = 1024
      settings.damping = 1e-3
      settings.lambda = 0.98
      settings.criticEpochs = 20
    case .pendulum:
      settings.environments = 2
      settings.discount = 0.95
      settings.criticEpochs = 15
      settings.steps = 200_000
    case .tabular:
      settings.environments = 100
      settings.batch = 20_000
      settings.steps = 1_000_000
      settings.hidden = []
      settings.criticHidden = []
      settings.criticLearningRate = 0.05
      settings.budget = 0.02
      // A state's share of the Fisher matrix is about its visitation, far below the usual damping,
      // under which all states would move as one.
      settings.damping = 1e-6
      settings.conjugateGradientIterations = 20
    }
    return settings
  }
}
