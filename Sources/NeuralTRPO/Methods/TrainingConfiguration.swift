/// The hyper-parameters of a training run, which determine every number that it computes.
public struct TrainingConfiguration: Sendable, Equatable {
  // The run
  /// Random seed.
  public var seed = 0
  /// Environment steps: at least one batch is made; stops before a batch would exceed it.
  public var steps = 100_000
  /// Floating-point precision of the networks.
  public var precision = Precision.float
  /// Threads among which the environments are divided.
  public var threads = 1
  /// Stop when the mean return of recent episodes reaches this.
  public var stopReturn: Double?
  /// Number of recent episodes in that mean.
  public var stopEpisodes = 100
  /// Iterations between checkpoints.
  public var checkpointEvery = 10

  // The environment
  /// Number of parallel environments.
  public var environments = 1
  /// Steps after which an episode is truncated; nil for the limit of the environment.
  public var timeLimit: Int?
  /// Observation of a state of a finite MDP.
  public var observation = Observation.oneHot

  // The policy
  /// Convolutions of policy and critic before their hidden layers, for observations that are images.
  public var convolutions: [Convolution] = []
  /// Widths of the policy's hidden layers.
  public var hidden = [64, 64]
  /// Whether the policy's hidden layers have biases; convolutions and outputs have.
  public var hiddenBias = true
  /// Activation of policy and critic.
  public var activation = Activation.tanh
  /// Weight initialisation.
  public var initialisation = Initialisation.orthogonal
  /// Initial standard deviation of continuous actions.
  public var deviation = 1.0
  /// Whether standard deviations are learned.
  public var learnsDeviation = true

  // Samples
  /// Estimator of the surrogate: along single paths, or with branches (vine).
  public var estimator = Estimator.singlePath
  /// Environment steps per batch.
  public var batch = 2048
  /// Whether batches hold that many steps, or whole episodes of at least as many.
  public var collection = Collection.steps
  /// Number of states in the rollout set, drawn from the batch.
  public var vineStates = 100
  /// Number of actions tried in each state of the rollout set.
  public var vineActions = 4
  /// How they are chosen: drawn from the policy, drawn uniformly, or every one once.
  public var vineChoice = VineChoice.policy
  /// Number of steps of each branch.
  public var vineHorizon = 100
  /// Whether the branches of a state use common random numbers.
  public var vineCommonRandomNumbers = true

  // Advantages
  /// Discount γ.
  public var discount = 0.99
  /// Estimator of returns.
  public var returns = Returns.generalizedAdvantage
  /// λ of generalised advantage estimation.
  public var lambda = 0.95
  /// Weight of the state at time t: 1, as usual in practice, or γᵗ, as in the theory.
  public var weighting = StateWeighting.undiscounted
  /// Whether advantages are scaled to mean 0 and standard deviation 1.
  public var normalizesAdvantages = true
  /// Whether observations are scaled by running estimates to mean 0, deviation 1.
  public var normalizesObservations = false
  /// Whether rewards are divided by the running standard deviation of returns.
  public var normalizesRewards = false
  /// Bound on normalised observations.
  public var observationBound = 10.0
  /// Bound on normalised rewards.
  public var rewardBound = 10.0

  // The update
  /// Method that improves the policy.
  public var method = Method.trustRegion
  /// Trust region δ: bound on the KL, in nats.
  public var budget = 0.01
  /// Whether δ bounds the mean KL over the states of a batch or the largest.
  public var constraint = DivergenceConstraint.meanKL
  /// Fisher matrix: of the policy's actions, or of those in the batch.
  public var fisher = FisherMatrix.analytic
  /// Maximum conjugate-gradient iterations.
  public var conjugateGradientIterations = 10
  /// Relative residual at which conjugate gradients stop.
  public var conjugateGradientTolerance = 1e-10
  /// λ in (F + λI) x = g.
  public var damping = 0.1
  /// Share of the batch used for Fisher products.
  public var fisherShare = 1.0
  /// Whether the step length is computed from the damped Fisher matrix.
  public var dampsStepLength = false
  /// Maximum trials of the line search.
  public var trials = 10
  /// Factor by which the line search shortens a rejected step.
  public var backtrack = 0.8
  /// Minimum share of the predicted gain that an accepted step must reach.
  public var acceptRatio = 0.0
  /// Step size of the natural gradient.
  public var stepSize = 0.1
  /// Temperature τ of reward-weighted regression: actions weigh exp(z/τ), z their standardised advantage.
  public var temperature = 1.0

  // The search for parameters
  /// Number of members of a generation of the cross-entropy method; each plays an episode in every environment.
  public var population = 50
  /// Share of the members that the next generation is fitted to.
  public var eliteShare = 0.2
  /// Standard deviation of each parameter in the first generation.
  public var parameterDeviation = 1.0
  /// Standard deviation added to each parameter; its square falls linearly to 0 in 50 generations.
  public var parameterNoise = 0.0

  // The critic
  /// Source of state values: a network, or none.
  public var critic = CriticKind.network
  /// Widths of the critic's hidden layers.
  public var criticHidden = [64, 64]
  /// Learning rate of the critic (Adam).
  public var criticLearningRate = 1e-3
  /// Passes of the critic over each batch.
  public var criticEpochs = 10
  /// Minibatch size of the critic; nil for the whole batch.
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
  /// How the policy is improved.
  public enum Method: String, Sendable, CaseIterable {
    /// A step as long as a bound on the divergence allows: ``TrustRegionUpdate``.
    case trustRegion = "trust-region"
    /// A step of a given size: ``NaturalGradientUpdate``.
    case naturalGradient = "natural-gradient"
    /// A search for parameters by their returns alone: ``CrossEntropySearch``.
    case crossEntropy = "cem"
    /// A fit to the actions that led to much reward: ``RewardWeightedRegression``.
    case rewardWeightedRegression = "rwr"
  }
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
