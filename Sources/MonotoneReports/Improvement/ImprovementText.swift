internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPFormats
internal import MDPSolvers
internal import MDPVerification
internal import PolicyImprovement

/// The steps of a rule for the terminal: what came of them, then a line each.
public struct ImprovementText: Sendable {
  private let document: ImprovementDocument

  /// The text of a run; ends in a newline.
  public static func render(_ document: ImprovementDocument) -> String {
    ImprovementText(document: document).text
  }

  private var text: String {
    let results = document.iterations.flatMap(\.check.claims)
    let counts = VerdictCounts(results)
    let settings = document.parameters.map { "\($0.name) \(NumberFormat.text($0.value))" }
    var lines = [
      outcomes,
      "theory: \(counts.headline("claim result")) (\(counts.rigour(document.arithmetic)))",
      "rule \(([document.rule] + settings).joined(separator: ", ")), from "
        + document.start.displayable,
      "model \(document.model.summaryText)",
    ]
    if !document.normalised.isEmpty { lines.append(NormalisedNote.text(document.normalised)) }
    if document.interrupted { lines.append("interrupted: steps are missing") }
    lines += [""] + TerminalText.lines(steps, indent: 0) + [""]
    lines += promise + ending
    if let meaning = document.iterations.last?.residualMeaning {
      lines.append("residual: \(meaning)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var steps: ReportTable {
    let rows = document.iterations.map { iteration -> ReportTable.Row in
      let quantities = iteration.check.quantities
      let cells = [
        NumberFormat.count(iteration.index),
        Self.number(quantities[.returnCandidate], digits: 10),
        iteration.gain.map { Self.number($0, digits: 3) } ?? "unknown",
        Self.number(quantities[.surrogate], digits: 10),
        iteration.bound.map { Self.number($0, digits: 10) } ?? "–",
        Self.number(quantities[.maxKL], digits: 4), Self.number(quantities[.meanKL], digits: 4),
        Self.number(iteration.optimalityResidual, digits: 2),
        iteration.mark.rawValue, iteration.check.worst.words,
      ]
      return .init(cells.map { RichText($0) })
    }
    return ReportTable(
      "Steps",
      [
        "#step", "#η", "#gain", "#L", "#lower bound", "#max KL", "#mean KL", "#residual", "outcome",
        "claims",
      ], rows, limit: .max)
  }

  private var outcomes: String {
    let parts = UpdateMark.allCases.compactMap { mark -> String? in
      let count = document.iterations.count { $0.mark == mark }
      return count == 0 ? nil : "\(NumberFormat.count(count)) \(mark.rawValue)"
    }
    return "steps: " + (parts.isEmpty ? "none" : parts.joined(separator: ", "))
  }

  /// That the rule's own guarantee does not apply, and why.
  private var promise: [String] {
    let claims = document.iterations.first?.check.claims ?? []
    guard let claim = claims.first(where: { $0.id == document.guarantee }),
      claim.verdict == .notApplicable
    else { return [] }
    return [
      "no guarantee: \(claim.id.displayable) does not apply, \(claim.assumption?.displayable ?? "")"
    ]
  }

  private var ending: [String] {
    var lines: [String] = []
    if document.hasConverged { lines.append("the last step changed nothing: the rule has ended") }
    if document.hasStalled {
      lines.append(
        "the last step changed nothing, short of what the rule asks for (see the residual): "
          + "what is left is finer than the probabilities that rules write (2^-55)")
    }
    if let optimum = document.optimum { lines.append(ending(optimum)) }
    return lines
  }

  /// The optimal return, how sure it is, and how far the last policy is from it.
  private func ending(_ optimum: OptimalPolicy) -> String {
    let isAttained = optimum.policy == document.policy
    guard optimum.isProved else {
      return "not proved optimal: return \(NumberFormat.text(optimum.lower, digits: 10))"
        + (optimum.gap.isFinite
          ? ", at most \(NumberFormat.bound(optimum.gap, .up, digits: 2)) below the optimal one"
          : "")
    }
    var text = "optimal return \(NumberFormat.text(optimum.lower, digits: 10))"
    if case .exact = optimum.lower { text += " (exact)" }
    if isAttained { return text + ", attained by the last policy: proved, gap 0" }
    let last = document.iterations.last?.check.quantities[.returnCandidate]
    return text + (last.map { ", gap \(Self.gap(from: $0, to: optimum.lower))" } ?? "")
  }

  /// How far a return is below the optimal one, which it does not exceed.
  private static func gap(from last: Quantity, to optimum: Quantity) -> String {
    guard let low = QuantityEnds(last), let high = QuantityEnds(optimum) else { return "unknown" }
    let gap = low.distance(to: high)
    // An enclosure may reach to the wrong side of 0; then its upper end is all there is.
    if case .enclosure(let middle, let radius) = gap, radius > middle {
      return "at most \(NumberFormat.bound(gap, .up, digits: 2))"
    }
    return number(gap, digits: 4)
  }

  /// A number, with its radius where that reaches into the digits shown.
  private static func number(_ quantity: Quantity, digits: Int) -> String {
    guard case .enclosure(let midpoint, let radius) = quantity else {
      return NumberFormat.text(quantity, digits: digits)
    }
    guard QuantityEnds(quantity) != nil else { return "unknown" }
    return radius <= abs(midpoint) * Double.powerOfTen(-digits)
      ? NumberFormat.text(midpoint, digits: digits) : NumberFormat.text(quantity, digits: digits)
  }
}

extension Double {
  fileprivate static func powerOfTen(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? 0
  }
}

extension ImprovementIteration {
  /// η(π̃) − η(π): 0 where the policy stayed, exact where both returns are; nil where nothing is known.
  var gain: Quantity? {
    if mark == .unchanged { return .number(0) }
    guard let before = QuantityEnds(check.quantities[.returnCurrent]),
      let after = QuantityEnds(check.quantities[.returnCandidate])
    else { return nil }
    return before.distance(to: after)
  }
}
