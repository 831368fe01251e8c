/// A slip in Schulman et al. 2015 with its mend; no result of the paper depends on any of them.
package struct PaperSlip: Sendable {
  package var place: String
  package var printed: String
  package var mend: String

  private init(_ place: String, _ printed: String, _ mend: String) {
    (self.place, self.printed, self.mend) = (place, printed, mend)
  }

  package static let all: [PaperSlip] = [
    .init(
      "Eq. 32", "The middle term is 2α max Ā(s).",
      "At t = 0 the right side is 0, so that no positive middle term can stand below it. It is "
        + "2(1 − (1−α)ᵗ) max |Ā(s)|, as Eq. 36 and 37 give; the ends of the chain are right."),
    .init(
      "Below Eq. 39", "“Follows from Lemma 3”, within the proof of Lemma 3.", "Lemma 2 is meant."),
    .init("Eq. 41", "An equality.", "“≤”: the absolute value has moved into the sum."),
    .init(
      "Appendix B, opening",
      "The new policy's return is written with a cost c, and so is one term below Eq. 49.",
      "r is meant; c is left from a version that minimised costs."),
    .init("Eq. 49", "Once ρ without its index, in r(G̃ − G)ρ.", "ρ₀ is meant."),
    .init(
      "Eq. 50", "Lines 2 to 4 have π − π̃ and p_π − p_π̃.",
      "π̃ − π and p_π̃ − p_π, as in line 1: the last line, γvΔρ_π with Δ = P_π̃ − P_π, has the right sign again."
    ),
    .init(
      "Above Eq. 53", "‖Δ‖₁ = 2α.",
      "“≤”: α is the greatest total variation over actions, which transitions may hide."),
    .init(
      "Eq. 54", "γ‖vΔ‖∞ is bounded by γ · 2αε.",
      "Eq. 51 bounds ‖γvΔ‖∞ by 2αε. With that in place of ‖vΔ‖∞ the end is right as printed."),
    .init(
      "Table 2", "20 dimensions of the walker's state; the text has 18.",
      "18: positions and velocities of Gymnasium's model with all positions observed."),
    .init(
      "Table 2", "4,806 and 8,206 parameters of hopper and walker with a hidden layer of 50.",
      "One hidden layer of 50 gives 806 and 1,262 with all biases. Only the swimmer's 364 can be rebuilt: 10·30 + 30·2 + 2 "
        + "weights and output biases, 2 log deviations, no hidden bias."),
    .init(
      "Table 2",
      "A million steps an iteration for the walker; 10,000 paths of 1,000 steps are ten million.",
      "Either 1,000 paths or ten million steps; it cannot be told which."),
    .init(
      "Table 2", "A million steps an iteration of hopper and walker also with vine.",
      "2,500 values from branches of 100 steps and 16 paths of 1,000 are 266,000 steps."),
  ]
}
