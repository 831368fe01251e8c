/// A section of a report.
package struct ReportSection: Sendable {
  /// Its anchor.
  package var id: String
  package var heading: String
  package var blocks: [ReportBlock]
  /// Where it is shown.
  package var media: [ReportMedium] = [.page, .summary, .terminal]

  package init(
    id: String? = nil, _ heading: String, _ blocks: [ReportBlock],
    on media: [ReportMedium] = [.page, .summary, .terminal]
  ) {
    self.id = id ?? heading.asIdentifier
    self.heading = heading
    self.blocks = blocks
    self.media = media
  }

  /// A table with what it means; titles of columns of numbers begin with `#`.
  package init(
    heading: String, text: String, columns: [String], rows: [[String]]
  ) {
    self.init(
      heading,
      [
        .paragraph(RichText(text)),
        .table(
          ReportTable(
            heading, columns.map { .init($0) }, rows.map { .init($0.map { RichText($0) }) },
            limit: .max)),
      ])
  }

  /// Whether it is shown somewhere, with anything in it.
  func isShown(on medium: ReportMedium) -> Bool {
    media.contains(medium) && !blocks.shown(on: medium).isEmpty
  }
}

extension [ReportBlock] {
  /// The blocks for a medium.
  func shown(on medium: ReportMedium) -> [ReportBlock] {
    flatMap { block in
      guard case .only(let media, let blocks) = block else { return [block] }
      return media.contains(medium) ? blocks.shown(on: medium) : []
    }
  }
}

/// A chart and what it shows.
struct CaptionedChart {
  var chart: ChartFigure
  var caption: String
  /// Whether it is drawn over the whole width of a page.
  var isWide = false

  /// The chart, drawn.
  var figure: ReportBlock.CaptionedFigure {
    guard isWide else { return .init(chart.draw(), caption: caption) }
    var wide = chart
    wide.width = 860
    return .init(wide.draw(), caption: caption, narrow: chart.draw())
  }
}
