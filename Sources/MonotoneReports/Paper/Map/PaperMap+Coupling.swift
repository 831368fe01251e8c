extension PaperMap {
  /// Appendix A: the proof by coupling.
  static let coupling: [PaperItem] = [
    .init(
      .equation, 19, "Lemma 1: Eq. 1 again.", .claim("performance-difference"),
      .check("performance-difference")),
    .init(
      .equation, 20, "The expectation of Lemma 1, to be computed.", .step(of: 19)),
    .init(.equation, 21, "The advantage as reward plus a difference of values.", .step(of: 19)),
    .init(.equation, 22, "Values of successive states cancel.", .step(of: 19)),
    .init(
      .equation, 23, "What is left: the value of the first state, and the new policy's rewards.",
      .step(of: 19)),
    .init(.equation, 24, "The difference of both returns.", .step(of: 19)),
    .init(
      .equation, 25,
      "The expected advantage Ā of the new policy over the old one in a state.",
      .remark("Computed with every update; its greatest absolute value is ε_exp in check --json."),
      .check("pointwise-improvement")),
    .init(
      .equation, 26, "Lemma 1 with Ā along the new policy's states.",
      .claim("performance-difference")),
    .init(
      .equation, 27, "The surrogate with Ā along the old policy's states.",
      .claim("surrogate-value")),
    .init(
      .equation, 28, "Lemma 2: |Ā| is at most 2α times the greatest absolute advantage.",
      .absent(
        "No claim of its own; the verdict of coupling rests on it, and coupling-range sharpens it.",
        cost: "a claim file: one line, proved state by state"), .claim("coupling", "coupling-range")
    ),
    .init(.equation, 29, "Ā as an expectation over the coupled pair of actions.", .step(of: 28)),
    .init(.equation, 30, "Only where the coupled actions differ does it count.", .step(of: 28)),
    .init(.equation, 31, "Both terms of the difference bounded.", .step(of: 28)),
    .init(
      .equation, 32,
      "Lemma 3: at time t the expectations of Ā under both policies differ by at most 4α(1 − (1−α)ᵗ) times the "
        + "greatest absolute advantage. Its middle term is a slip, see below.",
      .absent(
        "Checked summed over time, as Eq. 44, not for each t.",
        cost: "two products with P for each step of the horizon, per update"), .claim("coupling")),
    .init(
      .equation, 33, "The new policy's expectation, split by whether both have agreed so far.",
      .step(of: 40)),
    .init(.equation, 34, "The old policy's, split likewise.", .step(of: 40)),
    .init(.equation, 35, "Where both have agreed, the expectations are equal.", .step(of: 40)),
    .init(.equation, 36, "The difference: what is left where both have not agreed.", .step(of: 40)),
    .init(
      .equation, 37, "The probability of a disagreement before time t is at most 1 − (1−α)ᵗ.",
      .step(of: 40)),
    .init(.equation, 38, "The triangle inequality.", .step(of: 40)),
    .init(.equation, 39, "Lemma 2, applied twice.", .step(of: 40)),
    .init(
      .equation, 40, "Lemma 3 as it is used.",
      .absent(
        "Checked summed over time, as Eq. 44.",
        cost: "two products with P for each step of the horizon, per update"), .claim("coupling")),
    .init(
      .equation, 41, "The error of the surrogate, summed over time.", .step(of: 44)),
    .init(.equation, 42, "Lemma 3 in every term.", .step(of: 44)),
    .init(.equation, 43, "Two geometric sums.", .step(of: 44)),
    .init(
      .equation, 44,
      "The bound before its last step: 4α²γε/((1−γ)(1−γ(1−α))); sharper than the theorem.",
      .claim("coupling", "coupling-span", "coupling-range"), .check("coupling"),
      .remark("The models coupling-family attain it.")),
    .init(
      .equation, 45, "The theorem's bound.", .claim("total-variation"), .check("total-variation")),
  ]
}
