internal import MonotoneArithmetic

/// The blocks of a report as HTML.
enum HTMLBlocks {
  static func html(_ blocks: [ReportBlock]) -> String {
    blocks.shown(on: .page).map(html).joined(separator: "\n")
  }

  private static func html(_ block: ReportBlock) -> String {
    switch block {
    case .paragraph(let text): "<p class=\"text\">\(Self.text(text))</p>"
    case .facts(let facts): self.facts(facts)
    case .tiles(let tiles): self.tiles(tiles)
    case .table(let table): HTMLTable.html(table)
    case .figures(let figures):
      "<div class=\"figures\">\n\(figures.map(figure).joined(separator: "\n"))\n</div>"
    case .folded(let folded): self.folded(folded)
    case .results(let table): HTMLTable.html(table)
    case .listing(let lines):
      "<pre>\(lines.map(\.htmlName).joined(separator: "\n"))</pre>"
    case .commands(let commands): commands.map { "<p>\(command($0))</p>" }.joined(separator: "\n")
    case .only(_, let blocks): html(blocks)
    }
  }

  private static func facts(_ facts: [ReportBlock.Fact]) -> String {
    let rows = facts.map { "<div><dt>\($0.name.htmlName)</dt><dd>\(text($0.value))</dd></div>" }
    return "<dl class=\"facts\">\n\(rows.joined(separator: "\n"))\n</dl>"
  }

  private static func tiles(_ tiles: [ReportBlock.Tile]) -> String {
    let boxes = tiles.map { tile in
      let colour = tile.count > 0 ? tile.colour.map { " \($0.rawValue)" } ?? "" : ""
      return "<div class=\"tile\(colour)\"><dt>\(tile.name.htmlName)</dt>"
        + "<dd>\(NumberFormat.count(tile.count))</dd></div>"
    }
    return "<dl class=\"tiles\">\n\(boxes.joined(separator: "\n"))\n</dl>"
  }

  private static func figure(_ figure: ReportBlock.CaptionedFigure) -> String {
    let drawing =
      figure.narrow.map {
        "<div class=\"wide\">\(figure.figure.inline)</div><div class=\"narrow\">\($0.inline)</div>"
      } ?? figure.figure.inline
    let isWide = figure.narrow != nil
    return "<figure\(isWide ? " class=\"large\"" : "")>\(drawing)"
      + "<figcaption>\(figure.caption.htmlName)</figcaption></figure>"
  }

  private static func folded(_ folded: ReportBlock.Folded) -> String {
    """
    <details id="\(folded.id.htmlName)">
    <summary><h3>\(text(folded.title))</h3> <span>\(text(folded.summary))</span></summary>
    <div class="inside">
    \(html(folded.blocks))
    </div>
    </details>
    """
  }

  /// A text with its parts.
  static func text(_ text: RichText) -> String {
    text.pieces.map { piece in
      switch piece {
      case .plain(let text): text.htmlName
      case .code(let text): "<code>\(text.htmlName)</code>"
      case .formula(let text): FormulaMarkup.html(text)
      case .strong(let text): "<strong>\(text.htmlName)</strong>"
      case .verdict(let verdict, let words):
        "<span class=\"verdict \(verdict.rawValue)\">\(words.htmlName)</span>"
      case .command(let text): command(text)
      case .link(let text, to: let id): "<a href=\"#\(id.htmlName)\">\(text.htmlName)</a>"
      case .note(let text): "<small>\(text.htmlName)</small>"
      }
    }.joined()
  }

  /// A command; it breaks before options rather than within words.
  static func command(_ text: String) -> String {
    var parts: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if parts.isEmpty || word.hasPrefix("--") {
        parts.append(String(word))
      } else {
        parts[parts.count - 1] += " " + word
      }
    }
    let spans = parts.map { "<span>\($0.htmlEscaped)</span>" }
    return "<code class=\"command\">\(spans.joined(separator: " "))</code>"
  }
}
