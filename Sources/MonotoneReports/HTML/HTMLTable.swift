/// The tables of a report as HTML.
enum HTMLTable {
  /// A table in a box that scrolls by itself when the page is narrow.
  static func html(_ table: ReportTable) -> String {
    let heads = table.columns.map { column in
      "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")>\(column.title.htmlName)</th>"
    }
    // The first column of words names the row.
    let naming = table.columns.firstIndex { !$0.isNumber } ?? 0
    let body = table.rows.map { row in
      let cells = row.cells.enumerated().map { index, cell in
        let kind = table.columns[index].isNumber ? " class=\"number\"" : ""
        return index == naming
          ? "<th scope=\"row\"\(kind)>\(HTMLBlocks.text(cell))</th>"
          : "<td\(kind)>\(HTMLBlocks.text(cell))</td>"
      }
      let classes = [row.emphasis?.rawValue, row.command.map { _ in "above" }].compactMap(\.self)
      let kind = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
      let line = "<tr\(kind)>\(cells.joined())</tr>"
      guard let command = row.command else { return line }
      return """
        \(line)
        <tr class="below"><td colspan="\(table.columns.count)">\(HTMLBlocks.command(command))</td></tr>
        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(table.label.htmlName)">
      <table><thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  /// The frame of the table of all results, which a script fills.
  static func html(_ table: ResultTable) -> String {
    let columns = [
      "verdict", "claim", "model", "update", "margin", "looseness", "lower bound", "witness",
    ]
    let heads = columns.enumerated().map { index, title in
      """
      <th scope="col" class="c\(index)"><button type="button" data-column="\(index)">\(title)</button></th>
      """
    }
    return """
      <noscript><p class="banner">This table needs JavaScript. Without it, see the other sections, \
      <code>summary.md</code> or <code>verification.json</code>.</p></noscript>
      <p class="banner bad missing" hidden><strong>No rows.</strong> <code>\(ResultTable.file)</code>, \
      which holds them, does not lie beside this page.</p>
      <form class="filters" hidden>
      <label>Search <input type="search" name="text" placeholder="any text"></label>
      \(choice("Model", "model", table.models))
      \(choice("Claim", "claim", table.claims))
      \(choice("Verdict", "verdict", table.verdicts.map(\.words)))
      <button type="reset">Reset</button>
      <output aria-live="polite"></output>
      </form>
      <div class="rows" tabindex="0" role="region" aria-label="All results" hidden>
      <table><thead><tr>\(heads.joined())</tr></thead><tbody></tbody></table></div>
      <div class="detail" role="region" aria-label="The chosen result" hidden></div>
      """
  }

  private static func choice(_ title: String, _ name: String, _ values: [String]) -> String {
    let options = values.map { "<option value=\"\($0.htmlName)\">\($0.htmlName)</option>" }
    return """
      <label>\(title) <select name="\(name)"><option value="">all</option>\
      \(options.joined())</select></label>
      """
  }
}
