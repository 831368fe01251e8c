extension PaperMap {
  /// Sections 4 to 7.
  static let method: [PaperItem] = [
    .init(
      .equation, 11, "Maximise the surrogate while the KL divergence in every state is at most δ.",
      .rule("max-kl", " --delta 0.01"),
      .command("monotone train CartPole-paper --preset paper --hidden none --constraint max-kl"),
      .figure("cart-pole-trust-region")),
    .init(
      .equation, 12,
      "Maximise the surrogate while the mean KL divergence over visited states is at most δ: the method's problem.",
      .rule("mean-kl", " --delta 0.01"), .claim("mean-kl", "mean-kl-root")),
    .init(
      .equation, 13, "Eq. 12 with the surrogate written out as a sum over states and actions.",
      .rule("mean-kl", " --delta 0.01")),
    .init(
      .equation, 14,
      "Eq. 13 as expectations that samples estimate: importance weights over actions, action values in place of "
        + "advantages.", .command("monotone compare mdps/racing.json --updates 2"),
      .remark("comparison/estimators tests the mean of every estimator against its exact value.")),
    .init(
      .equation, 15, "The surrogate of a state from one branch for each of a few actions.",
      .command(
        "monotone train mdps/racing.json --preset tabular --estimator vine --vine-choice every"),
      .remark("Tested as an estimator by compare --estimators.")),
    .init(
      .equation, 16,
      "The surrogate of a state from branches with sampled actions: a self-normalised average, which needs no "
        + "baseline.",
      .command("monotone train Swimmer-paper --preset locomotion-paper --estimator vine"),
      .remark("Biased by O(1/K); compare measures that bias over K.")),
    .init(
      .equation, 17,
      "The natural policy gradient: linear objective, quadratic constraint with the Fisher matrix A.",
      .rule("natural-gradient"),
      .command("monotone train Swimmer-paper --preset locomotion-paper --method natural-gradient"),
      .figure("swimmer-trust-region")),
    .init(
      .equation, 18, "The plain policy gradient: the same with the Euclidean norm of the step.",
      .rule("policy-gradient")),
  ]
}
