extension PaperMap {
  /// Appendix B: the proof by perturbation theory.
  static let perturbation: [PaperItem] = [
    .init(
      .equation, 46,
      "The inverses of both resolvents G differ by γΔ, Δ the difference of the transition matrices.",
      .step(of: 49)),
    .init(
      .equation, 47, "The new resolvent from the old one: G̃ = G + γGΔG̃.",
      .claim("visitation-shift"),
      .remark("visitation-shift bounds ‖ρ̃ − ρ‖₁ exactly, after solving for both.")),
    .init(.equation, 48, "Eq. 47 put into itself.", .step(of: 49)),
    .init(
      .equation, 49,
      "The change of the return as a first-order term and a remainder of second order.",
      .claim("performance-difference", "surrogate-gradient")),
    .init(
      .equation, 50,
      "The first-order term is the gain of the surrogate. Two lines have a sign slip, see below.",
      .claim("surrogate-gradient"), .check("surrogate-gradient")),
    .init(
      .equation, 51, "One factor of the remainder: γvΔ is at most 2αε in every state.",
      .absent(
        "No claim of its own; it is the step from Ā to α of max-total-variation-span.",
        cost: "a claim file: one line, proved state by state"),
      .claim("max-total-variation-span")),
    .init(
      .equation, 52, "The norm of matrices that belongs to sums of absolute values.",
      .remark("A definition; in resolvent-ergodicity and dobrushin sharper norms take its place."),
      .claim("resolvent-ergodicity", "dobrushin")),
    .init(
      .equation, 53, "The other factor of the remainder, by norms: 2α/(1−γ)².",
      .claim("visitation-shift", "resolvent-ergodicity")),
    .init(
      .equation, 54, "The remainder: the theorem's penalty once more.", .claim("total-variation"),
      .check("total-variation")),
  ]

  /// Appendix C: how the problem is solved.
  static let solving: [PaperItem] = [
    .init(
      .equation, 55, "Eq. 12, to be solved by a direction and a line search.",
      .rule("trust-region", " --delta 0.01"),
      .command("monotone train CartPole-v1 --preset cart-pole")),
    .init(
      .equation, 56,
      "The KL divergence of a state as a function of the parameters of both distributions.",
      .remark("Each head has its own, tested against closed forms and PyTorch.")),
    .init(
      .equation, 57,
      "Its second derivative: Jᵀ M J, and a term that vanishes at the old policy.",
      .command("monotone train CartPole-v1 --preset cart-pole --fisher analytic"),
      .remark("Products with it agree with PyTorch's double backpropagation to 1e-10.")),
  ]
}
