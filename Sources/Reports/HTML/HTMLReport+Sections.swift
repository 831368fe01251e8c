internal import Arithmetic
internal import Guarantees
internal import MDPVerification

extension HTMLReport {
  /// A line a model.
  var models: String {
    let table = HTML.table(
      [
        "model", "worst verdict", "#|S|", "#|A|", "#γ", "#η uniform", "#η optimal", "#updates",
        "#harmful",
      ],
      verification.models.map { model in
        [
          "<span title=\"\((model.description ?? model.file).htmlName)\">"
            + "\(model.model.name.htmlName)</span>",
          HTML.verdict(model.counts.worst),
          NumberFormat.count(model.model.states), NumberFormat.count(model.model.actions),
          NumberFormat.literal(model.model.discount), NumberFormat.text(model.uniformReturn),
          model.optimalReturnText, NumberFormat.count(model.updates.count),
          NumberFormat.count(model.markCounts[.harmful]),
        ]
      }, label: "Models")
    return "<section>\n<h2>Models</h2>\n\(table)\n</section>"
  }

  /// The overview of the bounds, then a card a claim.
  var claims: String {
    var parts = ["<section>", "<h2>Claims</h2>", ruleStepsNote]
    if figures == nil {
      parts.append("<p class=\"note\">Figures were left out: gnuplot was not used.</p>")
    }
    parts.append("<div class=\"claims\">")
    if let figure = figures?.looseness {
      parts.append(
        """
        <article class="claim">
        <h3>\(LoosenessFigure.title)</h3>
        <p class="statement">\(LoosenessFigure.subtitle)</p>
        <figure>\(figure.inline)</figure>
        </article>
        """)
    }
    parts += summaries.map(card)
    parts += ["</div>", "</section>"]
    return parts.joined(separator: "\n")
  }

  private func card(_ summary: ClaimSummary) -> String {
    let claim = summary.claim
    let counts = Verdict.allCases.filter { summary.counts[$0] > 0 }.map { verdict in
      "<span class=\"verdict \(verdict.rawValue)\">"
        + "\(verdict.words(of: summary.counts[verdict]))</span>"
    }
    let drawing =
      figures?.margins[claim.id]?.inline
      ?? "<p class=\"note\">\(figures == nil ? "" : "No margin to draw.")</p>"
    var cases = [
      ("tightest", summary.tightest), ("loosest", summary.loosest),
    ].compactMap { name, found in found.map { Self.caseText(name, $0) } }
    if summary.infiniteCount > 0 {
      cases.append(
        "<dt>infinite</dt><dd>"
          + "\(NumberFormat.count(summary.infiniteCount, "case")) with an infinite bound</dd>")
    }
    return """
      <article class="claim" id="claim-\(claim.id.htmlName)">
      <h3><code>\(claim.id.htmlName)</code></h3>
      <p class="statement">\(claim.statement.htmlName)</p>
      <p class="source">\(claim.source.htmlName)</p>
      <p class="counts">\(counts.isEmpty ? "not checked" : counts.joined(separator: " "))</p>
      <figure>\(drawing)</figure>
      <dl class="cases">
      \(cases.joined(separator: "\n"))
      </dl>
      </article>
      """
  }

  private static func caseText(_ name: String, _ found: ClaimCase) -> String {
    """
    <dt>\(name)</dt><dd>\(found.text.htmlName), \(found.row.model.htmlName): \
    \(found.row.update.htmlName)\(HTML.command(found.row.command))</dd>
    """
  }

  /// The counterexamples to false variants.
  var refutations: String {
    guard !verification.refutations.isEmpty else { return "" }
    let table = HTML.table(
      ["false variant", "statement", "refuted", "counterexample", "#margin"],
      verification.refutations.map { refutation in
        [
          "<code>\(refutation.variant.id.htmlName)</code>",
          refutation.variant.statement.htmlName
            + "<small>\(refutation.variant.source.htmlName)</small>",
          refutation.refutes
            ? "<span class=\"verdict holds\">yes</span>"
            : "<span class=\"verdict violated\">no: \(refutation.result.verdict.words)</span>",
          "\(refutation.name.htmlName) on \(refutation.model.htmlName)"
            + (refutation.description.map { "<small>\($0.htmlName)</small>" } ?? ""),
          refutation.result.marginText,
        ]
      }, commands: verification.refutations.map(\.command), label: "Counterexamples")
    return """
      <section id="counterexamples">
      <h2>Counterexamples</h2>
      <p class="note">Each false variant of a claim must be found violated on its counterexample: \
      that is how the checker itself is checked.</p>
      \(table)
      </section>
      """
  }

  /// The examples of how tight the bounds are.
  var attainments: String {
    guard !verification.attainments.isEmpty else { return "" }
    let examples = verification.orderedAttainments
    let table = HTML.table(
      ["bound", "example", "#|G|/B", "the largest possible"],
      examples.map { example in
        [
          "<code>\(example.result.id.htmlName)</code>",
          "\(example.name.htmlName) on \(example.model.htmlName)"
            + "<small>\(example.description.htmlName)</small>",
          example.attainedText
            + (example.fault.map {
              " <span class=\"verdict \(example.outcome.rawValue)\">\($0.htmlEscaped)</span>"
            } ?? ""),
          example.supremum.htmlName,
        ]
      }, commands: examples.map(\.command), label: "Attainment")
    return """
      <section id="attainment">
      <h2>Attainment</h2>
      <p class="note">How close the tightest known example brings each bound to equality: the gap \
      G between return and surrogate over the bound B, 1 at equality.</p>
      \(table)
      </section>
      """
  }
}
