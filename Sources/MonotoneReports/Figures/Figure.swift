/// A drawn figure: a file that stands alone, and the same drawing to be set into a page.
package struct Figure {
  /// The file's name without its ending.
  package var name: String
  /// The SVG file: with its title, and colours for light and dark surroundings.
  package var file: String
  /// The SVG element for a page that shows the title itself.
  package var inline: String
}

extension Figure {
  /// The figure of a plot.
  ///
  /// - Parameters:
  ///   - title: What the figure is of: a claim's identifier, a model's name.
  ///   - subtitle: Lines below the title: a statement, a caption.
  init(_ plot: Plot, name: String, title: String, subtitle: [String]) {
    let drawing = PlotDrawing(plot)
    let body = drawing.elements.joined(separator: "\n")
    let (width, height) = (SVG.number(plot.width), SVG.number(drawing.height))
    let label = ([title] + subtitle).joined(separator: ": ").displayable.xmlEscaped
    let head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"\(label)\" "
      + "font-family=\"\(FigureStyle.fonts)\" font-size=\"12\" fill=\"currentColor\""
    let shown = Self.titles(title, subtitle)
    let titleHeight = 34 + 17 * subtitle.count
    self.name = name
    inline = "\(head) viewBox=\"0 0 \(width) \(height)\">\n\(body)\n</svg>"
    file = """
      <?xml version="1.0" encoding="UTF-8"?>
      \(head) viewBox="0 \(-titleHeight) \(width) \(SVG.number(drawing.height + Double(titleHeight)))" \
      width="\(width)" height="\(SVG.number(drawing.height + Double(titleHeight)))" class="figure">
      <style>
      .figure{color:\(FigureStyle.ink.light);background:#fff}
      @media (prefers-color-scheme:dark){.figure{color:\(FigureStyle.ink.dark);background:#15181c}}
      \(FigureStyle.styleSheet(plot.categories))
      </style>
      \(shown.joined(separator: "\n"))
      \(body)
      </svg>

      """
  }

  private static func titles(_ title: String, _ subtitle: [String]) -> [String] {
    let top = -34.0 - 17 * Double(subtitle.count)
    return [SVG.text(title, x: 14, y: top + 24, size: 15, isBold: true)]
      + subtitle.enumerated().map { index, line in
        SVG.text(line, x: 14, y: top + 44 + 17 * Double(index), size: 13)
      }
  }
}

extension String {
  /// The words of the string in lines of at most some columns; a longer word has its own.
  func wrapped(_ columns: Int) -> [String] {
    var lines: [String] = []
    for word in displayable.split(separator: " ") {
      if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= columns {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
