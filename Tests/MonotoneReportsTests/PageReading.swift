import Foundation
import MDPVerification
import Testing

@testable import MonotoneReports

/// A page of a verification and what stands in it.
struct PageReading {
  let text: String

  init(_ verification: Verification) {
    self.init(VerificationReport(verification, environment: Fixtures.environment).report)
  }

  init(_ report: SectionedReport) { text = HTMLPage(report).text }

  /// The values of an attribute, in order.
  func values(of attribute: String) -> [String] {
    text.components(separatedBy: " \(attribute)=\"").dropFirst()
      .compactMap { $0.components(separatedBy: "\"").first }
  }
}

/// The rows beside a page, as the page's script reads them.
struct ResultData: Decodable {
  struct Row: Decodable {
    var update: Int
    var claim: Int
    var verdict: Int
    var texts: [String]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      update = try container.decode(Int.self)
      claim = try container.decode(Int.self)
      verdict = try container.decode(Int.self)
      texts = []
      while !container.isAtEnd { texts.append(try container.decode(String.self)) }
    }
  }

  var claims: [String]
  var verdicts: [[String]]
  var updates: [[String]]
  var rows: [Row]

  init(_ verification: Verification) throws {
    let files = try VerificationReport(verification).report.files()
    let file = try #require(files.first { $0.name == "results.js" })
    let script = String(decoding: file.data, as: UTF8.self)
    let beginning = "window.monotoneResults = "
    #expect(script.hasPrefix(beginning))
    self = try JSONDecoder().decode(
      ResultData.self, from: Data(script.dropFirst(beginning.count).utf8))
  }
}
