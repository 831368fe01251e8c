internal import NeuralTRPO

extension Hyperparameter {
  /// Every hyper-parameter, in the order in which a run meets them.
  package static let all: [Hyperparameter] = run + samples + advantages + update + search + critic

  private static let run: [Hyperparameter] = [
    .count("seed", \.seed, 0...1 << 53, "Random seed."),
    .count(
      "steps", \.steps, 1...1 << 53,
      "Environment steps: at least one batch is made; stops before a batch would exceed it."
    ),
    .choice("precision", \.precision, "Floating-point precision of the networks."),
    .count(
      "threads", \.threads, 1...1024, "Threads among which the environments are divided."),
    .optional(
      "stopReturn", \.stopReturn, "Stop when the mean return of recent episodes reaches this."),
    .count(
      "stopEpisodes", \.stopEpisodes, 1...1_000_000, "Number of recent episodes in that mean."),
    .count(
      "checkpointEvery", \.checkpointEvery, 1...1 << 53,
      "Iterations between checkpoints."),
    .count("environments", \.environments, 1...1_000_000, "Number of parallel environments."),
    .optional(
      "timeLimit", \.timeLimit, upTo: 1_000_000_000,
      "Steps after which an episode is truncated; null for the limit of the environment."),
    .choice("observation", \.observation, "Observation of a state of a finite MDP."),
    .convolutions(
      "convolutions", \.convolutions,
      "Convolutions of policy and critic before their hidden layers, for observations that are images."
    ).addedLater(),
    .widths("hidden", \.hidden, "Widths of the policy's hidden layers."),
    .flag(
      "hiddenBias", \.hiddenBias,
      "Whether the policy's hidden layers have biases; convolutions and outputs have."
    ).addedLater(),
    .choice("activation", \.activation, "Activation of policy and critic.")
      .addedLater(),
    .choice("initialisation", \.initialisation, "Weight initialisation."),
    .number(
      "deviation", \.deviation, 1e-6...1e6, "Initial standard deviation of continuous actions."),
    .flag("learnsDeviation", \.learnsDeviation, "Whether standard deviations are learned."),
  ]

  private static let samples: [Hyperparameter] = [
    .choice(
      "estimator", \.estimator,
      "Estimator of the surrogate: along single paths, or with branches (vine)."),
    .count("batch", \.batch, 1...1_000_000_000, "Environment steps per batch."),
    .choice(
      "collection", \.collection,
      "Whether batches hold that many steps, or whole episodes of at least as many."),
    .count(
      "vineStates", \.vineStates, 1...1_000_000,
      "Number of states in the rollout set, drawn from the batch."),
    .count(
      "vineActions", \.vineActions, 1...1_000_000,
      "Number of actions tried in each state of the rollout set."
    ),
    .choice(
      "vineChoice", \.vineChoice,
      "How they are chosen: drawn from the policy, drawn uniformly, or every one once."),
    .count("vineHorizon", \.vineHorizon, 1...1_000_000, "Number of steps of each branch."),
    .flag(
      "vineCommonRandomNumbers", \.vineCommonRandomNumbers,
      "Whether the branches of a state use common random numbers."),
  ]

  private static let advantages: [Hyperparameter] = [
    .number("discount", \.discount, "a number in [0, 1]", "Discount γ.") { $0 >= 0 && $0 <= 1 },
    .choice("returns", \.returns, "Estimator of returns."),
    .number("lambda", \.lambda, "a number in [0, 1]", "λ of generalised advantage estimation.") {
      $0 >= 0 && $0 <= 1
    },
    .choice(
      "weighting", \.weighting,
      "Weight of the state at time t: 1, as usual in practice, or γᵗ, as in the theory."),
    .flag(
      "normalizesAdvantages", \.normalizesAdvantages,
      "Whether advantages are scaled to mean 0 and standard deviation 1."
    ).called("normalises-advantages"),
    .flag(
      "normalizesObservations", \.normalizesObservations,
      "Whether observations are scaled by running estimates to mean 0, deviation 1."
    ).called("normalises-observations"),
    .flag(
      "normalizesRewards", \.normalizesRewards,
      "Whether rewards are divided by the running standard deviation of returns."
    ).called("normalises-rewards"),
    .number(
      "observationBound", \.observationBound, 1e-6...1e6, "Bound on normalised observations."),
    .number("rewardBound", \.rewardBound, 1e-6...1e6, "Bound on normalised rewards."),
  ]

  private static let update: [Hyperparameter] = [
    .choice(
      "method", \.method,
      "Method: TRPO, the natural gradient with a fixed step, the cross-entropy method, or "
        + "reward-weighted regression."
    ).addedLater(),
    .number("budget", \.budget, 1e-12...1e6, "Trust region δ: bound on the KL, in nats.")
      .called("delta"),
    .choice(
      "constraint", \.constraint,
      "Whether δ bounds the mean KL over the states of a batch or the largest."
    ).addedLater(),
    .choice(
      "fisher", \.fisher,
      "Fisher matrix: the expectation over the policy's actions, or the actions of the batch."
    ).addedLater(),
    .count(
      "conjugateGradientIterations", \.conjugateGradientIterations, 1...10_000,
      "Maximum conjugate-gradient iterations."),
    .number(
      "conjugateGradientTolerance", \.conjugateGradientTolerance, 0...1,
      "Relative residual at which conjugate gradients stop."),
    .number("damping", \.damping, 0...1e6, "λ in (F + λI) x = g."),
    .number(
      "fisherShare", \.fisherShare, "a number in (0, 1]",
      "Share of the batch used for Fisher products."
    ) { $0 > 0 && $0 <= 1 },
    .flag(
      "dampsStepLength", \.dampsStepLength,
      "Whether the step length is computed from the damped Fisher matrix."),
    .count("trials", \.trials, 1...10_000, "Maximum trials of the line search."),
    .number(
      "backtrack", \.backtrack, "a number in (0, 1)",
      "Factor by which the line search shortens a rejected step."
    ) { $0 > 0 && $0 < 1 },
    .number(
      "acceptRatio", \.acceptRatio, "a number in [0, 1)",
      "Minimum share of the predicted gain that an accepted step must reach."
    ) { $0 >= 0 && $0 < 1 },
    .number(
      "stepSize", \.stepSize, 1e-12...1e6, "natural-gradient: step size α in θ + αx."
    ).addedLater(),
    .number(
      "temperature", \.temperature, 1e-6...1e6,
      "rwr: temperature τ; actions weigh exp(z/τ), z their standardised advantage."
    ).addedLater(),
  ]

  private static let search: [Hyperparameter] = [
    .count(
      "population", \.population, 2...1_000_000,
      "cem: members of a generation; each plays one episode in every environment."
    ).addedLater(),
    .number(
      "eliteShare", \.eliteShare, "a number in (0, 1]",
      "cem: share of the members that the next generation is fitted to."
    ) { $0 > 0 && $0 <= 1 }.addedLater(),
    .number(
      "parameterDeviation", \.parameterDeviation, 1e-12...1e6,
      "cem: standard deviation of each parameter in the first generation."
    ).addedLater(),
    .number(
      "parameterNoise", \.parameterNoise, 0...1e6,
      "cem: standard deviation added to each parameter; its square falls linearly to 0 in 50 generations."
    ).addedLater(),
  ]

  private static let critic: [Hyperparameter] = [
    .choice("critic", \.critic, "Source of state values: a network, or none."),
    .widths("criticHidden", \.criticHidden, "Widths of the critic's hidden layers."),
    .number(
      "criticLearningRate", \.criticLearningRate, 1e-12...1e3, "Learning rate of the critic (Adam)."
    ),
    .count("criticEpochs", \.criticEpochs, 1...1_000_000, "Passes of the critic over each batch."),
    .optional(
      "criticBatch", \.criticBatch, upTo: 1_000_000_000,
      "Minibatch size of the critic; null for the whole batch."),
  ]
}
