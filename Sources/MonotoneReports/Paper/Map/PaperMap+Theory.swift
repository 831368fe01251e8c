extension PaperMap {
  /// Sections 2 and 3.
  static let theory: [PaperItem] = [
    .init(
      .equation, 1,
      "The return of one policy is that of another plus the discounted advantages of the other, gathered along the "
        + "one's trajectories.", .claim("performance-difference"), .check("performance-difference")),
    .init(
      .equation, 2,
      "The same as a sum over states, weighted by the unnormalised discounted visitation ρ of the new policy.",
      .claim("performance-difference", "bellman-residual"),
      .command("monotone solve mdps/racing.json --policy uniform")),
    .init(
      .equation, 3,
      "The surrogate L: Eq. 2 with the old policy's visitation in place of the new one's.",
      .claim("surrogate-value"), .check("surrogate-value")),
    .init(
      .equation, 4,
      "At the old policy the surrogate agrees with the return in value and in gradient.",
      .claim("surrogate-value", "surrogate-gradient"), .check("surrogate-gradient")),
    .init(
      .equation, 5,
      "The update of conservative policy iteration: a mixture of the old policy and a target.",
      .rule("conservative"), .claim("conservative-gain")),
    .init(
      .equation, 6,
      "Kakade and Langford's bound for mixtures, with ε of the target's expected advantage and α².",
      .claim("conservative-mixture", "conservative-mixture-2002"), .check("conservative-mixture")),
    .init(
      .equation, 7, "The greatest total variation between two policies over all states.",
      .claim("total-variation"),
      .command(
        "monotone check mdps/racing.json --current uniform --candidate 'greedy(uniform)'")),
    .init(
      .equation, 8,
      "The improvement bound: the return is at least the surrogate less 4εγα²/(1−γ)², α the greatest total variation, "
        + "ε the greatest absolute advantage.", .claim("total-variation"),
      .check("total-variation")),
    .init(
      .equation, 9,
      "The bound with the greatest KL divergence in place of α², times C = 4εγ/(1−γ)².",
      .claim("kl", "pinsker"),
      .check("kl")),
    .init(
      .equation, 10,
      "What is gained of the bounded surrogate M is gained of the return at least: minorise, then maximise.",
      .claim("monotone-step"), .check("monotone-step")),
  ]
}
