internal import Arithmetic
internal import Foundation
internal import Guarantees

extension HTMLReport {
  /// The table of all results: its data as JSON in the page, its rows made on demand.
  ///
  /// Thousands of rows as HTML would weigh more than the rest of the page together, and most of
  /// their text would be the same commands again.
  func table() throws(UnencodableResult) -> String {
    let columns = [
      ("model", ""), ("update", ""), ("claim", ""), ("verdict", ""), ("margin", "number"),
      ("looseness", "number"), ("lower bound", "number"), ("witness", ""),
    ]
    let heads = columns.enumerated().map { index, column in
      """
      <th class="\(column.1)"><button type="button" data-column="\(index)">\(column.0)</button></th>
      """
    }
    return """
      <section id="results">
      <h2>All results</h2>
      \(ruleStepsNote)
      <noscript><p class="banner">This table needs JavaScript to filter and sort. Without it, see \
      the sections above and below, <code>summary.md</code> or <code>verification.json</code>.</p>
      </noscript>
      <form class="filters" hidden>
      <label>Search <input type="search" name="text" placeholder="any text"></label>
      <label>Model <select name="model"><option value="">all</option>\
      \(options(verification.models.map(\.model.name)))</select></label>
      <label>Claim <select name="claim"><option value="">all</option>\
      \(options(summaries.map(\.claim.id)))</select></label>
      <label>Verdict <select name="verdict"><option value="">all</option>\
      \(options(counts.listed.map(\.words)))</select></label>
      <output></output>
      </form>
      <div class="scroll results" tabindex="0" role="region" aria-label="All results" hidden>
      <table><thead><tr>\(heads.joined())</tr></thead><tbody></tbody></table></div>
      <p class="more" hidden><button type="button" data-more="200">Show 200 more</button>
      <button type="button" data-more="all">Show all</button></p>
      <script type="application/json" id="data">\(try data())</script>
      <script>
      \(Self.script)
      </script>
      </section>
      """
  }

  private func options(_ names: [String]) -> String {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
      .map { "<option value=\"\($0.htmlName)\">\($0.htmlName)</option>" }.joined()
  }

  /// Names once, rows by index: `[update, claim, verdict, margin, looseness, bound, witness, why]`.
  private struct TableData: Encodable {
    var claims: [String]
    var verdicts: [[String]]
    var updates: [[String]]
    var rows: [[String]]
  }

  private func data() throws(UnencodableResult) -> String {
    let claimIndex = Dictionary(
      uniqueKeysWithValues: summaries.enumerated().map { ($1.claim.id, $0) })
    var updates: [[String]] = []
    var places: [Int: Int] = [:]
    for row in rows where places[row.updateIndex] == nil {
      places[row.updateIndex] = updates.count
      updates.append([row.model.displayable, row.update.displayable, row.command])
    }
    let verdictIndex = Dictionary(
      uniqueKeysWithValues: counts.listed.enumerated().map { ($1, $0) })
    let data = TableData(
      claims: summaries.map(\.claim.id.displayable),
      verdicts: counts.listed.map { [$0.rawValue, $0.words] }, updates: updates,
      rows: rows.map { row in
        let result = row.result
        return [
          String(places[row.updateIndex] ?? 0), String(claimIndex[result.id] ?? 0),
          String(verdictIndex[result.verdict] ?? 0), result.marginText, result.loosenessText,
          result.lowerBoundText, result.witnessText.displayable,
          result.assumption?.displayable ?? "",
        ]
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      // Within a script element only "<" could end it.
      return String(decoding: try encoder.encode(data), as: UTF8.self)
        .replacingOccurrences(of: "<", with: "\\u003c")
    } catch {
      throw UnencodableResult(reason: "the table of the page")
    }
  }
}
