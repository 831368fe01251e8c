internal import MonotoneArithmetic
internal import MDPFormats
internal import MDPGuarantees
internal import MDPSolvers

/// A policy that is proved to be near an optimal one, for the terminal.
public enum OptimumText {
  /// The text of a result; ends in a newline.
  public static func render(_ document: OptimumDocument) -> String {
    let optimum = document.optimum
    let asked = NumberFormat.text(document.requestedGap)
    var lines = [
      document.isReached
        ? "proved: in every state at most \(gap(optimum)) below the optimal value (asked: \(asked))"
        : "not proved to within \(asked): in every state at most \(gap(optimum)) below the optimal value",
      "discounted return at least \(NumberFormat.bound(optimum.lower, .down, digits: 10)); "
        + "the optimal one is at most \(NumberFormat.bound(optimum.upper, .up, digits: 10))",
      "\(NumberFormat.count(optimum.rounds, "round")), \(NumberFormat.count(optimum.sweeps, "sweep")) "
        + "of modified policy iteration, \(NumberFormat.count(optimum.solves, "solve")) of inexact policy iteration",
      "model \(document.model.summaryText)",
    ]
    if !document.normalised.isEmpty { lines.append(NormalisedNote.text(document.normalised)) }
    if document.interrupted { lines.append("interrupted before the gap was proved") }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func gap(_ optimum: EpsilonOptimalPolicy) -> String {
    NumberFormat.bound(optimum.gap, .up, digits: 2)
  }
}
