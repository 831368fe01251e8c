internal import MonotoneArithmetic
internal import MDPFormats

/// A solution for the terminal: the return first, then a table by state and action.
public struct SolutionText: Sendable {
  private let solution: SolutionDocument
  private let stateLimit: Int

  /// The text of a solution, with at most so many states; ends in a newline.
  public static func render(_ solution: SolutionDocument, stateLimit: Int = 40) -> String {
    SolutionText(solution: solution, stateLimit: stateLimit).text
  }

  private var text: String {
    let model = solution.model
    var lines = [
      "\(solution.expectedSteps == nil ? "discounted" : "undiscounted") return "
        + "\(Self.returnText(solution.expectedReturn)) of policy "
        + "\(solution.policy.displayable) (\(solution.arithmetic.rawValue))",
      "model \(model.summaryText)",
      accuracyLine,
    ]
    if let steps = solution.expectedSteps {
      lines.append("expected steps \(Self.returnText(steps)) = Σρ, over live states")
    }
    if !solution.normalised.isEmpty { lines.append(NormalisedNote.text(solution.normalised)) }
    lines += solution.remarks.map(\.displayable)
    lines.append("")
    lines += TerminalText.lines(table, indent: 0)
    let hidden = solution.states.count - shownStates.count
    if hidden > 0 {
      lines.append("… \(NumberFormat.count(hidden, "more state")); --json lists all")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var shownStates: Slice<StateSolutions> { solution.states.prefix(stateLimit) }

  /// One line a pair; what belongs to the state stands on the first of its lines.
  private var table: ReportTable {
    let rows = shownStates.flatMap { state -> [[String]] in
      let head = [state.name, NumberFormat.text(state.value), NumberFormat.text(state.visitation)]
      if state.actions.isEmpty { return [head + ["(terminal)", "", "", ""]] }
      return state.actions.enumerated().map { index, action in
        (index == 0 ? head : ["", "", ""]) + [
          action.name, NumberFormat.text(action.probability), NumberFormat.text(action.value),
          NumberFormat.text(action.advantage),
        ]
      }
    }
    return ReportTable(
      "States and actions", ["state", "#V", "#ρ", "action", "#π", "#Q", "#A"],
      rows.map { .init($0.map { RichText($0) }) }, limit: .max)
  }

  private var accuracyLine: String {
    let accuracy = solution.accuracy
    var parts = [
      "V within \(NumberFormat.bound(accuracy.value.errorBound, .up, digits: 2))",
      "ρ within \(NumberFormat.bound(accuracy.visitation.errorBound, .up, digits: 2)) in total",
    ]
    if let condition = accuracy.reciprocalCondition {
      parts.append("reciprocal condition \(NumberFormat.text(condition, digits: 3))")
    }
    return "accuracy " + parts.joined(separator: ", ")
  }

  /// A return with its fraction, where that is short enough to be of use.
  private static func returnText(_ quantity: Quantity) -> String {
    guard case .exact(let fraction, _) = quantity, fraction.count <= 24
    else { return NumberFormat.text(quantity) }
    return fraction.contains("/") ? "\(NumberFormat.text(quantity)) = \(fraction)" : fraction
  }
}
