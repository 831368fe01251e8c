internal import MonotoneArithmetic
public import MDPFalsification
internal import MDPGuarantees

extension FalsificationResult {
  /// The search for people.
  package var sections: SectionedReport {
    SectionedReport(
      title: "Monotone: search for a counterexample", headline: headline,
      worst: counterexample == nil ? .holds : .violated,
      opening: """
        Random updates were searched for one that breaks the claim. A counterexample is proved in rational \
        arithmetic and shrunk until nothing simpler breaks the claim; that none was found proves nothing.
        """,
      sections: [search, found].compactMap(\.self))
  }

  private var search: ReportSection {
    let settings = parameters.sorted { $0.key < $1.key }.map { parameter in
      ReportBlock.Fact(parameter.key, parameter.value)
    }
    let facts: [ReportBlock.Fact] = [
      .init("Claim", .code(claim)), .init("Updates searched", NumberFormat.count(evaluations)),
    ]
    let worst = worst.map { [ReportBlock.Fact("The worst of them", $0)] } ?? []
    return ReportSection("Search", [.facts(facts + worst + settings)])
  }

  private var found: ReportSection? {
    guard let counterexample, let description else { return nil }
    return ReportSection(
      "Counterexample",
      [
        .facts([
          .init("States", NumberFormat.count(counterexample.states)),
          .init("Actions", NumberFormat.count(counterexample.actions)),
          .init(
            "Shrunk",
            "\(NumberFormat.count(counterexample.simplifications)) simplifications of "
              + "\(NumberFormat.count(counterexample.attempts)) tried"),
        ]), .listing(description.split(separator: "\n").map(String.init)),
        .commands([counterexample.command]),
      ])
  }

  /// Writes the report of the search: `falsification.json` (the truth), `index.html` and `summary.md`, all or
  /// none.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(to folder: String) throws(ReportFailure) {
    try sections.write(self, named: "falsification.json", to: folder)
  }
}
