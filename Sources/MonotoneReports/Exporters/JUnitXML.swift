internal import MDPGuarantees
package import MDPVerification

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A verification as JUnit XML, for the test views of CI systems.
///
/// A suite a model, a case a claim on an update and a case an improvement rule. Violated and
/// undecided claims are failures of their own types, claims that do not apply are skipped, and an equality that was
/// not refuted passes with the property `consistent`, which says within what. The
/// counterexamples are a suite in which *not* refuting is the failure, the examples of tightness one
/// in which showing nothing is. An interrupted run has a suite with an error, so that a partial
/// result cannot pass for a whole one. Times are left out: they differ from run to run.
package struct JUnitXML: Sendable {
  private let verification: Verification

  /// The bytes of a verification's file.
  package static func render(_ verification: Verification) -> Data {
    JUnitXML(verification: verification).data
  }

  private var data: Data {
    var suites = verification.models.map(suite)
    if !verification.refutations.isEmpty {
      suites.append(Suite(name: "counterexamples", cases: verification.refutations.map(testCase)))
    }
    if !verification.attainments.isEmpty {
      suites.append(Suite(name: "attainment", cases: verification.attainments.map(testCase)))
    }
    if verification.interrupted {
      suites.append(
        Suite(
          name: "run",
          cases: [
            Case(
              group: "run", name: "completed",
              outcome: .error(type: "interrupted", message: "the run was interrupted"))
          ]))
    }
    return Data(Self.document(name: "monotone verify", suites).utf8)
  }

  /// The text of a document.
  package static func document(name: String, _ suites: [Suite]) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
    let tally = suites.reduce(Tally()) { $0 + $1.tally }
    lines.append("<testsuites name=\"\(name.xmlEscaped)\"\(tally.attributes)>")
    for suite in suites { lines += suite.lines }
    lines.append("</testsuites>")
    return lines.joined(separator: "\n") + "\n"
  }

  private func suite(_ model: ModelVerification) -> Suite {
    Suite(
      name: model.model.name, file: model.file,
      properties: model.updates.map { .init(name: $0.label, value: $0.check.mark.rawValue) },
      cases: model.updates.flatMap { update in
        update.check.claims.map { result in
          Self.testCase(
            result, update.check, group: "\(model.model.name): \(update.label)",
            command: update.command)
        }
      } + model.rules.map { testCase($0, of: model) })
  }

  /// A rule passes where no claim is bad news on any of its steps; one that could not go on is an error.
  private func testCase(_ rule: RuleVerification, of model: ModelVerification) -> Case {
    let bad = rule.steps.flatMap { step in step.badNews.map { (step: step.index, result: $0) } }
    let counts = rule.counts
    var outcome = Outcome.passed
    if let failure = rule.failure {
      outcome = .error(type: "rule", message: failure)
    } else if !bad.isEmpty {
      outcome = .failure(
        type: (counts.violated > 0 ? Verdict.violated : .undecided).rawValue,
        message: counts.headline("result"),
        detail: bad.map { step, result in
          "step \(step): \(result.id) \(result.verdict.words)\n"
            + Self.details(result, command: rule.command)
        }.joined(separator: "\n"))
    }
    return Case(group: "\(model.model.name): improvement rules", name: rule.rule, outcome: outcome)
  }

  private func testCase(_ refutation: Refutation) -> Case {
    var outcome = Outcome.passed
    if !refutation.refutes {
      outcome = .failure(
        type: "notRefuted",
        message: "the counterexample does not refute \(refutation.variant.id): "
          + refutation.result.verdict.words,
        detail: Self.details(refutation.result, command: refutation.command))
    }
    return Case(
      group: "counterexamples: \(refutation.variant.id)", name: refutation.name, outcome: outcome)
  }

  private func testCase(_ attainment: Attainment) -> Case {
    var outcome = Outcome.passed
    if let fault = attainment.fault {
      outcome = .failure(
        type: attainment.result.verdict == .undecided ? "undecided" : "notAttained",
        message: "\(attainment.result.id) \(fault)",
        detail: Self.details(attainment.result, command: attainment.command))
    }
    return Case(
      group: "attainment: \(attainment.result.id)", name: attainment.name, outcome: outcome)
  }

  /// The case of a claim on an update.
  static func testCase(
    _ result: ClaimResult, _ check: UpdateCheck, group: String, command: String?
  ) -> Case {
    let property = result.verdict == .consistent ? result.assumption : nil
    return Case(
      group: group, name: result.id, outcome: outcome(result, check, command: command),
      properties: property.map { [.init(name: Verdict.consistent.rawValue, value: $0)] } ?? [])
  }

  private static func outcome(
    _ result: ClaimResult, _ check: UpdateCheck, command: String?
  ) -> Outcome {
    switch result.verdict {
    case .holds, .consistent: .passed
    case .notApplicable: .skipped(message: result.assumption ?? "an assumption fails")
    case .violated, .undecided:
      .failure(
        type: result.verdict.rawValue,
        message: "\(result.verdict.words): margin \(result.marginText)",
        detail: "update: \(check.headline)\n" + details(result, command: command))
    }
  }

  private static func details(_ result: ClaimResult, command: String?) -> String {
    var lines = [
      "margin: \(result.marginText)", "looseness: \(result.loosenessText)",
      "witness: \(result.witnessText)", "arithmetic: \(result.arithmetic.rawValue)",
    ]
    if let command { lines.append("reproduce: \(command)") }
    if let reason = result.assumption { lines.insert(reason, at: 0) }
    return lines.joined(separator: "\n")
  }
}
