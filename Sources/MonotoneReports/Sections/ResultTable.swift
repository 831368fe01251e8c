internal import MDPGuarantees

/// Every result of a run, for a page that makes rows as they come into view.
///
/// Its data stands in a file beside the page: thousands of rows as HTML would weigh more than the rest of the page
/// together. A script, since a page opened from disk may load one but not read other files.
package struct ResultTable: Sendable {
  /// An update with the command that shows it again.
  struct Update: Sendable, Encodable {
    var model: String
    var name: String
    var command: String

    /// As `[model, name, command]`.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      for text in [model, name, command] { try container.encode(text) }
    }
  }

  /// A claim on an update.
  struct Row: Sendable, Encodable {
    var update: Int
    var claim: Int
    var verdict: Int
    /// Margin, looseness, lower bound, witness, and why there is no verdict.
    var texts: [String]

    /// As `[update, claim, verdict, text, …]`, without empty texts at the end.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      for index in [update, claim, verdict] { try container.encode(index) }
      for text in texts.prefix(texts.last?.isEmpty == true ? texts.count - 1 : texts.count) {
        try container.encode(text)
      }
    }
  }

  /// The file that holds the data.
  static let file = "results.js"

  var models: [String]
  var claims: [String]
  var verdicts: [Verdict]
  var updates: [Update]
  var rows: [Row]

  private struct Document: Encodable {
    var claims: [String]
    var verdicts: [[String]]
    var updates: [Update]
    var rows: [Row]
  }

  /// The script that gives the page its rows.
  func script() throws(UnencodableResult) -> String {
    let document = Document(
      claims: claims, verdicts: verdicts.map { [$0.rawValue, $0.words] }, updates: updates,
      rows: rows)
    return "window.monotoneResults = " + (try ResultJSON.line(document))
  }
}
