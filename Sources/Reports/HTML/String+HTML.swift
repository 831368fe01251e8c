internal import Guarantees

extension String {
  /// The string as HTML text or attribute value, exactly.
  var htmlEscaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\0": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A name as HTML: escaped, and with control characters written out.
  var htmlName: String { displayable.htmlEscaped }
}

/// Pieces of HTML that several parts of the page use.
enum HTML {
  /// A command, to be copied with a click; it breaks before options rather than within words.
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

  /// A verdict in its colour.
  static func verdict(_ verdict: Verdict?) -> String {
    guard let verdict else { return "–" }
    return "<span class=\"verdict \(verdict.rawValue)\">\(verdict.words)</span>"
  }

  /// A table in a box that scrolls by itself when the page is narrow.
  ///
  /// - Parameters:
  ///   - columns: Titles; one that starts with `#` heads a column of numbers, `update` a wide one.
  ///   - rows: Cells that are HTML already.
  ///   - commands: What reproduces each row, shown below it; empty where nothing does.
  static func table(
    _ columns: [String], _ rows: [[String]], commands: [String] = [], label: String
  ) -> String {
    let isNumber = columns.map { $0.hasPrefix("#") }
    let heads = columns.map { title in
      title.hasPrefix("#")
        ? "<th class=\"number\">\(title.dropFirst())</th>" : "<th>\(title)</th>"
    }
    let body = rows.enumerated().map { number, row in
      let cells = row.enumerated().map { index, cell in
        isNumber[index]
          ? "<td class=\"number\">\(cell)</td>"
          : columns[index] == "update" ? "<td class=\"update\">\(cell)</td>" : "<td>\(cell)</td>"
      }
      guard !commands.isEmpty else { return "<tr>\(cells.joined())</tr>" }
      return """
        <tr class="above">\(cells.joined())</tr>
        <tr><td colspan="\(columns.count)">\(command(commands[number]))</td></tr>
        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(label.htmlEscaped)">
      <table><thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody></table></div>
      """
  }
}
