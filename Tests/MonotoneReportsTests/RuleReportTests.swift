import MonotoneArithmetic
import Foundation
import MDPGuarantees
import MDPVerification
import Testing

@testable import MonotoneReports

@Suite("Improvement rules in reports")
struct RuleReportTests {
  @Test("Iterations say whether the gap closed, may yet close, or never will")
  func closing() throws {
    let closed = try Fixtures.rule("max-kl", closes: 12, gapClosed: 1 + 1e-15)
    #expect((closed.iterationsText, closed.gapText) == ("12", "100 %"))
    let open = try Fixtures.rule("penalty", gapClosed: 0.5712)
    #expect((open.iterationsText, open.gapText) == ("> 200", "57.1 %"))
    let tiny = try Fixtures.rule("penalty", gapClosed: 0.0000143)
    #expect(tiny.gapText == "0.00143 %")
    // Neither rounding nor a way that fell back makes an open gap look closed.
    #expect(try Fixtures.rule("penalty", gapClosed: 0.89996).gapText == "89.9 %")
    #expect(try Fixtures.rule("max-kl", gapClosed: -0.25).gapText == "-25 %")
    let ended = try Fixtures.rule("trust-region", iterations: 3, gapClosed: 0.5)
    #expect((ended.iterationsText, ended.gapText) == ("never", "50 %"))
  }

  @Test("The median counts open gaps as longer than any closed one, and never claims too much")
  func median() throws {
    func text(_ closes: [Int?], budgets: [Int] = []) throws -> String {
      RuleSummary(
        rule: "r",
        results: try closes.enumerated().map { index, closes in
          try Fixtures.rule(
            "max-kl", budget: index < budgets.count ? budgets[index] : 200, closes: closes)
        }
      ).medianText
    }
    #expect(try text([30]) == "30")
    #expect(try text([30, 10, nil]) == "30")
    #expect(try text([30, 10, 20, nil]) == "30")
    #expect(try text([nil, 10, nil, 20]) == "> 200")
    #expect(try text([nil, 10, nil], budgets: [200, 200, 35]) == "> 35")
    #expect(try text([]) == "–")
  }

  @Test("A summary a rule, its steps counted by outcome over all models")
  func summaries() throws {
    let summaries = try Fixtures.withRules().ruleSummaries
    #expect(
      summaries.map(\.rule) == [
        "policy-iteration", "conservative", "penalty", "mean-penalty", "max-kl", "mean-kl",
        "natural-gradient", "trust-region", "policy-gradient",
      ])
    let bad = summaries[4]
    #expect(
      [.guaranteed, .improved, .harmful, .unchanged, .undecided].map { bad.count($0) }
        == [1, 2, 1, 0, 0])
    #expect(bad.stepCount == 4 && bad.closedText == "2 of 2" && bad.medianText == "40")
    #expect(bad.counts.violated == 1 && bad.counts.undecided == 1 && bad.counts.holds == 7)
    #expect(summaries[2].count(.guaranteed) == 2 && summaries[2].closedText == "0 of 2")
  }

  @Test("Bad news of a step is a row with its own command, on the page too")
  func badNews() throws {
    let verification = try Fixtures.withRules()
    let command = "monotone improve mdps/chain.json --rule max-kl --iterations 2"
    let rows = verification.rows.filter { $0.update == "max-kl, step 2" }
    #expect(rows.map(\.result.verdict) == [.violated, .undecided])
    #expect(rows.allSatisfy { $0.model == "chain" && $0.command == command })

    let data = try ResultData(verification)
    #expect(data.rows.count == verification.rows.count)
    for (shown, row) in zip(data.rows, verification.rows) {
      #expect(data.updates[shown.update] == [row.model, row.update, row.command])
    }
    // Without JavaScript, among the violated and undecided: one command for both rows.
    let page = PageReading(verification)
    let plain = try #require(page.text.components(separatedBy: "<script").first)
    let problems = try #require(
      plain.components(separatedBy: "<section").first {
        $0.contains("id=\"violated-and-undecided\"")
      })
    #expect(problems.components(separatedBy: "<td>max-kl, step 2</td>").count == 2 + 1)
    #expect(
      problems.components(separatedBy: "mdps/chain.json</span> <span>--rule max-kl").count == 1 + 1)
    let terminal = verification.terminalText
    #expect(terminal.components(separatedBy: "max-kl, step 2").count == 2 + 1)
    #expect(terminal.components(separatedBy: command).count == 1 + 1)
    #expect(VerificationReport(verification).report.summary.contains("| `\(command)` |"))
  }

  @Test("The headline counts every step, a claim's card the updates and what went wrong")
  func counts() throws {
    let (without, with) = (try Fixtures.small(), try Fixtures.withRules())
    // Nine rules with two steps of two claims, then 2 + 3 and 2.
    #expect(with.counts.total == without.counts.total + 9 * 4 + 5 + 2)
    #expect(with.scopeText == "2 claims on 3 updates and 21 rule steps of 2 models")
    #expect(without.scopeText == "2 claims on 3 updates of 2 models")
    let before = without.claimSummaries(without.rows)
    let after = with.claimSummaries(with.rows)
    #expect(after.map(\.claim) == before.map(\.claim))
    #expect(after[1].counts.violated == before[1].counts.violated + 1)
    #expect(after[0].counts.undecided == before[0].counts.undecided + 1)
    #expect(after.map(\.counts.holds) == before.map(\.counts.holds))
  }

  @Test("What a rule claims of its own steps is described where it fails")
  func ownClaim() throws {
    var verification = try Fixtures.withRules()
    let own = NamedClaim(id: "own-objective", kind: .inequality, statement: "M ≥ η")
    let bad = Fixtures.result(own, .violated, margin: -1)
    #expect(
      verification.models[1].rules[1].claims.map(\.id) == ["penalty-objective"],
      "the rule's own claims come with it")
    verification.models[1].rules[1].claims = [ClaimDescription(own)]
    verification.models[1].rules[1].steps[0].badNews = [bad]
    let summary = try #require(verification.claimSummaries(verification.rows).last)
    #expect(summary.claim == ClaimDescription(own) && summary.counts.violated == 1)
  }

  @Test("JUnit has a case a rule and model, which fails with the claims and the command")
  func junit() throws {
    var verification = try Fixtures.withRules()
    let elements = try XMLReading.read(JUnitXML.render(verification))
    let cases = elements.filter {
      $0.name == "testcase" && $0.attributes["classname"]?.hasSuffix(": improvement rules") == true
    }
    #expect(cases.count == 9 + 2)
    #expect(
      Set(cases.map { "\($0.attributes["classname"] ?? "")/\($0.attributes["name"] ?? "")" })
        .count == 11)
    let failure = try #require(elements.first { $0.text.contains("--rule max-kl") })
    #expect(failure.attributes["type"] == "violated")
    for part in [
      "step 2: kl violated", "step 2: performance-difference undecided",
      "reproduce: monotone improve mdps/chain.json --rule max-kl",
    ] {
      #expect(failure.text.contains(part), "\(part)")
    }
    verification.models[1].rules[0].steps[1] = try Fixtures.step(2, [.undecided, .holds])
    let undecided = try XMLReading.read(JUnitXML.render(verification))
      .first { $0.text.contains("--rule max-kl") }
    #expect(undecided?.attributes["type"] == "undecided")
  }

  @Test("Terminal, Markdown and page show the same line a rule")
  func overview() throws {
    let verification = try Fixtures.withRules()
    let words = ["max-kl", "violated", "2", "of", "2", "40", "4", "1", "2", "1", "0", "0"]
    let terminal = verification.terminalText.split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    #expect(terminal.contains(words))
    #expect(
      VerificationReport(verification).report.summary
        .contains("| `max-kl` | **violated** | 2 of 2 | 40 | 4 | 1 | 2 | **1** | 0 | 0 |"))
    let page = PageReading(verification).text
    #expect(
      page.contains(
        "<th scope=\"row\"><code>max-kl</code></th><td><span class=\"verdict violated\">violated</span>"
          + "</td><td class=\"number\">2 of 2</td><td class=\"number\">40</td>"))
    #expect(page.contains("&gt; 200<small>57.1 %</small>"))
    // Where a model was not given a rule, the table says so.
    #expect(page.contains("<th scope=\"row\">chain</th><td class=\"number\">–</td>"))
    #expect(page.components(separatedBy: "<details id=\"rules-").count == 3 + 1)
  }

  @Test("Without rules no part of a report mentions them")
  func without() throws {
    let verification = try Fixtures.small()
    #expect(!verification.terminalText.contains("rule"))
    #expect(!VerificationReport(verification).report.summary.contains("rule"))
    #expect(!text(JUnitXML.render(verification)).contains("rule"))
    let page = PageReading(verification).text
    #expect(!page.contains("Improvement rules") && !page.contains("rule steps"))
  }

  @Test("verification.json alone gives the same report again, infinite steps and all")
  func rewrite() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    let writer = ReportWriter()
    let verification = try Fixtures.withRules()
    try writer.write(verification, environment: nil, to: first.path)
    #expect(try ResultJSON.verification(from: first.data("verification.json")) == verification)
    try writer.rewrite(first.path + "/verification.json", to: second.path)
    #expect(first.contents == second.contents)
    #expect(first.contents.contains("figures/return-racing.svg"))
    #expect(first.contents.contains("figures/step-size-chain.svg"))
    for file in first.contents where file != "figures" {
      #expect(try first.data(file) == second.data(file), "\(file)")
    }
  }

  @Test("Hostile names of rules are text everywhere")
  func hostile() throws {
    let name = ExporterTests.hostile
    var verification = try Fixtures.withRules()
    for model in verification.models.indices {
      verification.models[model].model.name = name
      for rule in verification.models[model].rules.indices {
        verification.models[model].rules[rule].rule = "\(name)\(rule)"
        verification.models[model].rules[rule].command = "monotone improve '\(name)'"
      }
    }
    let report = VerificationReport(verification).report
    for figure in report.sections.flatMap(\.blocks.figures).map(\.figure) {
      _ = try XMLReading.read(Data(figure.file.utf8))
      #expect(!figure.file.contains("<script"))
    }
    let page = PageReading(verification).text
    #expect(page.components(separatedBy: "<script").count == 3)
    // The claims' own names, and the NUL of no text: commands are as they are, to be copied.
    #expect(!page.contains("\u{1B}[0m\u{0}"))
    #expect(!verification.terminalText.contains("\u{1B}"))
    let markdown = VerificationReport(verification).report.summary
    #expect(!markdown.contains("\u{1B}"))
    for line in markdown.split(separator: "\n") where line.contains(" of 1 | ") {
      #expect(line.hasPrefix("| ``<script>"), "\(line)")
    }
    _ = try XMLReading.read(JUnitXML.render(verification))
  }

  private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
