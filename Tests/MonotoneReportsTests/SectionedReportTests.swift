import Foundation
import MDPGuarantees
import Testing

@testable import MonotoneReports

/// One report, three renderings.
@Suite("Sectioned reports")
struct SectionedReportTests {
  private static func report(_ blocks: [ReportBlock]) -> SectionedReport {
    SectionedReport(
      title: "Title", headline: "violated: 1 of 2", worst: .violated, opening: "What was checked.",
      notices: [.init("Interrupted.", "Half is missing.")],
      sections: [
        ReportSection("First", blocks), ReportSection("Empty", []),
        ReportSection("Page alone", [.paragraph("wide")], on: [.page]),
      ])
  }

  private static let table = ReportTable(
    "Table", ["name", "#count"],
    [
      .init([.code("a|b"), "1"]),
      .init([.code("c") + .note("small print"), "2"], emphasis: .violated, command: "run c --all"),
      .init([.formula("η ≥ L"), "3"]),
    ], limit: 2)

  @Test("Every medium shows the same cells, and says what it leaves out")
  func cells() {
    let report = Self.report([.table(Self.table)])
    let (page, summary, terminal) = (
      HTMLPage(report).text, report.summary, report.terminalText
    )
    #expect(page.contains("<code>a|b</code>") && page.contains("<small>small print</small>"))
    #expect(page.contains("<tr class=\"violated above\">") && page.contains("<mi>η</mi>"))
    #expect(
      summary.contains("| `a\\|b` | 1 |  |") && summary.contains("| `c` | 2 | `run c --all` |"))
    #expect(terminal.contains("a|b") && terminal.contains("\n    run c --all\n"))
    for text in [summary, terminal] {
      #expect(text.contains("… and 1 more") && !text.contains("small print"))
      #expect(!text.contains("η ≥ L"))
    }
  }

  @Test("A count reads as a sentence: 1 holds, 8 hold")
  func counts() {
    for (count, words) in [(1, "  1 holds, 2 violated\n"), (8, "  8 hold, 2 violated\n")] {
      let tiles: [ReportBlock.Tile] = [
        .init("holds", count, plural: "hold", colour: .holds),
        .init("violated", 2, colour: .violated),
      ]
      #expect(Self.report([.tiles(tiles)]).terminalText.contains(words))
    }
  }

  @Test("Sections without content, or for another medium, are not there")
  func sections() {
    let report = Self.report([
      .only([.terminal], [.paragraph("slender")]), .facts([.init("a long name", "value")]),
    ])
    let page = PageReading(report)
    #expect(page.text.contains("wide") && !page.text.contains("slender"))
    #expect(!page.text.contains(">Empty<") && !report.summary.contains("## Empty"))
    #expect(report.terminalText.contains("slender") && !report.terminalText.contains("wide"))
    #expect(report.terminalText.contains("  a long name  value\n"))
    #expect(report.terminalText.hasPrefix("violated: 1 of 2\nInterrupted. Half is missing.\n"))
  }

  @Test(
    "Contents lead to every section, anchors are there once, and tables have heads with a scope")
  func structure() throws {
    for verification in [try Fixtures.small(), try Fixtures.withRules()] {
      let page = PageReading(verification)
      let ids = page.values(of: "id")
      #expect(Set(ids).count == ids.count)
      let links = page.values(of: "href").filter { $0.hasPrefix("#") }.map {
        String($0.dropFirst())
      }
      #expect(links.count > 6 && links.allSatisfy(ids.contains))
      let sections = page.text.components(separatedBy: "<section id=\"").dropFirst()
        .compactMap { $0.components(separatedBy: "\"").first }
      #expect(sections.allSatisfy(links.contains))
      #expect(
        page.text.components(separatedBy: "<th ").count
          == page.text.components(separatedBy: "<th scope=").count)
      #expect(!page.text.contains("<th>"))
      // What is folded is folded at first, and stays so on paper.
      #expect(page.text.contains("<details id=") && !page.text.contains("<details open"))
      #expect(
        page.text.contains("@media print") && page.text.contains("#results { display: none; }"))
    }
  }

  @Test("The opening says what was checked before any section")
  func opening() throws {
    let page = PageReading(try Fixtures.withRules()).text
    let opening = try #require(page.range(of: "class=\"opening\""))
    #expect(opening.lowerBound < (try #require(page.range(of: "<section"))).lowerBound)
    #expect(page.contains("2 claims on 3 updates and 21 rule steps of 2 models"))
    let order = [
      "verdicts", "looseness", "rules", "attainment", "counterexamples", "models", "claims",
      "results", "toolchain",
    ]
    let places = order.compactMap { page.range(of: "<section id=\"\($0)\"")?.lowerBound }
    #expect(places.count == order.count && places == places.sorted())
  }

  @Test("An update's results have one command between them")
  func commands() throws {
    let data = try ResultData(try Fixtures.large())
    #expect(data.updates.count < data.rows.count / 5)
    #expect(Set(data.rows.map(\.update)) == Set(data.updates.indices))
  }
}

/// Statements as MathML.
@Suite("Formulas")
struct FormulaTests {
  @Test("Letters, indices, powers and roots are typeset")
  func typeset() {
    #expect(
      FormulaMarkup.html("L_π(π) = η")
        == "<math><msub><mi>L</mi><mrow><mi>π</mi></mrow></msub><mrow>\(open)<mi>π</mi>\(close)</mrow>"
        + "<mo>=</mo><mi>η</mi></math>")
    #expect(
      FormulaMarkup.html("π̃").contains(
        "<mover accent=\"true\"><mi>π</mi><mo>~</mo></mover>"))
    #expect(
      FormulaMarkup.html("√(1 − e^−x)").contains(
        "<msqrt><mn>1</mn><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>x</mi></mrow></msup></msqrt>"
      ))
    #expect(FormulaMarkup.html("(1−γ)²").hasSuffix("</mrow><mrow><mn>2</mn></mrow></msup></math>"))
    #expect(
      FormulaMarkup.html("ε_max").contains("<msub><mi>ε</mi><mrow><mi>max</mi></mrow></msub>"))
    #expect(FormulaMarkup.html("E_{s~d_π} K").contains("<mo>~</mo><msub><mi>d</mi>"))
  }

  @Test("Words stay words")
  func words() {
    let html = FormulaMarkup.html("TV(s)² ≤ KL(s)/2 in each state, toward a policy π'")
    #expect(html.contains(" in each state"))
    #expect(html.contains("toward a policy <math><msup><mi>π</mi>"))
    #expect(!html.contains("<mi>in</mi>") && !html.contains("<mi>a</mi>"))
  }

  @Test("Whatever the text, the markup is well formed and loses no letter")
  func wellFormed() throws {
    let statements =
      ClaimCatalogue.all.map(\.statement) + FalseVariantCatalogue.all.map(\.statement) + [
        "", "(", ")", "_", "^", "a_", "x^{", "√", "√(", "}", "{_", "|", "'", "² ²", "<b>&\"",
        "((((", "a_{b_{c", ExporterTests.hostile,
      ]
    for statement in statements {
      let html = FormulaMarkup.html(statement)
      let elements = try XMLReading.read(Data("<p>\(html)</p>".utf8))
      #expect(!elements.contains { $0.name == "script" || $0.name == "b" })
      let letters = statement.displayable.filter { $0.isASCII && $0.isLetter }
      let shown = elements.map(\.text).joined()
      #expect(letters.allSatisfy(shown.contains), "\(statement)")
    }
  }

  private let open = "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">(</mo>"
  private let close = "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">)</mo>"
}
