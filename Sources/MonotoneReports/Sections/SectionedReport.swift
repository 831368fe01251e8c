package import MDPGuarantees

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A report: written once from sections, shown as a page, as Markdown and on a terminal.
package struct SectionedReport: Sendable {
  /// The kind of the report, and its subject.
  package var title: String
  /// The result in a line.
  package var headline: String
  /// How strong that is, for a terminal.
  package var qualifier: String?
  /// The worst of it.
  package var worst: Verdict
  /// A paragraph on the subject of the report and the meaning of its verdicts.
  package var opening: RichText
  /// Notices that a reader needs before any number.
  package var notices: [Notice]
  package var sections: [ReportSection]

  /// A remark before everything else.
  package struct Notice: Sendable {
    /// The notice in a word or two.
    package var title: String
    package var text: RichText
    /// Whether something is wrong, rather than to be kept in mind.
    package var isFault: Bool

    package init(_ title: String, _ text: RichText, isFault: Bool = true) {
      self.title = title
      self.text = text
      self.isFault = isFault
    }
  }

  package init(
    title: String, headline: String, qualifier: String? = nil, worst: Verdict,
    opening: RichText, notices: [Notice] = [], sections: [ReportSection]
  ) {
    self.title = title
    self.headline = headline
    self.qualifier = qualifier
    self.worst = worst
    self.opening = opening
    self.notices = notices
    self.sections = sections
  }

  /// The sections that a medium shows.
  func shown(on medium: ReportMedium) -> [ReportSection] {
    sections.filter { $0.isShown(on: medium) }
  }

  /// `index.html` with the rows of its large table beside it, `summary.md` and `figures/*.svg`.
  func files() throws(UnencodableResult) -> [ReportFile] {
    let blocks = shown(on: .page).flatMap { $0.blocks.shown(on: .page) }
    var files = [
      ReportFile(name: "index.html", data: Data(HTMLPage(self).text.utf8)),
      ReportFile(name: "summary.md", data: Data(MarkdownSummary(self).text.utf8)),
    ]
    for table in blocks.results {
      files.append(ReportFile(name: ResultTable.file, data: Data(try table.script().utf8)))
    }
    return files
      + blocks.figures.map {
        ReportFile(name: "figures/\($0.figure.name).svg", data: Data($0.figure.file.utf8))
      }
  }

  /// Writes the result itself and ``files()``: all or none.
  ///
  /// - Parameters:
  ///   - result: What the report is of: the truth, as JSON.
  ///   - name: The file that holds it.
  ///   - more: What else belongs to it, such as JUnit XML.
  ///   - directory: The folder, made if it does not exist.
  /// - Throws: ``ReportFailure``; then no file was written.
  /// - Returns: The files, in the order in which a reader wants them.
  @discardableResult package func write(
    _ result: some Encodable, named name: String, _ more: [ReportFile] = [], to directory: String
  ) throws(ReportFailure) -> [String] {
    var files = try ReportFailure.encoding { () throws(UnencodableResult) -> [ReportFile] in
      var files = try self.files()
      files.insert(ReportFile(name: name, data: try ResultJSON.encode(result)), at: 1)
      return files
    }
    files += more
    try files.write(to: directory)
    return files.map { "\(directory)/\($0.name)" }
  }

  /// The report in Markdown.
  package var summary: String { MarkdownSummary(self).text }

  /// The report for a terminal.
  package var terminalText: String { TerminalText(self).text }
}

extension [ReportBlock] {
  /// All figures, folded ones too.
  var figures: [ReportBlock.CaptionedFigure] {
    shown(on: .page).flatMap { block -> [ReportBlock.CaptionedFigure] in
      switch block {
      case .figures(let figures): figures
      case .folded(let folded): folded.blocks.figures
      default: []
      }
    }
  }

  /// The large tables, of which a report has one at most.
  fileprivate var results: [ResultTable] {
    compactMap { block in
      guard case .results(let table) = block else { return nil }
      return table
    }
  }
}
