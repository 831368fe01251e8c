internal import MDPVerification

/// Every figure of a verification.
struct ReportFigures {
  /// The margin figure of each claim that has margins, by the claim's identifier.
  private(set) var margins: [String: Figure] = [:]
  /// The overview of the bounds, wide and narrow; nil where there is nothing to compare.
  private(set) var looseness: Figure?
  private(set) var narrowLooseness: Figure?
  /// The share of the gap that rules close, wide and narrow; nil where there are no rules.
  private(set) var gap: Figure?
  private(set) var narrowGap: Figure?
  /// The return by iteration of each model with rules, by the model's place.
  private(set) var returns: [Int: Figure] = [:]
  /// The size of the rules' steps on each model with rules, by the model's place.
  private(set) var stepSizes: [Int: Figure] = [:]

  /// Draws the figures of a verification.
  init(_ verification: Verification, _ summaries: [ClaimSummary]) {
    if let overview = LoosenessFigure(summaries) {
      looseness = overview.draw(width: LoosenessFigure.wide)
      narrowLooseness = overview.draw(width: LoosenessFigure.narrow)
    }
    gap = GapFigure.draw(verification.models, width: LoosenessFigure.wide)
    narrowGap = GapFigure.draw(verification.models, width: LoosenessFigure.narrow)
    var names: Set<String> = []
    for summary in summaries {
      let name = Self.name("margin", summary.claim.id, apartFrom: &names)
      margins[summary.claim.id] = MarginFigure.draw(summary, name: name)
    }
    for (index, model) in verification.models.enumerated() {
      let name = { (kind: String) in Self.name(kind, model.model.name, apartFrom: &names) }
      returns[index] = ReturnFigure.draw(model, name: name("return"))
      stepSizes[index] = StepSizeFigure.draw(model, name: name("step-size"))
    }
  }

  /// A file name for a claim or a model: names come from a file and may hold anything.
  private static func name(
    _ kind: String, _ id: String, apartFrom names: inout Set<String>
  ) -> String {
    let base = kind + "-" + id.asIdentifier.prefix(80)
    var name = base
    var suffix = 2
    while !names.insert(name).inserted {
      name = "\(base)-\(suffix)"
      suffix += 1
    }
    return name
  }
}

extension String {
  /// The string in lower-case letters, digits and hyphens: for names of files and anchors of pages.
  var asIdentifier: String {
    lowercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? String(character) : "-"
    }.joined()
  }
}
