public import MDPFalsification
internal import MDPTesting

/// A campaign's result in words.
public enum FuzzText {
  /// The table of properties.
  public static func list(_ properties: [NamedProperty]) -> String {
    let table = ReportTable(
      "Properties", ["property", "kind", "statement"],
      properties.map { .init([$0.id, $0.kind.rawValue, $0.statement].map { RichText($0) }) },
      limit: .max)
    return TerminalText.lines(table, indent: 0).joined(separator: "\n") + "\n"
  }

  /// The result of a campaign.
  public static func render(_ report: CampaignReport) -> String {
    let result = report.result
    let table = ReportTable(
      "Properties",
      [
        "property", "#cases", "#proved", "#not refuted", "#not applicable", "#undecided",
        "#violated",
      ],
      result.properties.map { tally in
        let counts = [
          tally.count, tally.holds, tally.notRefuted, tally.notApplicable, tally.undecided,
          tally.violated,
        ]
        return .init([RichText(tally.property.id)] + counts.map { RichText("\($0)") })
      }, limit: .max)
    let tenths = Int(clamping: (report.elapsed / .milliseconds(100)).rounded())
    let seconds = "\(tenths / 10).\(tenths % 10)"
    let lines =
      [
        headline(report),
        "seed \(result.seed): \(result.cases) cases in \(seconds) s, \(Int(clamping: report.rate)) a second",
      ] + kept(report) + [""] + TerminalText.lines(table, indent: 0)
      + result.properties.flatMap { details($0, report) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func kept(_ report: CampaignReport) -> [String] {
    guard !report.kept.isEmpty else { return [] }
    let still = report.stillViolated
    return [
      "replayed \(report.kept.count) kept counterexamples, \(still.count) of them violated still"
    ] + still.map { "  \($0.property.id): \(report.command($0.property, stem: $0.stem))" }
  }

  static func headline(_ report: CampaignReport) -> String {
    let properties = report.result.properties
    let violated = properties.count { $0.violated > 0 }
    let open = properties.count { $0.undecided > 0 }
    let idle = properties.count { !$0.isChecked }
    if violated > 0 { return "violated: \(violated) of \(properties.count) properties" }
    let still = report.stillViolated.count
    if still > 0 { return "violated: \(still) of \(report.kept.count) kept counterexamples" }
    if open > 0 { return "undecided: \(open) of \(properties.count) properties" }
    if idle == properties.count { return "nothing was checked" }
    return idle == 0
      ? "holds: all \(properties.count) properties"
      : "holds: \(properties.count - idle) properties, \(idle) on no case that they apply to"
  }

  private static func details(_ tally: PropertyTally, _ report: CampaignReport) -> [String] {
    if let shrunk = tally.counterexample, let first = tally.firstViolated {
      var lines = [
        "",
        "\(tally.property.id) is violated by case \(first.index), shrunk in "
          + "\(shrunk.simplifications) simplifications of \(shrunk.attempts) tried:",
        "  \(shrunk.reason)",
      ]
      lines += "\(shrunk.input)".split(separator: "\n").map { "  \($0)" }
      if let command = report.command(tally.property) { lines.append("to reproduce: \(command)") }
      return lines
    }
    if let open = tally.firstUndecided {
      return ["", "\(tally.property.id) is undecided on case \(open.index): \(open.reason)"]
    }
    return []
  }
}
