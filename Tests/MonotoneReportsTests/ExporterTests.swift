import Foundation
import MDPVerification
import MonotoneArithmetic
import Testing

@testable import MonotoneReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a parser that shares nothing with the writer reads in XML.
final class XMLReading: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""
  }

  private(set) var elements: [Element] = []

  static func read(_ data: Data) throws -> [Element] {
    let reading = XMLReading()
    let parser = XMLParser(data: data)
    parser.delegate = reading
    // On some systems parse() is true of anything.
    let isWellFormed = parser.parse() && parser.parserError == nil
    #expect(isWellFormed, "\(String(describing: parser.parserError))")
    return reading.elements
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String]
  ) {
    elements.append(Element(name: elementName, attributes: attributeDict))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    elements[elements.count - 1].text += string
  }
}

@Suite("Exporters")
struct ExporterTests {
  static let hostile = "<script>window.pwned = 1</script> \"'&|`*_\n\u{1B}[0m\u{0}]]> 🤖 ../x"

  /// A verification in which everything that comes from files is hostile.
  static func hostileVerification() throws -> Verification {
    var verification = try Fixtures.small()
    for index in verification.models.indices {
      verification.models[index].file = hostile
      verification.models[index].model.name = hostile
      verification.models[index].description = hostile
      for update in verification.models[index].updates.indices {
        verification.models[index].updates[update].label = hostile
        verification.models[index].updates[update].command = "monotone check '\(hostile)'"
        for claim in verification.models[index].updates[update].check.claims.indices {
          verification.models[index].updates[update].check.claims[claim].id = hostile
          verification.models[index].updates[update].check.claims[claim].assumption = hostile
          verification.models[index].updates[update].check.claims[claim].witness?.state = hostile
        }
      }
    }
    for index in verification.refutations.indices {
      verification.refutations[index].name = hostile
      verification.refutations[index].description = hostile
      verification.refutations[index].model = hostile
    }
    for index in verification.attainments.indices {
      verification.attainments[index].name = hostile
      verification.attainments[index].description = hostile
      verification.attainments[index].supremum = hostile
      verification.attainments[index].model = hostile
      verification.attainments[index].command = "monotone check '\(hostile)'"
    }
    verification.claims = [
      ClaimDescription(id: hostile, kind: .aPriori, statement: hostile, source: hostile)
    ]
    return verification
  }

  @Test("JUnit counts what is there")
  func junit() throws {
    for verification in [try Fixtures.small(), try Fixtures.large()] {
      let elements = try XMLReading.read(JUnitXML.render(verification))
      let weak = verification.refutations.count { !$0.refutes }
      let total =
        verification.counts.total + verification.refutations.count
        + verification.attainments.count
      #expect(elements.count { $0.name == "testcase" } == total)
      #expect(elements.count { $0.name == "testsuite" } == verification.models.count + 2)
      #expect(elements.count { $0.name == "skipped" } == verification.counts.notApplicable)
      func failures(_ type: String) -> Int {
        elements.count { $0.name == "failure" && $0.attributes["type"] == type }
      }
      #expect(failures("violated") == verification.counts.violated)
      #expect(failures("undecided") == verification.counts.undecided)
      #expect(failures("notRefuted") == weak)
      #expect(failures("notAttained") == verification.attainments.count { $0.fault != nil })
      #expect(elements.count { $0.name == "error" } == 0)
      let root = try #require(elements.first)
      #expect(root.attributes["tests"] == String(total))
      #expect(root.attributes["failures"] == String(elements.count { $0.name == "failure" }))
      let suites = elements.filter { $0.name == "testsuite" }
      #expect(suites.compactMap { Int($0.attributes["tests"] ?? "") }.reduce(0, +) == total)
      #expect(elements.allSatisfy { $0.attributes["time"] == nil })
    }
  }

  @Test(
    "A consistent equality passes in JUnit with a property, and is counted wherever verdicts are")
  func consistent() throws {
    var verification = try Fixtures.small()
    #expect(!summary(verification).contains("consistent"))
    let reason = "not refuted within 1e-12; enclosures do not prove equalities"
    verification.models[0].updates[0].check.claims[0].verdict = .consistent
    verification.models[0].updates[0].check.claims[0].assumption = reason
    let elements = try XMLReading.read(JUnitXML.render(verification))
    let properties = elements.filter {
      $0.name == "property" && $0.attributes["name"] == "consistent"
    }
    #expect(properties.map { $0.attributes["value"] } == [reason])
    #expect(elements.count { $0.name == "failure" && $0.text.contains("not refuted") } == 0)
    #expect(verification.counts.consistent == 1)
    let page = summary(verification)
    #expect(page.contains("| holds | violated | undecided | consistent | not applicable |"))
    #expect(PageReading(verification).text.contains("tile consistent"))
  }

  @Test("An interrupted run cannot pass for a whole one")
  func interrupted() throws {
    var verification = try Fixtures.small()
    verification.interrupted = true
    let elements = try XMLReading.read(JUnitXML.render(verification))
    #expect(elements.first?.attributes["errors"] == "1")
    #expect(verification.terminalText.contains("Interrupted. Models are missing"))
    #expect(summary(verification).contains("> **Interrupted.**"))
    #expect(PageReading(verification).text.contains("<strong>Interrupted.</strong>"))
  }

  @Test("Hostile names come back from XML as they were, less what XML forbids")
  func hostileXML() throws {
    let elements = try XMLReading.read(JUnitXML.render(Self.hostileVerification()))
    let legal = Self.hostile.replacingOccurrences(of: "\u{1B}", with: "")
      .replacingOccurrences(of: "\u{0}", with: "")
    let suite = try #require(elements.first { $0.name == "testsuite" })
    #expect(suite.attributes["name"] == legal)
    let failure = try #require(elements.first { $0.name == "failure" })
    #expect(failure.text.contains("reproduce: monotone check '\(legal)'"))
  }

  @Test("Hostile names are text in Markdown, within their cell")
  func hostileMarkdown() throws {
    let markdown = summary(try Self.hostileVerification())
    #expect(!markdown.contains("\u{1B}"))
    // Outside code spans no tag is left.
    let outside = markdown.replacing(/(`+)[^`](?:.*?[^`])??\1(?!`)/, with: "")
    #expect(!outside.contains("<script"))
    for line in markdown.split(separator: "\n") where line.hasPrefix("|") {
      let header = ["| verdict", "| model", "| claim", "| false", "| holds", "| bound"]
      if header.contains(where: { line.hasPrefix($0) }) { continue }
      #expect(line.hasSuffix("|") && !line.contains("\n"))
    }
    // Rows have as many cells as their table's head, once escaped pipes are left out.
    var columns = 0
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = 0
        continue
      }
      let cells = line.replacing("\\|", with: "").count { $0 == "|" }
      if columns == 0 { columns = cells }
      #expect(cells == columns, "\(line)")
    }
  }

  @Test("Code spans hold backticks and pipes")
  func codeSpans() {
    #expect("a".markdownCode == "`a`")
    #expect("a`b``c".markdownCode == "```a`b``c```")
    #expect("`a".markdownCode == "`` `a ``")
    #expect("a|b".markdownCode == "`a\\|b`")
  }

  @Test("Hostile names are text in the page, in its data too")
  func hostileHTML() throws {
    let page = PageReading(try Self.hostileVerification()).text
    // The rows, and the page's own script.
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(!page.contains("</script> \""))
    #expect(!page.contains("\u{1B}[0m\u{0}"))
    let data = try ResultData(try Self.hostileVerification())
    #expect(data.updates[0][2] == "monotone check '\(Self.hostile)'")
  }

  @Test("Hostile names are text on the terminal")
  func hostileText() throws {
    let text = try Self.hostileVerification().terminalText
    #expect(!text.contains("\u{1B}") && !text.contains("\u{0}"))
    var check = try Fixtures.check()
    check.current = Self.hostile
    check.claims[0].witness?.state = Self.hostile
    #expect(!CheckText.render(check).contains("\u{1B}"))
  }

  @Test("The page needs nothing from elsewhere, and reads without JavaScript")
  func selfContained() throws {
    let page = PageReading(try Fixtures.small())
    #expect(page.text.contains("Content-Security-Policy"))
    for word in ["<link", "@import", "url(", "https:"] {
      #expect(!page.text.contains(word), "\(word)")
    }
    #expect(page.values(of: "src") == ["results.js"])
    // Before the first script: the bad rows, their commands, the counterexample that fails.
    let plain = try #require(page.text.components(separatedBy: "<script").first)
    #expect(plain.contains("<span class=\"verdict violated\">violated</span>"))
    #expect(plain.contains("mdps/chain.json"))
    #expect(plain.contains("1 counterexample failed to refute."))
    #expect(plain.contains("Float64 evidence, not proof."))
    #expect(plain.contains("weak on two-state"))
  }

  @Test("Thousands of results make a page of bearable size with all of them beside it")
  func large() throws {
    let verification = try Fixtures.large()
    let data = try ResultData(verification)
    #expect(data.rows.count == verification.counts.total && data.rows.count >= 3000)
    for (shown, row) in zip(data.rows, verification.rows) {
      #expect(data.claims[shown.claim] == row.result.id)
      #expect(data.verdicts[shown.verdict][0] == row.result.verdict.rawValue)
      #expect(shown.texts[0] == row.result.marginText)
    }
    #expect(PageReading(verification).text.utf8.count < 400_000)
  }

  @Test("A page with proofs in it does not say that there are none")
  func rigour() throws {
    var verification = try Fixtures.small()
    verification.arithmetic = .exact
    for update in verification.models[0].updates.indices {
      for claim in verification.models[0].updates[update].check.claims.indices {
        verification.models[0].updates[update].check.claims[claim].rigorous = true
      }
    }
    let page = PageReading(verification).text
    #expect(!page.contains("Float64 evidence, not proof."))
    #expect(page.contains("4 of 6 verdicts are proved."))
  }

  private func summary(_ verification: Verification) -> String {
    VerificationReport(verification).report.summary
  }
}
