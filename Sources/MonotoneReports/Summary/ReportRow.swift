internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPVerification

/// One claim on one update of one model: a row of the large tables.
struct ReportRow {
  /// The model's place in the verification.
  var modelIndex: Int
  /// The update's place among all updates of the verification.
  var updateIndex: Int
  /// The model's name.
  var model: String
  /// The update's title.
  var update: String
  /// The command that reproduces the check.
  var command: String
  /// The result.
  var result: ClaimResult
}

extension Verification {
  /// Every result of the updates, by model, update and claim, and after them those results of the
  /// rules' steps that are bad news.
  var rows: [ReportRow] {
    var rows: [ReportRow] = []
    var updateIndex = 0
    for (modelIndex, model) in models.enumerated() {
      for update in model.updates {
        for result in update.check.claims {
          rows.append(
            ReportRow(
              modelIndex: modelIndex, updateIndex: updateIndex, model: model.model.name,
              update: update.title, command: update.command, result: result))
        }
        updateIndex += 1
      }
      for rule in model.rules {
        for step in rule.steps where !step.badNews.isEmpty {
          for result in step.badNews {
            rows.append(
              ReportRow(
                modelIndex: modelIndex, updateIndex: updateIndex, model: model.model.name,
                update: "\(rule.rule), step \(step.index)", command: rule.command, result: result))
          }
          updateIndex += 1
        }
      }
    }
    return rows
  }
}

extension ClaimResult {
  /// `1.2e-3 ± 4e-17`; a dash where there is no margin.
  var marginText: String {
    guard let margin else { return "–" }
    guard let radius, radius > 0, margin.approximation.isFinite else {
      return NumberFormat.middle(margin, digits: 4)
    }
    return NumberFormat.enclosure(margin.approximation, radius, digits: 4)
  }

  /// The looseness, near 1 by its distance from it: `40.5`, `1 + 2.3e-6`; a dash where there is
  /// none.
  var loosenessText: String {
    looseness.map { NumberFormat.nearOne($0, digits: 4) } ?? "–"
  }

  /// The gap as a share of its bound: `0.2802`, `1 - 9e-6`; a dash where there is none.
  var attainedText: String {
    looseness?.reciprocal.map { NumberFormat.nearOne($0, digits: 4) } ?? "–"
  }

  /// The lower bound on η(π̃), rounded downward: what is printed is one, too. A dash where there is none.
  var lowerBoundText: String { bound.map { NumberFormat.bound($0, .down) } ?? "–" }

  /// The upper bound on η(π̃), rounded upward; a dash where there is none.
  var upperBoundText: String { upperBound.map { NumberFormat.bound($0, .up) } ?? "–" }

  /// `cool, fast`: the state and, where one matters, the action; a dash where there is none.
  var witnessText: String {
    guard let witness else { return "–" }
    return witness.action.map { "\(witness.state), \($0)" } ?? witness.state
  }
}

extension [ReportRow] {
  /// The rows that are violated or undecided, update by update: those with a violated row first, and of each
  /// update what is violated first.
  var badNews: [ReportRow] {
    let bad = filter { $0.result.verdict == .violated } + filter { $0.result.verdict == .undecided }
    var places: [Int: Int] = [:]
    for row in bad where places[row.updateIndex] == nil { places[row.updateIndex] = places.count }
    return bad.enumerated().sorted {
      (places[$0.element.updateIndex] ?? 0, $0.offset)
        < (places[$1.element.updateIndex] ?? 0, $1.offset)
    }.map(\.element)
  }
}
