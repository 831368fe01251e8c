/// How a rule's line is told from those of other rules in a figure: its family by the colour, the rule
/// within the family by the pattern.
public struct RuleLine: Sendable, Hashable {
  /// The family of the rule, in the order of keys.
  public enum Family: Int, Sendable, CaseIterable {
    /// Improves by guarantee.
    case guaranteed
    /// Chooses among all policies.
    case tabular
    /// Moves softmax logits.
    case softmax
  }

  /// The pattern of the line, in the order of keys.
  public enum Pattern: Int, Sendable, CaseIterable {
    /// Dots.
    case dotted
    /// Dashes.
    case dashed
    /// Dashes with a dot between.
    case dashDotted
    /// A line without gaps.
    case solid
  }

  /// The family.
  public let family: Family
  /// The pattern; another for each rule of a family.
  public let pattern: Pattern

  /// The line of a pattern in a family's colour.
  public init(_ family: Family, _ pattern: Pattern) {
    self.family = family
    self.pattern = pattern
  }

  /// The place in a key: families in order, within them patterns.
  var position: Int { family.rawValue * Pattern.allCases.count + pattern.rawValue }
}
