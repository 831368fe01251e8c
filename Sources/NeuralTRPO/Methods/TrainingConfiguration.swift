/// Every choice that a training run makes; with the same configuration it makes the same numbers.
///
/// ``Hyperparameter/all`` lists the properties with what they mean and which values they may take.
public struct TrainingConfiguration: Sendable, Equatable {
  // The run
  public var seed = 0
  public var steps = 100_000
  public var precision = Precision.float
  public var threads = 1
  public var stopReturn: Double?
  public var stopEpisodes = 100
  public var checkpointEvery = 10

  // The environment
  public var environments = 1
  public var timeLimit: Int?
  public var observation = Observation.oneHot

  // The policy
  public var hidden = [64, 64]
  public var initialisation = Initialisation.orthogonal
  public var deviation = 1.0
  public var learnsDeviation = true

  // Samples
  public var estimator = Estimator.singlePath
  public var batch = 2048
  public var collection = Collection.steps
  public var vineStates = 100
  public var vineActions = 4
  public var vineChoice = VineChoice.policy
  public var vineHorizon = 100
  public var vineCommonRandomNumbers = true

  // Advantages
  public var discount = 0.99
  public var returns = Returns.generalizedAdvantage
  public var lambda = 0.95
  public var weighting = StateWeighting.undiscounted
  public var normalizesAdvantages = true
  public var normalizesObservations = false
  public var normalizesRewards = false
  public var observationBound = 10.0
  public var rewardBound = 10.0

  // The update
  public var budget = 0.01
  public var conjugateGradientIterations = 10
  public var conjugateGradientTolerance = 1e-10
  public var damping = 0.1
  public var fisherShare = 1.0
  public var dampsStepLength = false
  public var trials = 10
  public var backtrack = 0.8
  public var acceptRatio = 0.0

  // The critic
  public var critic = CriticKind.network
  public var criticHidden = [64, 64]
  public var criticLearningRate = 1e-3
  public var criticEpochs = 10
  public var criticBatch: Int? = 128

  /// The defaults: what practice has settled on, as far as it agrees with the paper.
  public init() {}

  /// The floating-point precision of the networks.
  public enum Precision: String, Sendable, CaseIterable { case float, double }
  /// How a state of a finite MDP is observed: by a unit vector, or by the features of the model.
  public enum Observation: String, Sendable, CaseIterable { case oneHot, features }
  /// How weights begin.
  public enum Initialisation: String, Sendable, CaseIterable { case orthogonal, uniform }
  /// Where the surrogate is estimated.
  public enum Estimator: String, Sendable, CaseIterable { case singlePath, vine }
  /// How a batch ends: after a number of steps, or with whole episodes.
  public enum Collection: String, Sendable, CaseIterable { case steps, wholeEpisodes }
  /// How returns are estimated.
  public enum Returns: String, Sendable, CaseIterable { case generalizedAdvantage, monteCarlo }
  /// The baseline of advantages: a value network, or nothing.
  public enum CriticKind: String, Sendable, CaseIterable { case network, none }
  /// Which actions are tried in a state.
  public enum VineChoice: String, Sendable, CaseIterable {
    /// Draws from the policy: q = π_old, what the paper does for continuous actions.
    case policy
    /// Draws in which every available choice is as likely: q is uniform, what the paper does for
    /// Atari's.
    case uniform
    /// Each available action once, with no q: for few of them.
    case every
  }
}
