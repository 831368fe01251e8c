internal import PolicyImprovement

/// How a rule is drawn: its family by the colour, the rule within the family by the pattern.
///
/// The three colours differ in lightness too, so that nine lines can be told apart in grey.
struct RuleLineStyle {
  /// The colour, and the shape where a point marks a step.
  var category: FigureStyle.Category
  /// The pattern of the line.
  var pattern: Pattern

  /// What a line is made of.
  enum Pattern: CaseIterable {
    case dotted, dashed, solid

    /// gnuplot's word for it.
    var dashType: String {
      switch self {
      case .dotted: "(2,3)"
      case .dashed: "(9,4)"
      case .solid: "solid"
      }
    }

    /// The width of the line: gnuplot draws neighbours of one colour and one width as one path, in
    /// the pattern of the first.
    var width: Double {
      switch self {
      case .dotted: 1.8
      case .dashed: 1.7
      case .solid: 1.6
      }
    }
  }

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
      case .solid: .solid
      }
  }

  private init(category: FigureStyle.Category, pattern: Pattern) {
    self.category = category
    self.pattern = pattern
  }

  /// The rules in the order of the key: a column for each family.
  private static let known = RuleCatalog.drawn.compactMap { rule in
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
        let pattern = Pattern.allCases[index % Pattern.allCases.count]
        return (rule, RuleLineStyle(category: FigureStyle.tolerance, pattern: pattern))
      }
  }
}
