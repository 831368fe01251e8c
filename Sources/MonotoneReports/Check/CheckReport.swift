internal import MDPFormats
internal import MDPVerification
internal import MonotoneArithmetic
public import MDPGuarantees

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Writes every file about one update: `check.json` (the truth), `index.html`, `summary.md` and `junit.xml`, all
/// or none.
public struct CheckReport: Sendable {
  private let check: UpdateCheck
  private let version: CheckDocument.Version
  private let conditions: [NamedCondition]
  private let command: String?

  /// The report of one update.
  ///
  /// - Parameter command: The command line that makes the check again, for readers; nil if there is none.
  public init(_ check: UpdateCheck, command: String? = nil) {
    self.init(check, version: .v2, conditions: [], command: command)
  }

  /// - Parameters:
  ///   - version: The version of the JSON document.
  ///   - conditions: The conditions that the run was told to fail on.
  ///   - command: The command line that makes the check again.
  package init(
    _ check: UpdateCheck, version: CheckDocument.Version, conditions: [NamedCondition],
    command: String?
  ) {
    self.check = check
    self.version = version
    self.conditions = conditions
    self.command = command
  }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(to directory: String) throws(ReportFailure) {
    try report.write(
      CheckDocument(check, version: version), named: "check.json",
      [ReportFile(name: "junit.xml", data: Data(junit.utf8))], to: directory)
  }

  var report: SectionedReport {
    let counts = VerdictCounts(check.claims)
    return SectionedReport(
      title: "Monotone: check of an update of \(check.mdp.name)", headline: check.headline,
      worst: check.mark == .harmful ? .violated : check.worst,
      opening: RichText(
        "The update from \(check.current) to \(check.candidate). What it did to the return is a finding "
          + "about the update. The claims are theorems: that they hold tests this program and the model "
          + "file."),
      sections: [
        ReportSection(
          "Update",
          [
            .facts(
              [
                .init("Outcome", AuditTables.mark(check.mark)),
                .init("Guaranteed beforehand", check.guaranteed.answer),
                .init("Improved", check.improved.answer),
                .init("Claims", "\(counts.headline("claim")) (\(counts.rigour(check.arithmetic)))"),
                .init("Machine-checked", "all claims, \(MachineChecked.words)"),
                .init("Model", check.mdp.summaryText),
                .init("Tightest lower bound", check.tightest.aPriori ?? "none"),
                .init("Knowing the new policy", check.tightest.aPosteriori ?? "none"),
              ]
                + (check.normalised.isEmpty
                  ? [] : [.init("Normalised", NormalisedNote.text(check.normalised))]))
          ] + (command.map { [.commands([$0])] } ?? [])), failures,
        ReportSection("Claims", [.table(CheckText.claims(check))]),
        ReportSection("Quantities", [.table(CheckText.quantities(check))]),
      ].compactMap(\.self))
  }

  private var failures: ReportSection? {
    conditions.isEmpty
      ? nil
      : ReportSection(
        "Conditions",
        [
          .table(
            ReportTable(
              "Conditions", ["condition", "happened", "value"],
              conditions.map { condition in
                let value = condition.happened.values.first
                return .init(
                  [
                    .code(condition.name),
                    value == nil ? .verdict(.holds, "no") : .verdict(.violated, "yes"),
                    RichText(value ?? "–"),
                  ], emphasis: value == nil ? nil : .violated)
              }))
        ])
  }

  /// A case a claim, and one a condition.
  private var junit: String {
    let group = "\(check.current) → \(check.candidate)"
    let claims = check.claims.map { result in
      JUnitXML.testCase(result, check, group: group, command: command)
    }
    let named = conditions.map { condition in
      JUnitXML.Case(
        group: group, name: condition.name,
        outcome: condition.happened.values.first.map {
          .failure(
            type: "condition", message: $0, detail: command.map { "reproduce: \($0)" } ?? "")
        } ?? .passed)
    }
    return JUnitXML.document(
      name: "monotone check", [JUnitXML.Suite(name: check.mdp.name, cases: claims + named)])
  }
}
