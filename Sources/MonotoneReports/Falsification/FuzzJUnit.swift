public import MDPFalsification
internal import MDPTesting

/// A campaign's result as JUnit XML: a suite a kind of property, a case a property.
public enum FuzzJUnit {
  /// The result of a campaign.
  public static func render(_ report: CampaignReport) -> String {
    let tallies = report.result.properties
    let suites = NamedProperty.Kind.allCases.compactMap { kind -> JUnitXML.Suite? in
      let members = tallies.filter { $0.property.kind == kind }
      guard !members.isEmpty else { return nil }
      return JUnitXML.Suite(
        name: "\(kind.rawValue) properties", cases: members.map { testCase($0, report) })
    }
    return JUnitXML.document(name: "monotone fuzz", suites)
  }

  private static func testCase(_ tally: PropertyTally, _ report: CampaignReport) -> JUnitXML.Case {
    var outcome = JUnitXML.Outcome.passed
    if let shrunk = tally.counterexample {
      outcome = .failure(
        type: "violated", message: shrunk.reason,
        detail: "\(shrunk.input)\n"
          + (report.command(tally.property).map { "reproduce: \($0)" } ?? ""))
    } else if let open = tally.firstUndecided {
      outcome = .failure(
        type: "undecided", message: open.reason,
        detail: "seed \(report.result.seed), case \(open.index)")
    } else if tally.count == tally.notApplicable {
      outcome = .skipped(message: "no case to which it applies")
    }
    return JUnitXML.Case(
      group: "seed \(report.result.seed)", name: tally.property.id, outcome: outcome)
  }
}
