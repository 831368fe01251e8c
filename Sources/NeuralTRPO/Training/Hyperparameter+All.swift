extension Hyperparameter {
  /// Every hyper-parameter, in the order in which a run meets them.
  public static let all: [Hyperparameter] = run + samples + advantages + update + critic

  private static let run: [Hyperparameter] = [
    .count("seed", \.seed, from: 0, "Where all randomness comes from."),
    .count("steps", \.steps, "Environment steps; the run ends before a batch would go beyond."),
    .choice("precision", \.precision, "What numbers networks compute in."),
    .count("threads", \.threads, "Threads that step environments, each its share of them."),
    .optional(
      "stopReturn", \.stopReturn, "Stop once the mean return of recent episodes reaches this."),
    .count("stopEpisodes", \.stopEpisodes, "How many episodes are recent."),
    .count("checkpointEvery", \.checkpointEvery, "Iterations from one checkpoint to the next."),
    .count("environments", \.environments, "Environments side by side."),
    .optional(
      "timeLimit", \.timeLimit,
      "Steps after which an episode is truncated; null for the environment's own."),
    .choice("observation", \.observation, "What is seen of a state of a finite MDP."),
    .widths("hidden", \.hidden, "Widths of the policy's hidden layers."),
    .choice("initialisation", \.initialisation, "How weights begin."),
    .number(
      "deviation", \.deviation, "a positive number",
      "The first standard deviation of continuous actions."
    ) { $0 > 0 },
    .flag("learnsDeviation", \.learnsDeviation, "Whether standard deviations are learned."),
  ]

  private static let samples: [Hyperparameter] = [
    .choice(
      "estimator", \.estimator,
      "Where the surrogate is estimated: along the paths, or by branching off them."),
    .count("batch", \.batch, "Environment steps a batch."),
    .choice(
      "collection", \.collection,
      "Whether a batch is so many steps or whole episodes, at least so many steps of them."),
    .count("vineStates", \.vineStates, "States of the rollout set, drawn from the batch."),
    .count("vineActions", \.vineActions, "Actions tried in each state of the rollout set."),
    .choice(
      "vineChoice", \.vineChoice,
      "Which actions: drawn from the policy, uniformly, or every one once."),
    .count("vineHorizon", \.vineHorizon, "Steps of each branch."),
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
      "observationBound", \.observationBound, "a positive number",
      "The largest normalised observation."
    ) { $0 > 0 },
    .number("rewardBound", \.rewardBound, "a positive number", "The largest normalised reward.") {
      $0 > 0
    },
  ]

  private static let update: [Hyperparameter] = [
    .number(
      "budget", \.budget, "a positive number",
      "The trust region δ: the most that the mean KL may become, in nats."
    ) { $0 > 0 },
    .count(
      "conjugateGradientIterations", \.conjugateGradientIterations,
      "Iterations of conjugate gradients."),
    .number(
      "conjugateGradientTolerance", \.conjugateGradientTolerance, "a number from 0 up",
      "The relative residual at which they stop."
    ) { $0 >= 0 },
    .number("damping", \.damping, "a number from 0 up", "The λ in (F + λI) x = g.") { $0 >= 0 },
    .number(
      "fisherShare", \.fisherShare, "a number in (0, 1]",
      "The share of a batch that Fisher products are taken over."
    ) { $0 > 0 && $0 <= 1 },
    .flag("dampsStepLength", \.dampsStepLength, "Whether damping also shortens the step."),
    .count("trials", \.trials, "The most trials of the line search."),
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
      "criticLearningRate", \.criticLearningRate, "a positive number",
      "The learning rate of its Adam."
    ) { $0 > 0 },
    .count("criticEpochs", \.criticEpochs, "How often it sees each batch."),
    .optional(
      "criticBatch", \.criticBatch, "Rows of its minibatches; null for the whole batch at once."),
  ]
}
