internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPVerification

extension Verification {
  /// The result of the run in a line: failures of the run itself first, then the claims on updates, then
  /// counterexamples and examples of tightness where they are all there is, or where one of them fails.
  var headline: String {
    let isAlone = models.isEmpty
    var parts = ruleFailureText.map { [$0] } ?? []
    if !isAlone || refutations.isEmpty && attainments.isEmpty {
      parts.append(counts.headline("result"))
    }
    if !refutations.isEmpty, isAlone || !refutations.allSatisfy(\.refutes) {
      parts.append(refutationHeadline)
    }
    if !attainments.isEmpty, isAlone || attainments.contains(where: { $0.fault != nil }) {
      parts.append(attainmentHeadline)
    }
    return parts.joined(separator: "; ")
  }

  /// The rigour of the verdicts behind the headline.
  var rigour: String {
    let isAlone = models.isEmpty
    let all = isAlone ? refutations.map(\.result) + attainments.map(\.result) : []
    return (isAlone ? VerdictCounts(all) : counts).rigour(arithmetic)
  }

  /// `refuted: all 8 false variants`, `not refuted: 1 of 8 false variants`.
  private var refutationHeadline: String {
    let failing = refutations.count { !$0.refutes }
    if refutations.count == 1, let only = refutations.first {
      return (failing == 0 ? "refuted" : "not refuted")
        + ": the false variant \(only.variant.id.displayable) by \(only.name.displayable)"
    }
    let all = NumberFormat.count(refutations.count, "false variant")
    return failing == 0
      ? "refuted: all \(all)" : "not refuted: \(NumberFormat.count(failing)) of \(all)"
  }

  /// `shown: all 9 examples of tightness`, `not shown: 1 of 9 examples of tightness`.
  private var attainmentHeadline: String {
    let failing = attainments.count { $0.fault != nil }
    let all = NumberFormat.count(
      attainments.count, "example of tightness", plural: "examples of tightness")
    return failing == 0
      ? "shown: \(attainments.count == 1 ? "" : "all ")\(all)"
      : "not shown: \(NumberFormat.count(failing)) of \(all)"
  }
}

extension Verification {
  /// `8 claims on 142 updates of 28 models`, `8 claims on 142 updates and 900 rule steps of …`.
  var scopeText: String {
    let updates = models.reduce(0) { $0 + $1.updates.count }
    let steps =
      ruleStepCount == 0 ? "" : " and \(NumberFormat.count(ruleStepCount, "rule step"))"
    return "\(NumberFormat.count(claims.count, "claim")) on "
      + "\(NumberFormat.count(updates, "update"))\(steps) of "
      + NumberFormat.count(models.count, "model")
  }
}
