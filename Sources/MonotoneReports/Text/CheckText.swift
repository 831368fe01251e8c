internal import MonotoneArithmetic
public import MDPGuarantees
internal import MDPFormats
internal import MDPVerification

/// The check of an update for the terminal: what happened to the update, what was verified of the theory,
/// then the numbers behind both.
public struct CheckText: Sendable {
  private let check: UpdateCheck

  /// The text of a check; ends in a newline.
  public static func render(_ check: UpdateCheck) -> String { CheckText(check: check).text }

  private var text: String {
    let counts = VerdictCounts(check.claims)
    var lines = [
      check.headline,
      "theory: \(counts.headline("claim"))\(failingClaims) (\(counts.rigour(check.arithmetic)))",
    ]
    lines.append("update \(check.current.displayable) → \(check.candidate.displayable)")
    lines.append("model \(check.mdp.summaryText)")
    if check.mdp.undiscounted == true {
      lines.append(
        "γ = 1: means under ρ/Σρ, ρ over live states, Σρ the expected number of steps; C has no bound"
      )
    }
    if !check.normalised.isEmpty { lines.append(NormalisedNote.text(check.normalised)) }
    lines += [""] + TerminalText.lines(Self.quantities(check), indent: 0)
    lines += [""] + TerminalText.lines(Self.claims(check), indent: 0)
    lines += notes
    lines += [
      "",
      "tightest lower bound    a priori \(check.tightest.aPriori?.displayable ?? "none"), "
        + "a posteriori \(check.tightest.aPosteriori?.displayable ?? "none")",
      "improved (η(π̃) ≥ η(π))  \(check.improved.answer)",
      "guaranteed beforehand   \(check.guaranteed.answer)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The claims that the headline is about, where it is bad news.
  private var failingClaims: String {
    guard check.worst.severity > Verdict.holds.severity else { return "" }
    let names = check.claims.filter { $0.verdict == check.worst }.map(\.id.displayable)
    return ": " + names.joined(separator: ", ")
  }

  /// The numbers that the claims are made of.
  static func quantities(_ check: UpdateCheck) -> ReportTable {
    ReportTable(
      "Quantities", ["quantity", "symbol", "#value"],
      UpdateQuantity.allCases.map { quantity in
        .init([
          RichText(quantity.title), .formula(quantity.symbol),
          RichText(NumberFormat.text(check.quantities[quantity])),
        ])
      })
  }

  /// A row a claim.
  static func claims(_ check: UpdateCheck) -> ReportTable {
    ReportTable(
      "Claims",
      [
        "claim", "verdict", "#margin", "#looseness", "#attained", "#lower bound", "#upper bound",
        "witness",
      ],
      check.claims.map { claim in
        .init(
          [
            .code(claim.id), .verdict(claim.verdict), RichText(claim.marginText),
            RichText(claim.loosenessText), RichText(claim.attainedText),
            RichText(claim.lowerBoundText), RichText(claim.upperBoundText),
            RichText(claim.witnessText) + .note(claim.assumption ?? ""),
          ], emphasis: [.violated, .undecided].contains(claim.verdict) ? claim.verdict : nil)
      })
  }

  /// Why claims do not apply or could not be decided.
  private var notes: [String] {
    let reasons = check.claims.compactMap { claim in
      claim.assumption.map { "\(claim.id.displayable): \($0.displayable)" }
    }
    return reasons.isEmpty ? [] : [""] + reasons
  }
}

extension ModelSummary {
  /// `racing: 3 states, 2 actions, γ = 0.9`.
  var summaryText: String {
    "\(name.displayable): \(NumberFormat.count(states, "state")), "
      + "\(NumberFormat.count(actions, "action")), γ = \(NumberFormat.literal(discount))"
      + (reading.map { "; \($0.description.displayable)" } ?? "")
  }
}
