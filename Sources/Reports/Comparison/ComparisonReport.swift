internal import Foundation

/// Writes every file of a comparison: `comparison.json` (the truth), `index.html`, `summary.md` and
/// `figures/*.svg`, all or none.
public struct ComparisonReport: Sendable {
  private let gnuplot: Gnuplot

  public init(gnuplot: Gnuplot) { self.gnuplot = gnuplot }

  /// Writes the files into a folder, made if it does not exist.
  ///
  /// - Throws: ``ReportFailure``; then no file was written.
  public func write(
    _ document: ComparisonDocument, to directory: String
  ) throws(ReportFailure) {
    var files: [(name: String, data: Data)] = []
    do {
      let figures = try ComparisonFigures(document, gnuplot: gnuplot)
      files = [
        ("index.html", ComparisonPage(document, figures).render()),
        ("comparison.json", try ResultJSON.encode(document)),
        ("summary.md", Data(Self.summary(document).utf8)),
      ]
      for (figure, _) in figures.all {
        files.append(("figures/\(figure.name).svg", Data(figure.file.utf8)))
      }
    } catch let failure as FigureFailure {
      throw .figure(failure)
    } catch let failure as UnencodableResult {
      throw .encoding(failure)
    } catch {
      throw .encoding(UnencodableResult(reason: error.localizedDescription))
    }
    var set = AtomicFileSet(makesFolders: true)
    do throws(UnwritableOutput) {
      for file in files { try set.prepare(file.data, at: "\(directory)/\(file.name)") }
      try set.commit()
    } catch {
      set.discard()
      throw .output(error)
    }
  }

  /// The summary in Markdown.
  static func summary(_ document: ComparisonDocument) -> String {
    let tables = ComparisonTables(document: document)
    func table(_ columns: [String], _ rows: [[String]]) -> [String] {
      let heads = columns.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 }
      let rules = columns.map { $0.hasPrefix("#") ? "--:" : "---" }
      return ([heads, rules] + rows).map { cells in
        "| "
          + cells.map { $0.displayable.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
      }
    }
    var lines = [
      "# Sampled against exact: \(document.mdp.name.displayable)", "", tables.headline, "",
    ]
    lines += tables.facts.map { "- \($0.name): \($0.value.displayable)" }
    if document.interrupted { lines += ["", "Interrupted: updates are missing."] }
    lines += ["", "## Updates", ""] + table(ComparisonTables.ledgerColumns, tables.ledger)
    lines += ["", ComparisonTables.meaning]
    if !tables.errors.isEmpty {
      lines += ["", "## Noise and bias", ""]
      lines += table(ComparisonTables.errorColumns, tables.errors)
      lines += ["", ComparisonTables.errorMeaning]
    }
    if document.sweep != nil {
      lines += ["", "## Error against the number of trajectories", ""]
      lines += table(ComparisonTables.sweepColumns, tables.sweep)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
