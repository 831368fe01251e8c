extension PaperMap {
  /// Theorem, proposition and algorithm.
  static let statements: [PaperItem] = [
    .init(
      .theorem, 1, "The improvement bound, Eq. 8.", .claim("total-variation"),
      .check("total-variation"),
      .command(
        "monotone falsify --claim 'returnCandidate >= surrogate - c * maxAdvantage * discount / (1-discount)^2 * "
          + "maxTotalVariation^2' --parameter c=3"),
      .remark(
        "falsify --minimise c tells how much smaller than 4 the constant could be: 3.996 is refuted with a proof."
      )),
    .init(
      .proposition, 1,
      "The fifth version prints no proposition of its own. It cites one: distributions at total variation α can be "
        + "coupled so that they agree with probability 1 − α (Levin et al. 2009, 4.7).",
      .absent(
        "A textbook theorem on couplings, not on updates.",
        cost: "a formal proof in a proof assistant"),
      .claim("coupling")),
    .init(
      .algorithm, 1,
      "Policy iteration on the surrogate less C times the greatest KL divergence, with exact advantages.",
      .rule("penalty", " --iterations 3"),
      .remark(
        "Solved to optimality with a certified duality gap; every step is proved not to lower the return."
      )),
  ]

  /// Tables and figures.
  static let exhibits: [PaperItem] = [
    .init(
      .table, 1, "Scores on seven Atari games beside a person, DQN and UCC-I.",
      .remark("Pong, as far as it was run: Scores in the paper's settings."),
      .absent(
        "Fifty million steps a game.",
        cost:
          "some 30 hours on 16 cores a game in the paper; Benchmarks/PIXELS.md says what an hour gives"
      )),
    .init(
      .table, 2, "The settings of the robots. Its sizes do not fit together, see below.",
      .remark("Side by side with ours in Settings.")),
    .init(
      .table, 3, "The settings of the Atari games.",
      .remark("Side by side with ours in Settings."),
      .absent("Run only as far as an hour allows.", cost: "as Table 1")),
    .init(
      .figure, 1, "A drawing of both ways to sample: single path and vine.",
      .remark("A drawing; the samplers are --estimator single-path and --estimator vine.")),
    .init(
      .figure, 2, "Pictures of the robots.",
      .remark("evaluate --video draws an episode; Benchmarks/locomotion/hopper.gif is one.")),
    .init(
      .figure, 3,
      "The networks: one hidden layer of 30 for the swimmer, two convolutions for Atari.",
      .command("monotone train Swimmer-paper --preset locomotion-paper --hidden-bias false"),
      .remark("Parameter counts of 364 and 33,500 are tests.")),
    .init(
      .figure, 4, "Learning curves of all methods on cart-pole, swimmer, hopper and walker.",
      .figure("cart-pole-trust-region"), .figure("cart-pole-others"),
      .figure("swimmer-trust-region"), .figure("swimmer-others"), .figure("hopper"),
      .figure("walker")),
    .init(
      .figure, 5, "Learning curves of the Atari games.",
      .absent("As Table 1.", cost: "as Table 1")),
  ]
}
