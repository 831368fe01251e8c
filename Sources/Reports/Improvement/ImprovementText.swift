internal import Arithmetic
internal import Guarantees
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
    if document.interrupted { lines.append("interrupted: steps are missing") }
    lines += [""] + steps.lines() + [""]
    lines += promise + ending
    if let meaning = document.iterations.last?.residualMeaning {
      lines.append("residual: \(meaning)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var steps: TextTable {
    var table = TextTable([
      .init("step", .right), .init("η", .right), .init("gain", .right), .init("L", .right),
      .init("lower bound", .right), .init("max KL", .right), .init("mean KL", .right),
      .init("residual", .right), .init("outcome"), .init("claims"),
    ])
    for iteration in document.iterations {
      let quantities = iteration.check.quantities
      let gain =
        quantities.returnCandidate.approximation - quantities.returnCurrent.approximation
      table.add([
        NumberFormat.count(iteration.index),
        NumberFormat.text(quantities.returnCandidate.approximation, digits: 10),
        NumberFormat.text(gain, digits: 3),
        NumberFormat.text(quantities.surrogate.approximation, digits: 10),
        iteration.bound.map { NumberFormat.text($0.approximation, digits: 10) } ?? "–",
        NumberFormat.text(quantities.maxKL.approximation, digits: 4),
        NumberFormat.text(quantities.meanKL.approximation, digits: 4),
        NumberFormat.text(iteration.optimalityResidual.approximation, digits: 2),
        iteration.outcome.rawValue, iteration.check.worst.words,
      ])
    }
    return table
  }

  private var outcomes: String {
    let parts = ImprovementIteration.Outcome.allCases.compactMap { outcome -> String? in
      let count = document.iterations.count { $0.outcome == outcome }
      return count == 0 ? nil : "\(NumberFormat.count(count)) \(outcome.rawValue)"
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
    if let optimum = document.optimum {
      let last = document.iterations.last?.check.quantities.returnCandidate.approximation
      let gap = last.map { optimum.upper.approximation - $0 }
      lines.append(
        "optimal return \(NumberFormat.text(optimum.upper.approximation, digits: 10)) "
          + (optimum.isExact ? "(exact)" : "at most")
          + (optimum.isExact && optimum.policy == document.policy
            ? ", attained by the last policy: proved" : "")
          + (gap.map { ", gap \(NumberFormat.text($0, digits: 4))" } ?? ""))
    }
    return lines
  }
}
