internal import Arithmetic
public import Falsification
internal import Files

/// Writes what searches attained of the bounds as JSON, Markdown and a figure.
public struct LadderReport {
  private let gnuplot: Gnuplot

  public init(gnuplot: Gnuplot) { self.gnuplot = gnuplot }

  /// The report in Markdown.
  public static func text(_ result: LadderResult) -> String { markdown(result) }

  /// Writes all files of the report, or none.
  public func write(_ result: LadderResult, to folder: String) throws(ReportFailure) {
    let figure: String
    do throws(FigureFailure) {
      figure = try AttainedFigure.svg(
        result.bounds.map { .init(name: $0.id, attained: $0.attained) }, gnuplot: gnuplot)
    } catch {
      throw .figure(error)
    }
    let json: [UInt8]
    do throws(UnencodableResult) { json = Array(try ResultJSON.encode(result)) } catch {
      throw .encoding(error)
    }
    let files = [
      "ladder.json": json, "summary.md": Array(Self.markdown(result).utf8),
      "attained.svg": Array(figure.utf8),
    ]
    var set = AtomicFileSet(makesFolders: true)
    do throws(UnwritableOutput) {
      for (name, bytes) in files { try set.prepare(bytes, at: "\(folder)/\(name)") }
      try set.commit()
    } catch {
      set.discard()
      throw .output(error)
    }
  }

  private static func markdown(_ document: LadderResult) -> String {
    func four(_ value: Double) -> String { NumberFormat.text(value, digits: 4) }
    var lines = [
      "# What searches attain of the bounds", "",
      "Seed \(document.seed), \(document.budget) updates a search. The attained share is |η(π̃) − L|/B of "
        + "the worst update found, in rational arithmetic; the constant needed is that share of the "
        + "theorem's leading constant. A search that stops short of 1 proves nothing; one that "
        + "passed 1 would refute the bound.", "", "![Attained shares](attained.svg)", "",
      "| bound | attained | theorem's constant | constant needed | states |",
      "|---|---|---|---|---|",
    ]
    for bound in document.bounds {
      lines.append(
        "| `\(bound.id)` | \(four(bound.attained)) | \(four(bound.constant)) | "
          + "\(four(bound.needed)) | \(bound.states) |")
    }
    lines += [
      "", "## False variants", "",
      "Each was searched for, proved wrong in rational arithmetic, and shrunk.", "",
      "| variant | claim | refuted | states | actions | margin |", "|---|---|---|---|---|---|",
    ]
    for refuted in document.refutations {
      lines.append(
        "| `\(refuted.id)` | \(refuted.statement.replacingOccurrences(of: "|", with: "\\|")) | "
          + "\(refuted.isRefuted ? "yes" : "no") | \(refuted.states.map(String.init) ?? "–") | "
          + "\(refuted.actions.map(String.init) ?? "–") | \(refuted.margin.map(four) ?? "–") |")
    }
    let commands = document.refutations.compactMap(\.command)
    if !commands.isEmpty { lines += ["", "To reproduce:", "", "```"] + commands + ["```"] }
    return lines.joined(separator: "\n") + "\n"
  }
}
