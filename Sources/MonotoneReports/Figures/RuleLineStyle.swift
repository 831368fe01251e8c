internal import MDPVerification
internal import PolicyImprovement

/// How a rule is drawn: its family by the colour, the rule within the family by the pattern.
///
/// The three colours differ in lightness too, so that twelve lines can be told apart in grey.
struct RuleLineStyle {
  /// The colour, and the shape where a point marks a step.
  var category: FigureStyle.Category
  /// The pattern of the line.
  var pattern: Plot.Pattern

  /// The line itself.
  var look: Plot.Look { .line(pattern) }

  /// A rule's line in the colours of reports.
  init(_ line: RuleLine) {
    category =
      switch line.family {
      case .guaranteed: FigureStyle.guaranteedRule
      case .tabular: FigureStyle.tabularRule
      case .softmax: FigureStyle.softmaxRule
      }
    pattern =
      switch line.pattern {
      case .dotted: .dotted
      case .dashed: .dashed
      case .dashDotted: .dashDotted
      case .solid: .solid
      }
  }

  private init(category: FigureStyle.Category, pattern: Plot.Pattern) {
    self.category = category
    self.pattern = pattern
  }

  /// The rules in the order of the key: a column for each family.
  private static let known = RuleCatalogue.drawn.compactMap { rule in
    rule.line.map { (rule: rule.id, style: RuleLineStyle($0)) }
  }

  /// The style of a rule; grey where it is not known.
  static func style(of rule: String) -> RuleLineStyle {
    known.first { $0.rule == rule }?.style
      ?? RuleLineStyle(category: FigureStyle.tolerance, pattern: .solid)
  }

  /// Rules with their styles in the order of the key; rules that are not known come last, in grey.
  static func ordered(
    _ rules: [RuleVerification]
  ) -> [(rule: RuleVerification, style: RuleLineStyle)] {
    let found = known.flatMap { entry in
      rules.filter { $0.rule == entry.rule }.map { (rule: $0, style: entry.style) }
    }
    let others = rules.filter { rule in !known.contains { $0.rule == rule.rule } }
    return found
      + others.enumerated().map { index, rule in
        let pattern = Plot.Pattern.allCases[index % Plot.Pattern.allCases.count]
        return (rule, RuleLineStyle(category: FigureStyle.tolerance, pattern: pattern))
      }
  }
}
