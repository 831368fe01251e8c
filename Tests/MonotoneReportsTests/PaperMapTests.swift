import MDPGuarantees
import PolicyImprovement
import Testing

@testable import MonotoneReports

/// The map of the paper against the catalogues of this project.
@Suite("Map of the paper")
struct PaperMapTests {
  @Test("Every number occurs once", arguments: PaperItem.Kind.allCases)
  func numbers(_ kind: PaperItem.Kind) {
    let last =
      switch kind {
      case .equation: 57
      case .theorem, .proposition, .algorithm: 1
      case .table: 3
      case .figure: 5
      }
    #expect(PaperMap.all.filter { $0.kind == kind }.map(\.number) == Array(1...last))
  }

  @Test("Every part has an answer, and its claims are those of the catalogue")
  func claims() {
    for item in PaperMap.all {
      #expect(!item.answers.isEmpty && !item.content.isEmpty, "\(item.label)")
      for case .claims(let ids) in item.answers {
        #expect(!ids.isEmpty)
        for id in ids { #expect(ClaimCatalogue.claim(id) != nil, "\(item.label): \(id)") }
      }
    }
  }

  @Test("Every claim that cites an equation of the paper is in the answer to it")
  func citations() {
    for claim in ClaimCatalogue.all where claim.source.contains("Schulman et al. 2015") {
      for match in claim.source.matches(of: /eq\. (\d+)/) {
        let number = Int(match.1)
        let answers = PaperMap.all.first { $0.kind == .equation && $0.number == number }?.answers
        let ids = (answers ?? []).flatMap { answer -> [String] in
          if case .claims(let ids) = answer { ids } else { [] }
        }
        #expect(ids.contains(claim.id), "\(claim.id): \(claim.source)")
      }
    }
  }

  @Test("What is not done has a cost; slips have a mend")
  func costs() {
    for item in PaperMap.all {
      for case .absent(let reason, let cost) in item.answers {
        #expect(!reason.isEmpty && !cost.isEmpty, "\(item.label)")
      }
    }
    #expect(PaperSlip.all.allSatisfy { !$0.printed.isEmpty && !$0.mend.isEmpty })
    #expect(PaperSlip.all.contains { $0.place == "Eq. 50" })
  }

  @Test("The page shows every part, and formulas of no part break it")
  func page() {
    let report = SectionedReport(
      title: "Title", headline: "map", worst: .holds, opening: "Map.",
      sections: [PaperReport(PaperData(runs: [])).map, PaperReport.slips])
    let (page, summary) = (HTMLPage(report).text, report.summary)
    for item in PaperMap.all {
      let isThere = page.contains(">\(item.label)</th>")
      #expect(isThere, "\(item.label)")
      #expect(summary.contains("| \(item.label) |"), "\(item.label)")
    }
  }
}
