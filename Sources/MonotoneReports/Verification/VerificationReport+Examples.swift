internal import MDPGuarantees
internal import MDPVerification

/// The sections that test the checker itself: examples of tightness, and false claims that it must refute.
extension VerificationReport {
  /// The examples of how tight the bounds are.
  var attainments: ReportSection? {
    let examples = verification.orderedAttainments
    guard !examples.isEmpty else { return nil }
    let rows = examples.map { example in
      ReportTable.Row(
        [
          .code(example.result.id),
          RichText("\(example.name) on \(example.model)") + .note(example.description),
          RichText(example.attainedText)
            + (example.fault.map { " " + .verdict(example.outcome, $0) } ?? ""),
          RichText(example.supremum),
        ], emphasis: example.fault.map { _ in example.outcome }, command: example.command)
    }
    let columns: [ReportTable.Column] = ["bound", "example", "#|G|/B", "the largest possible"]
    let failing = zip(examples, rows).filter { $0.0.fault != nil }.map(\.1)
    return ReportSection(
      "Attainment",
      [
        .paragraph(
          "How close the tightest known example brings each bound to equality: the gap G between "
            + "return and surrogate over the bound B, 1 at equality."),
        .only([.page, .summary], [.table(ReportTable("Attainment", columns, rows, limit: .max))]),
        .only([.terminal], [.table(ReportTable("Attainment", columns, failing))]),
      ], on: failing.isEmpty ? [.page, .summary] : [.page, .summary, .terminal])
  }

  /// The counterexamples to false variants.
  var refutations: ReportSection? {
    guard !verification.refutations.isEmpty else { return nil }
    let rows = verification.refutations.map { refutation in
      ReportTable.Row(
        [
          .code(refutation.variant.id),
          .formula(refutation.variant.statement) + .note(refutation.variant.source),
          refutation.refutes
            ? .verdict(.holds, "yes")
            : .verdict(.violated, "no: \(refutation.result.verdict.words)"),
          RichText("\(refutation.name) on \(refutation.model)")
            + .note(refutation.description ?? ""),
          RichText(refutation.result.marginText),
        ], emphasis: refutation.refutes ? nil : .violated, command: refutation.command)
    }
    let columns: [ReportTable.Column] = [
      "false variant", "statement", "refuted", "counterexample", "#margin",
    ]
    let failing = zip(verification.refutations, rows).filter { !$0.0.refutes }.map(\.1)
    return ReportSection(
      "Counterexamples",
      [
        .paragraph(
          "Each false variant of a claim must be found violated on its counterexample: that is how "
            + "the checker itself is checked."),
        .only(
          [.page, .summary], [.table(ReportTable("Counterexamples", columns, rows, limit: .max))]),
        .only([.terminal], [.table(ReportTable("Counterexamples", columns, failing))]),
      ], on: failing.isEmpty ? [.page, .summary] : [.page, .summary, .terminal])
  }
}
