package import MDPGuarantees

/// Where a part of a report is shown.
package enum ReportMedium: Sendable {
  case page, summary, terminal
}

/// A part of a section.
package indirect enum ReportBlock: Sendable {
  case paragraph(RichText)
  /// Names with their values.
  case facts([Fact])
  /// Counts in large letters.
  case tiles([Tile])
  case table(ReportTable)
  case figures([CaptionedFigure])
  /// A heading with what belongs to it, folded until a reader opens it; for pages alone.
  case folded(Folded)
  /// Every result with filters and sorting; for pages alone.
  case results(ResultTable)
  /// Lines as they are.
  case listing([String])
  /// Commands, one a line.
  case commands([String])
  /// Blocks for some media alone.
  case only([ReportMedium], [ReportBlock])

  /// A name with its value.
  package struct Fact: Sendable {
    package var name: String
    package var value: RichText

    package init(_ name: String, _ value: RichText) {
      self.name = name
      self.value = value
    }

    package init(_ name: String, _ value: String) { self.init(name, RichText(value)) }
  }

  /// A count with what is counted, in the colour of a verdict where it is not 0.
  package struct Tile: Sendable {
    package var name: String
    package var count: Int
    package var colour: Verdict?
    /// The name after other counts than 1, where that is another: 8 hold.
    private var plural: String?

    package init(_ name: String, _ count: Int, plural: String? = nil, colour: Verdict?) {
      self.name = name
      self.count = count
      self.plural = plural
      self.colour = colour
    }

    /// The noun after the count in a sentence.
    var noun: String { count == 1 ? name : plural ?? name }
  }

  /// A figure and what it shows.
  package struct CaptionedFigure: Sendable {
    var figure: Figure
    var caption: String
    /// The figure for narrow screens; nil where one drawing does for all.
    var narrow: Figure?

    package init(_ figure: Figure, caption: String, narrow: Figure? = nil) {
      self.figure = figure
      self.caption = caption
      self.narrow = narrow
    }
  }

  /// A part of the page that is collapsed at first.
  package struct Folded: Sendable {
    var id: String
    var title: RichText
    var summary: RichText
    var blocks: [ReportBlock]
  }
}
