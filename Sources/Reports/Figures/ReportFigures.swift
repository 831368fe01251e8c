internal import MDPVerification

/// Every figure of a report.
struct ReportFigures {
  /// The margin figure of each claim that has margins, by the claim's identifier.
  private(set) var margins: [String: Figure] = [:]
  /// The overview of the bounds; nil where there is nothing to compare.
  private(set) var looseness: Figure?
  /// The return by iteration of each model with rules, by the model's place.
  private(set) var returns: [Int: Figure] = [:]
  /// The size of the rules' steps on each model with rules, by the model's place.
  private(set) var stepSizes: [Int: Figure] = [:]
  /// All of them, in the order of the page.
  private(set) var all: [Figure] = []

  /// Draws the figures of a verification.
  init(_ verification: Verification, gnuplot: Gnuplot) throws(FigureFailure) {
    let summaries = verification.claimSummaries(verification.rows)
    looseness = try LoosenessFigure.draw(summaries, gnuplot: gnuplot)
    if let looseness { all.append(looseness) }
    var names: Set<String> = []
    for summary in summaries {
      let name = Self.name("margin", summary.claim.id, apartFrom: &names)
      guard let figure = try MarginFigure.draw(summary, name: name, gnuplot: gnuplot) else {
        continue
      }
      margins[summary.claim.id] = figure
      all.append(figure)
    }
    for (index, model) in verification.models.enumerated() {
      let name = { (kind: String) in Self.name(kind, model.model.name, apartFrom: &names) }
      returns[index] = try ReturnFigure.draw(model, name: name("return"), gnuplot: gnuplot)
      stepSizes[index] = try StepSizeFigure.draw(model, name: name("step-size"), gnuplot: gnuplot)
      all += [returns[index], stepSizes[index]].compactMap { $0 }
    }
  }

  /// A file name for a claim or a model: names come from a file and may hold anything.
  private static func name(
    _ kind: String, _ id: String, apartFrom names: inout Set<String>
  ) -> String {
    let safe = id.lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? String(character) : "-"
    }
    let base = kind + "-" + safe.joined().prefix(80)
    var name = base
    var suffix = 2
    while !names.insert(name).inserted {
      name = "\(base)-\(suffix)"
      suffix += 1
    }
    return name
  }
}
