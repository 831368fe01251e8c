internal import Foundation

/// A comparison as one page: opens from disk, needs no network and no JavaScript.
struct ComparisonPage {
  private let document: ComparisonDocument
  private let figures: ComparisonFigures
  private let tables: ComparisonTables

  init(_ document: ComparisonDocument, _ figures: ComparisonFigures) {
    self.document = document
    self.figures = figures
    tables = ComparisonTables(document: document)
  }

  /// The bytes of the page.
  func render() -> Data {
    let worst = document.summary.worst
    let facts = tables.facts.map {
      "<div><dt>\($0.name.htmlEscaped)</dt><dd>\($0.value.htmlName)</dd></div>"
    }
    let drawings = figures.all.map {
      "<figure>\($0.figure.inline)<figcaption>\($0.caption.htmlEscaped)</figcaption></figure>"
    }
    let page = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; img-src data:">
      <title>Monotone: \(document.mdp.name.htmlName), sampled against exact</title>
      <style>
      \(HTMLReport.styleSheet)
      \(FigureStyle.styleSheet)
      </style>
      </head>
      <body>
      <header>
      <p class="tool">Monotone: sampled against exact, \(document.mdp.name.htmlName)</p>
      <h1 class="\(worst.rawValue)">\(tables.headline.htmlEscaped)</h1>
      </header>
      <main>
      \(document.interrupted ? "<p class=\"banner bad\"><strong>Interrupted.</strong> Updates are missing.</p>" : "")
      <section aria-label="Overview">
      <dl class="facts">
      \(facts.joined(separator: "\n"))
      </dl>
      </section>
      <section>
      <h2>Figures</h2>
      <div class="curves">
      \(drawings.joined(separator: "\n"))
      </div>
      </section>
      <section>
      <h2>Updates</h2>
      <p>\(ComparisonTables.meaning.htmlEscaped)</p>
      \(table(ComparisonTables.ledgerColumns, tables.ledger, label: "Updates"))
      </section>
      \(errors)
      \(sweep)
      </main>
      </body>
      </html>

      """
    return Data(page.utf8)
  }

  private var errors: String {
    guard !tables.errors.isEmpty else { return "" }
    return """
      <section>
      <h2>Noise and bias</h2>
      <p>\(ComparisonTables.errorMeaning.htmlEscaped)</p>
      \(table(ComparisonTables.errorColumns, tables.errors, label: "Noise and bias"))
      </section>
      """
  }

  private var sweep: String {
    guard let sweep = document.sweep else { return "" }
    return """
      <section>
      <h2>Error against the number of trajectories</h2>
      <p>At the policy after \(document.sweepIteration ?? 0) updates, trajectories of at most \
      \(sweep.horizon) steps, \(sweep.repeats) estimates of each size. The slope's interval is one of \
      95 %. The tests for mean zero call a right estimator biased with probability at most \
      \(NumberFormat.text(sweep.falseAlarm)) in all; those of ratios are of their numerators. \
      Not applicable: more than a hundredth of what is estimated hangs on actions that all samples \
      together show fewer than 30 times.</p>
      \(table(ComparisonTables.sweepColumns, tables.sweep, label: "Estimators"))
      </section>
      """
  }

  private func table(_ columns: [String], _ rows: [[String]], label: String) -> String {
    HTML.table(columns, rows.map { $0.map(\.htmlName) }, label: label)
  }
}
