internal import NeuralTRPO

extension Hyperparameter {
  /// Every hyper-parameter, in the order in which a run meets them.
  public static let all: [Hyperparameter] = run + samples + advantages + update + critic

  private static let run: [Hyperparameter] = [
    .count("seed", \.seed, 0...1 << 53, "Random seed."),
    .count(
      "steps", \.steps, 1...1 << 53,
      "Environment steps: at least one batch is made, and the run stops before another would exceed this."
    ),
    .choice("precision", \.precision, "Floating-point precision of the networks."),
    .count(
      "threads", \.threads, 1...1024, "Threads that step environments, each its share of them."),
    .optional(
      "stopReturn", \.stopReturn, "Stop once the mean return of recent episodes reaches this."),
    .count("stopEpisodes", \.stopEpisodes, 1...1_000_000, "How many episodes are recent."),
    .count(
      "checkpointEvery", \.checkpointEvery, 1...1 << 53,
      "Iterations from one checkpoint to the next."),
    .count("environments", \.environments, 1...1_000_000, "Environments side by side."),
    .optional(
      "timeLimit", \.timeLimit, upTo: 1_000_000_000,
      "Steps after which an episode is truncated; null for the environment's own."),
    .choice("observation", \.observation, "What is seen of a state of a finite MDP."),
    .widths("hidden", \.hidden, "Widths of the policy's hidden layers."),
    .choice("initialisation", \.initialisation, "Weight initialisation."),
    .number(
      "deviation", \.deviation, 1e-6...1e6, "Initial standard deviation of continuous actions."),
    .flag("learnsDeviation", \.learnsDeviation, "Whether standard deviations are learned."),
  ]

  private static let samples: [Hyperparameter] = [
    .choice(
      "estimator", \.estimator,
      "Where the surrogate is estimated: along the paths, or by branching off them."),
    .count("batch", \.batch, 1...1_000_000_000, "Environment steps a batch."),
    .choice(
      "collection", \.collection,
      "Whether a batch is so many steps or whole episodes, at least so many steps of them."),
    .count(
      "vineStates", \.vineStates, 1...1_000_000, "States of the rollout set, drawn from the batch."),
    .count(
      "vineActions", \.vineActions, 1...1_000_000, "Actions tried in each state of the rollout set."
    ),
    .choice(
      "vineChoice", \.vineChoice,
      "Which actions: drawn from the policy, uniformly, or every one once."),
    .count("vineHorizon", \.vineHorizon, 1...1_000_000, "Steps of each branch."),
    .flag(
      "vineCommonRandomNumbers", \.vineCommonRandomNumbers,
      "Whether the branches of a state share their chance."),
  ]

  private static let advantages: [Hyperparameter] = [
    .number("discount", \.discount, "a number in [0, 1]", "The discount γ.") { $0 >= 0 && $0 <= 1 },
    .choice("returns", \.returns, "How returns are estimated."),
    .number("lambda", \.lambda, "a number in [0, 1]", "The λ of generalized advantages.") {
      $0 >= 0 && $0 <= 1
    },
    .choice(
      "weighting", \.weighting,
      "What a state weighs: 1, as practice does, or γᵗ, as the theory does."),
    .flag(
      "normalizesAdvantages", \.normalizesAdvantages,
      "Whether advantages are brought to mean 0 and deviation 1."),
    .flag(
      "normalizesObservations", \.normalizesObservations,
      "Whether observations are brought to mean 0 and deviation 1 as they come."),
    .flag(
      "normalizesRewards", \.normalizesRewards,
      "Whether rewards are divided by the deviation of returns as they come."),
    .number(
      "observationBound", \.observationBound, 1e-6...1e6, "The largest normalised observation."),
    .number("rewardBound", \.rewardBound, 1e-6...1e6, "The largest normalised reward."),
  ]

  private static let update: [Hyperparameter] = [
    .number(
      "budget", \.budget, 1e-12...1e6,
      "The trust region δ: the most that the mean KL may become, in nats."),
    .count(
      "conjugateGradientIterations", \.conjugateGradientIterations, 1...10_000,
      "Iterations of conjugate gradients."),
    .number(
      "conjugateGradientTolerance", \.conjugateGradientTolerance, 0...1,
      "The relative residual at which they stop."),
    .number("damping", \.damping, 0...1e6, "The λ in (F + λI) x = g."),
    .number(
      "fisherShare", \.fisherShare, "a number in (0, 1]",
      "The share of a batch that Fisher products are taken over."
    ) { $0 > 0 && $0 <= 1 },
    .flag("dampsStepLength", \.dampsStepLength, "Whether damping also shortens the step."),
    .count("trials", \.trials, 1...10_000, "The most trials of the line search."),
    .number("backtrack", \.backtrack, "a number in (0, 1)", "What a failed trial is multiplied by.")
    { $0 > 0 && $0 < 1 },
    .number(
      "acceptRatio", \.acceptRatio, "a number in [0, 1)",
      "The least share of the predicted gain that a trial must make."
    ) { $0 >= 0 && $0 < 1 },
  ]

  private static let critic: [Hyperparameter] = [
    .choice("critic", \.critic, "Where values come from: a network, or none."),
    .widths("criticHidden", \.criticHidden, "Widths of the critic's hidden layers."),
    .number(
      "criticLearningRate", \.criticLearningRate, 1e-12...1e3, "The learning rate of its Adam."),
    .count("criticEpochs", \.criticEpochs, 1...1_000_000, "How often it sees each batch."),
    .optional(
      "criticBatch", \.criticBatch, upTo: 1_000_000_000,
      "Rows of its minibatches; null for the whole batch at once."),
  ]
}
