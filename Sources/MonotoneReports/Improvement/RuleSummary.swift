internal import MonotoneArithmetic
internal import MDPGuarantees
public import MDPVerification
internal import PolicyImprovement

/// One improvement rule over all models: how soon it comes near the optimum, and what its proved
/// steps were worth.
struct RuleSummary {
  /// The rule's name.
  var rule: String
  /// The results of the rule, one entry per model.
  var results: [RuleVerification]

  /// The verdicts of all its steps.
  var counts: VerdictCounts { results.reduce(into: .init([])) { $0 += $1.counts } }

  /// How many of its steps were proved.
  var stepCount: Int { results.reduce(0) { $0 + $1.steps.count } }

  /// How many of them had an outcome.
  func count(_ outcome: UpdateMark) -> Int {
    results.reduce(0) { $0 + $1.count(outcome) }
  }

  /// `26 of 28`: on how many models it closes the timed share of the gap.
  var closedText: String {
    let closed = results.count { $0.iterationsToClose != nil }
    return "\(NumberFormat.count(closed)) of \(NumberFormat.count(results.count))"
  }

  /// The median number of steps that close the timed share of the gap, of an even number the upper:
  /// `12`, or `> 200` where the budget does not do on half of the models.
  var medianText: String {
    guard !results.isEmpty else { return "–" }
    // A gap left open is beyond every gap closed.
    let closed = results.compactMap(\.iterationsToClose).sorted()
    if results.count / 2 < closed.count { return NumberFormat.count(closed[results.count / 2]) }
    let open = results.filter { $0.iterationsToClose == nil }
    return "> \(NumberFormat.count(open.map(\.iterationBudget).min() ?? 0))"
  }
}

/// A rule that could not go on.
struct RuleFailureRow {
  var model: String
  var rule: String
  var message: String
  var command: String
}

extension RuleVerification {
  /// How many steps close the timed share of the gap: `12`; `> 200` where the budget does not;
  /// `never` where the rule came to its end before.
  var iterationsText: String {
    if let iterationsToClose { return NumberFormat.count(iterationsToClose) }
    if failure != nil { return "error" }
    if returns.isEmpty { return "–" }
    return hasEnded ? "never" : "> \(NumberFormat.count(iterationBudget))"
  }

  /// `57.1 %`: how much of the gap the whole way closes.
  var gapText: String {
    if returns.isEmpty { return "–" }
    let percent = 100 * gapClosed
    // Rounding must not close a gap.
    let most = iterationsToClose == nil ? 100 * Self.timedShare - 0.1 : 100
    return "\(NumberFormat.text(min(percent, most), digits: 3)) %"
  }

  /// `delta 0.01, backtrack 0.5`.
  var parametersText: String {
    parameters.map { "\($0.name) \(NumberFormat.text($0.value))" }.joined(separator: ", ")
  }

  /// Whether the rule changed nothing any more before its budget was used up.
  private var hasEnded: Bool { returns.count - 1 < iterationBudget }
}

extension Verification {
  /// `90 %`.
  static let timedShareText =
    "\(NumberFormat.text(100 * RuleVerification.timedShare, digits: 3)) %"

  /// One summary a rule, in the order in which the models name them.
  var ruleSummaries: [RuleSummary] {
    var summaries: [RuleSummary] = []
    var places: [String: Int] = [:]
    for result in models.flatMap(\.rules) {
      if let place = places[result.rule] {
        summaries[place].results.append(result)
      } else {
        places[result.rule] = summaries.count
        summaries.append(RuleSummary(rule: result.rule, results: [result]))
      }
    }
    return summaries
  }

  /// The rules that could not go on, each with its model.
  var ruleFailures: [RuleFailureRow] {
    models.flatMap { model in
      model.rules.compactMap { rule in
        rule.failure.map {
          RuleFailureRow(
            model: model.model.name, rule: rule.rule, message: $0, command: rule.command)
        }
      }
    }
  }

  /// `error: 2 improvement rules could not go on`; nil where all could.
  public var ruleFailureText: String? {
    let count = ruleFailures.count
    return count == 0
      ? nil : "error: \(NumberFormat.count(count, "improvement rule")) could not go on"
  }

  /// How many steps of rules were proved.
  var ruleStepCount: Int { models.flatMap(\.rules).reduce(0) { $0 + $1.steps.count } }

  /// The caption of the overview of the rules.
  var ruleOverviewNote: String {
    let models = models.count { !$0.rules.isEmpty }
    return "Every rule from the uniform policy on \(NumberFormat.count(models, "model")). Closed: "
      + "models on which it closes \(Self.timedShareText) of the gap to the optimum within its "
      + "iterations, followed in float64; steps: the median of how many that takes. Each proved "
      + "step was guaranteed by a lower bound, improved without one, was harmful, or changed "
      + "nothing; every claim was checked on it."
  }
}
