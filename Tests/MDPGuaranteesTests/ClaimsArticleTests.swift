import Foundation
import Testing

@testable import MDPGuarantees

/// The article on claims and bounds.
@Suite("Claims and bounds, the article")
struct ClaimsArticleTests {
  private static func sections() throws -> [String: String] {
    let file = Golden.root.appendingPathComponent("Documentation/Monotone.docc/ClaimsAndBounds.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    var sections: [String: String] = [:]
    for part in text.components(separatedBy: "\n### `").dropFirst() {
      let name = String(part.prefix { $0 != "`" })
      sections[name] = part.components(separatedBy: "\n## ")[0]
    }
    return sections
  }

  @Test("Every claim has its statement and proof, every bound its tightest example, and no other")
  func complete() throws {
    let sections = try Self.sections()
    #expect(Set(sections.keys) == Set(ClaimCatalogue.all.map(\.id)))
    for claim in ClaimCatalogue.all {
      let section = try #require(sections[claim.id])
      #expect(section.contains("\nStatement: "), "\(claim.id)")
      #expect(section.contains("\nProof: "), "\(claim.id)")
      if claim is any ReturnBound { #expect(section.contains("\nTightest: "), "\(claim.id)") }
    }
  }
}
