/// A report as one page: opens from disk, fetches nothing from elsewhere, and needs JavaScript for the filters of
/// its large table alone.
///
/// Shows nothing that changes from run to run on one machine.
struct HTMLPage {
  private let report: SectionedReport
  private let sections: [ReportSection]

  init(_ report: SectionedReport) {
    self.report = report
    sections = report.shown(on: .page)
  }

  private var hasResults: Bool {
    sections.contains { section in
      section.blocks.shown(on: .page).contains { if case .results = $0 { true } else { false } }
    }
  }

  /// The page.
  var text: String {
    // Rows lie beside the page: a browser takes no hash for a file on disk.
    let scripts =
      hasResults ? "script-src 'unsafe-inline' 'self' file:" : "script-src 'unsafe-inline'"
    let data = hasResults ? "<script src=\"\(ResultTable.file)\"></script>\n" : ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; \(scripts); img-src data:">
      <title>\(report.title.htmlName): \(report.headline.htmlName)</title>
      <style>
      \(HTMLStyle.sheet)
      \(FigureStyle.styleSheet)
      </style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the report</a>
      <header>
      <p class="tool">\(report.title.htmlName)</p>
      <h1 class="\(report.worst.rawValue)">\(report.headline.htmlName)</h1>
      </header>
      \(contents)
      <main id="main">
      \(report.notices.map(notice).joined(separator: "\n"))
      <p class="opening">\(HTMLBlocks.text(report.opening))</p>
      \(sections.map(section).joined(separator: "\n"))
      </main>
      \(data)<script>
      \(HTMLScript.page)\(hasResults ? "\n" + HTMLScript.results : "")
      </script>
      </body>
      </html>

      """
  }

  /// Links to the sections.
  private var contents: String {
    let links = sections.map {
      "<li><a href=\"#\($0.id.htmlName)\">\($0.heading.htmlName)</a></li>"
    }
    return """
      <nav class="contents" aria-label="Contents">
      <ol>
      \(links.joined(separator: "\n"))
      </ol>
      </nav>
      """
  }

  private func notice(_ notice: SectionedReport.Notice) -> String {
    """
    <p class="banner\(notice.isFault ? " bad" : "")"><strong>\(notice.title.htmlName)</strong> \
    \(HTMLBlocks.text(notice.text))</p>
    """
  }

  private func section(_ section: ReportSection) -> String {
    let id = section.id.htmlName
    return """
      <section id="\(id)" aria-labelledby="\(id)-heading">
      <h2 id="\(id)-heading">\(section.heading.htmlName)</h2>
      \(HTMLBlocks.html(section.blocks.shown(on: .page)))
      </section>
      """
  }
}
