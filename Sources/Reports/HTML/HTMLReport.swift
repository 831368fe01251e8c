internal import Arithmetic
internal import Foundation
internal import Guarantees
internal import MDPVerification

/// A verification as one page: opens from disk, needs no network, and no JavaScript except to
/// filter and sort the table of all results.
///
/// Shows nothing that changes from run to run on one machine.
struct HTMLReport {
  let verification: Verification
  let environment: Environment?
  let figures: ReportFigures?
  let rows: [ReportRow]
  let summaries: [ClaimSummary]
  let counts: VerdictCounts

  /// The page of a verification.
  ///
  /// - Parameters:
  ///   - environment: The run's environment; nil where only its results are at hand.
  ///   - figures: The figures; nil where they were not drawn.
  init(_ verification: Verification, environment: Environment?, figures: ReportFigures?) {
    self.verification = verification
    self.environment = environment
    self.figures = figures
    rows = verification.rows
    summaries = verification.claimSummaries(rows)
    counts = verification.counts
  }

  /// The bytes of the page.
  func render() throws(UnencodableResult) -> Data {
    let worst = verification.worst
    let page = HTML.page(
      title: "Monotone: \(verification.headline.htmlName)", runsScripts: true,
      """
      <header>
      <p class="tool">Monotone verification report</p>
      <h1 class="\(worst.rawValue)">\(verification.headline.htmlName)</h1>
      </header>
      <main>
      \(banners)
      \(overview)
      \(badNews)
      \(models)
      \(claims)
      \(rules)
      \(try table())
      \(refutations)
      \(attainments)
      </main>
      """)
    return Data(page.utf8)
  }

  /// What a reader must know before any number.
  private var banners: String {
    var banners: [String] = []
    if verification.interrupted {
      banners.append(
        "<p class=\"banner bad\"><strong>Interrupted.</strong> The run was stopped: models are "
          + "missing, and the counts are of what was finished.</p>")
    }
    let failing = verification.refutations.count { !$0.refutes }
    if failing > 0 {
      banners.append(
        "<p class=\"banner bad\"><strong>"
          + NumberFormat.count(failing, "counterexample")
          + " failed to refute.</strong> A checker that misses a false bound proves nothing about "
          + "true ones: see <a href=\"#counterexamples\">the counterexamples</a>.</p>")
    }
    let faulty = verification.attainments.compactMap(\.fault).count
    if faulty > 0 {
      banners.append(
        "<p class=\"banner bad\"><strong>\(NumberFormat.count(faulty, "example")) of tightness "
          + "failed.</strong> See <a href=\"#attainment\">the attainment of the bounds</a>.</p>")
    }
    if counts.total > 0, counts.rigorous == 0 {
      banners.append(
        "<p class=\"banner\"><strong>Float64 evidence, not proof.</strong> Every number carries "
          + "a bound on its rounding error, and a verdict holds within it. No verdict here is a "
          + "theorem.</p>")
    } else if counts.rigorous < counts.total {
      let some = "\(NumberFormat.count(counts.rigorous)) of \(NumberFormat.count(counts.total))"
      banners.append(
        "<p class=\"banner\"><strong>\(some) verdicts are proved.</strong> "
          + "The others are float64 evidence.</p>")
    }
    return banners.joined(separator: "\n")
  }

  /// Counts, then the environment.
  private var overview: String {
    let tiles = counts.listed.map { verdict in
      "<div class=\"tile\(counts[verdict] > 0 ? " \(verdict.rawValue)" : "")\"><dt>\(verdict.words)</dt>"
        + "<dd>\(NumberFormat.count(counts[verdict]))</dd></div>"
    }
    let refuted = verification.refutations.count(where: \.refutes)
    var facts = [
      Environment.Fact(name: "Scope", value: verification.scopeText),
      Environment.Fact(name: "Updates", value: verification.markCounts.text),
      Environment.Fact(name: "Arithmetic", value: verification.rigour),
      Environment.Fact(
        name: "Counterexamples",
        value: "\(refuted) of \(verification.refutations.count) refute their false variant"),
      Environment.Fact(name: "Attainment", value: verification.attainmentText),
    ]
    facts += environment?.stableFacts ?? []
    let list = facts.map { "<div><dt>\($0.name)</dt><dd>\($0.value.htmlName)</dd></div>" }
    return """
      <section aria-label="Overview">
      <dl class="tiles">
      \(tiles.joined(separator: "\n"))
      </dl>
      <dl class="facts">
      \(list.joined(separator: "\n"))
      </dl>
      </section>
      """
  }

  /// The violated and undecided rows, readable without JavaScript.
  private var badNews: String {
    let bad = rows.badNews
    guard !bad.isEmpty else { return "" }
    let table = HTML.table(
      ["verdict", "claim", "model", "update", "#margin", "witness"],
      bad.map { row in
        [
          HTML.verdict(row.result.verdict), "<code>\(row.result.id.htmlName)</code>",
          row.model.htmlName,
          row.update.htmlName
            + (row.result.assumption.map { "<small>\($0.htmlName)</small>" } ?? ""),
          row.result.marginText, row.result.witnessText.htmlName,
        ]
      }, commands: bad.map(\.command), label: "Violated and undecided results")
    return "<section>\n<h2>Violated and undecided</h2>\n\(table)\n</section>"
  }
}
