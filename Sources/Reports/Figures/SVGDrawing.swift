internal import Foundation

/// Turns what gnuplot draws into SVG that fits a page: scalable, in the page's colours, with ids
/// of its own, the same bytes whatever the machine.
struct SVGDrawing {
  /// The figure's name.
  var name: String
  /// Its title: the claim's identifier.
  var title: String
  /// Lines below the title: the statement.
  var subtitle: [String]
  /// The height of the drawing below the title.
  var height: Int
  /// What each plotted series is, for tooltips, in the order of the script; empty where all are one
  /// thing.
  var series: [String] = []

  /// The figure of gnuplot's output.
  func figure(_ output: String) -> Figure {
    let drawing = body(output)
    let label = ([title] + subtitle).joined(separator: ": ").xmlEscaped
    let width = FigureStyle.width
    let head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
      + "role=\"img\" aria-label=\"\(label)\" "
      + "font-family=\"\(FigureStyle.font), Arial, sans-serif\""
    let inline = """
      \(head) viewBox=\"0 0 \(width) \(height)\">
      \(drawing)</svg>
      """
    let used = FigureStyle.categories.filter { drawing.contains("class='\($0.name)'") }
    let titleHeight = 34 + 17 * subtitle.count
    let file = """
      <?xml version=\"1.0\" encoding=\"UTF-8\"?>
      \(head) viewBox=\"0 \(-titleHeight) \(width) \(height + titleHeight)\" \
      width=\"\(width)\" height=\"\(height + titleHeight)\" class=\"figure\">
      <style>
      .figure{color:\(FigureStyle.ink);background:#fff}
      @media (prefers-color-scheme: dark) { .figure{color:#e6e8ea;background:#15181c} }
      \(FigureStyle.styleSheet(used))
      </style>
      \(titleText(top: -titleHeight))\(drawing)</svg>

      """
    return Figure(name: name, file: file, inline: inline)
  }

  private func titleText(top: Int) -> String {
    let ink = "fill=\"currentColor\""
    var lines = [
      "<text x=\"14\" y=\"\(top + 24)\" font-size=\"15\" font-weight=\"bold\" \(ink)>"
        + "\(title.displayable.xmlEscaped)</text>\n"
    ]
    for (index, line) in subtitle.enumerated() {
      lines.append(
        "<text x=\"14\" y=\"\(top + 44 + 17 * index)\" font-size=\"13\" \(ink)>"
          + "\(line.displayable.xmlEscaped)</text>\n")
    }
    return lines.joined()
  }

  /// The canvas without gnuplot's head, titles and background, and without what draws nothing.
  private func body(_ output: String) -> String {
    var text = output
    for (old, new) in replacements { text = text.replacingOccurrences(of: old, with: new) }
    var lines: [Substring] = []
    // The opening lines of the groups of one style, the last of them that of the present style.
    var styles: [Substring] = []
    var seriesCount = 0
    var isDrawing = false
    for line in text.split(separator: "\n") {
      if line.hasPrefix("<g id=") { isDrawing = true }
      if line.hasPrefix("</svg>") { isDrawing = false }
      guard isDrawing else { continue }
      if line.hasPrefix("<g fill=") {
        // gnuplot opens a group for every path, and again in the style that it has just closed.
        if lines.last == "</g>", styles.last == line {
          lines.removeLast()
        } else {
          lines.append(line)
          styles.append(line)
        }
      } else if line == "</g>", let last = lines.last, last.hasPrefix("<g fill=") {
        // Most groups draw nothing.
        lines.removeLast()
        styles.removeLast()
      } else if let title = line.firstRange(of: "<title>") {
        // gnuplot's titles of series are its own names.
        lines.append(line[..<title.lowerBound] + seriesTitle(seriesCount))
        seriesCount += 1
      } else if line.hasSuffix("/></g>") {
        lines += [line.dropLast(4), "</g>"]
      } else {
        lines.append(line)
      }
    }
    return SVGDefinitions.withoutUnused(lines).joined(separator: "\n") + "\n"
  }

  private func seriesTitle(_ index: Int) -> String {
    index < series.count ? "<title>\(series[index].displayable.xmlEscaped)</title>" : ""
  }

  /// Fixed colours give way to the page's, and ids to the figure's own.
  private var replacements: [(String, String)] {
    var replacements = [
      // gnuplot sets black, or what it drew in last, as the current colour of every group.
      (" color=\"black\"", ""), (" color=\"gray\"", ""), (" color=\"white\"", ""),
      (" color=\"#FFFFFF\"", ""),
      (" stroke='rgb( 27,  31,  36)' ", " "), (" class=\"gridline\"", ""),
      ("stroke=\"black\"", "stroke=\"currentColor\""),
      ("rgb( 27,  31,  36)", "currentColor"), ("rgb(27,31,36)", "currentColor"),
      ("stroke='rgb(139, 140, 141)'", "stroke='currentColor' stroke-opacity='0.14'"),
      ("fill=\"black\"", "fill=\"currentColor\""),
      // What the whole drawing has, or SVG by itself.
      (" font-family=\"\(FigureStyle.font)\"", ""),
      (" stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", ""),
      ("gnuplot_canvas", "\(name)-canvas"), ("gpDot", "\(name)-dot"), ("gpPt", "\(name)-pt"),
      ("id='textbox'", "id='\(name)-textbox'"), ("id='greybox'", "id='\(name)-greybox'"),
    ]
    for category in FigureStyle.categories {
      let rgb = [category.red, category.green, category.blue]
        .map { String(format: "%3d", $0) }.joined(separator: ", ")
      let look = "class='\(category.name)' color='\(category.colour)'"
      replacements.append(("stroke=\"rgb(\(rgb))\"", "stroke=\"currentColor\""))
      replacements.append(("stroke='rgb(\(rgb))'", "\(look) stroke='currentColor'"))
      replacements.append(("color='rgb(\(rgb))'", look))
    }
    return replacements
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
