internal import Foundation
internal import Guarantees

/// A report of facts, charts and tables, as a page and as a summary: opens from disk, needs no network and
/// no JavaScript.
struct SectionedReport {
  /// A fact with its name.
  struct Fact {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What kind of report it is, and of what.
  var title: String
  /// What came of it, in a sentence.
  var headline: String
  /// The worst of it.
  var worst: Verdict
  /// What is missing because the run was stopped; nil if it was not.
  var interruption: String?
  var facts: [Fact]
  var charts: [CaptionedChart]
  var sections: [ReportSection]

  /// Writes the result itself, `index.html`, `summary.md` and `figures/*.svg`: all or none.
  ///
  /// - Parameters:
  ///   - result: What the report is of: the truth, as JSON.
  ///   - name: The file that holds it.
  ///   - directory: The folder, made if it does not exist.
  /// - Throws: ``ReportFailure``; then no file was written.
  func write(
    _ result: some Encodable, named name: String, _ gnuplot: Gnuplot, to directory: String
  ) throws(ReportFailure) {
    try ReportFailure.rendering {
      let drawn = try charts.map {
        Drawing(figure: try $0.chart.draw(gnuplot), caption: $0.caption)
      }
      return [
        ReportFile(name: "index.html", data: Data(page(drawn).utf8)),
        ReportFile(name: name, data: try ResultJSON.encode(result)),
        ReportFile(name: "summary.md", data: Data(summary.utf8)),
      ]
        + drawn.map {
          ReportFile(name: "figures/\($0.figure.name).svg", data: Data($0.figure.file.utf8))
        }
    }.write(to: directory)
  }

  private struct Drawing {
    var figure: Figure
    var caption: String
  }

  private func page(_ drawings: [Drawing]) -> String {
    let facts = facts.map {
      "<div><dt>\($0.name.htmlEscaped)</dt><dd>\($0.value.htmlName)</dd></div>"
    }
    let figures = drawings.map {
      "<figure>\($0.figure.inline)<figcaption>\($0.caption.htmlEscaped)</figcaption></figure>"
    }
    let banner = interruption.map {
      "<p class=\"banner bad\"><strong>Interrupted.</strong> \($0.htmlEscaped)</p>"
    }
    return HTML.page(
      title: title.htmlName,
      """
      <header>
      <p class="tool">\(title.htmlName)</p>
      <h1 class="\(worst.rawValue)">\(headline.htmlEscaped)</h1>
      </header>
      <main>
      \(banner ?? "")
      <section aria-label="Overview">
      <dl class="facts">
      \(facts.joined(separator: "\n"))
      </dl>
      </section>
      <section>
      <h2>Figures</h2>
      <div class="curves">
      \(figures.joined(separator: "\n"))
      </div>
      </section>
      \(sections.map(\.html).joined(separator: "\n"))
      </main>
      """)
  }

  private var summary: String {
    var lines = ["# \(title.displayable)", "", headline, ""]
    lines += facts.map { "- \($0.name): \($0.value.displayable)" }
    if let interruption { lines += ["", "Interrupted. \(interruption)"] }
    for section in sections { lines += [""] + section.markdown }
    return lines.joined(separator: "\n") + "\n"
  }
}
