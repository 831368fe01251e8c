/// The settings that rules are made with, as commands take them; nil for a rule's own default.
public struct RuleSettings: Sendable, Equatable {
  /// δ, of the rules with a budget.
  public var budget: Double?
  /// 1/λ, of the natural gradient.
  public var stepSize: Double?
  /// α, of conservative policy iteration.
  public var weight: Double?

  /// Settings; nil leaves a rule its own.
  public init(budget: Double? = nil, stepSize: Double? = nil, weight: Double? = nil) {
    self.budget = budget
    self.stepSize = stepSize
    self.weight = weight
  }
}

/// Every rule, from the one without a step size to the ones that practice uses.
public enum RuleCatalogue {
  /// The rules at their default settings.
  public static var all: [any ImprovementRule] { all(.init()) }

  /// The rules at chosen settings.
  public static func all(_ settings: RuleSettings) -> [any ImprovementRule] {
    let budget = settings.budget ?? 0.01
    return [
      PolicyIterationRule(),
      ConservativeRule(.init(weight: settings.weight)),
      PenaltyRule(),
      MeanPenaltyRule(),
      MaxDivergenceRule(.init(budget: budget)),
      MeanDivergenceRule(.init(budget: budget)),
      NaturalGradientRule(settings.stepSize.map { .init(stepSize: $0) } ?? .init()),
      TrustRegionRule(.init(budget: budget)),
      PolicyGradientRule(.init(budget: budget)),
    ]
  }

  /// The names of the rules that need no discounting.
  static var withoutDiscounting: [String] { all.filter { !$0.needsDiscounting }.map(\.id) }

  /// The names of the rules with a parameter, whatever it is set to.
  public static func names(taking parameter: String) -> [String] {
    all(RuleSettings(budget: 0.01, stepSize: 0.01, weight: 0.5))
      .filter { $0.parameters.contains { $0.name == parameter } }.map(\.id)
  }

  /// The rules that figures know, in the order of their keys.
  public static var drawn: [any ImprovementRule] {
    let drawn = all.filter { $0.line != nil }
    return drawn.sorted { ($0.line?.position ?? 0) < ($1.line?.position ?? 0) }
  }

  /// The rule of a name at chosen settings.
  public static func rule(_ id: String, _ settings: RuleSettings = .init()) -> (
    any ImprovementRule
  )? {
    all(settings).first { $0.id == id }
  }
}
