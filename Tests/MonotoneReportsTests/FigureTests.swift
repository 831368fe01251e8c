import Foundation
import MDPVerification
import Testing

@testable import MonotoneReports

@Suite("Figures")
struct FigureTests {
  private static func figures(_ verification: Verification) -> [Figure] {
    VerificationReport(verification).report.sections.flatMap(\.blocks.figures).map(\.figure)
  }

  @Test("Figures are XML, the same each time; identities have none")
  func drawing() throws {
    let verification = try Fixtures.large()
    let figures = Self.figures(verification)
    let identities = verification.claims.count { $0.kind == .identity }
    #expect(figures.count == verification.claims.count - identities + 1 && identities > 0)
    #expect(Set(figures.map(\.name)).count == figures.count)
    for figure in figures {
      let elements = try XMLReading.read(Data(figure.file.utf8))
      #expect(elements.first?.name == "svg")
      #expect(figure.file.contains("currentColor") && !figure.file.contains("nan"))
      _ = try XMLReading.read(Data(figure.inline.utf8))
    }
    #expect(Self.figures(verification).map(\.file) == figures.map(\.file))
  }

  @Test("Every update is a point, those in bad news in their own shapes")
  func points() throws {
    let verification = try Fixtures.small()
    let summaries = verification.claimSummaries(verification.rows)
    let figure = try #require(ReportFigures(verification, summaries).margins["kl"])
    let elements = try XMLReading.read(Data(figure.inline.utf8))
    let titles = elements.filter { $0.name == "title" }.map(\.text)
    #expect(titles == ["holds", "undecided", "violated"])
    // The path of each series, and its sample in the key.
    func pieces(_ end: String) -> [Int] {
      elements.filter { $0.name == "path" }.compactMap { $0.attributes["d"] }
        .filter { $0.contains(end) }.map { $0.components(separatedBy: end).count - 1 }
    }
    #expect(pieces("h0") == [2, 1])
    #expect(pieces("zm0").sorted() == [1, 1, 1, 1])
    #expect(figure.file.contains("|G| ≤ C max KL"))
  }

  @Test("Nothing in a claim is markup")
  func hostile() throws {
    var verification = try Fixtures.small()
    let id = "x'/><script>\"&"
    for index in verification.models[0].updates[0].check.claims.indices {
      verification.models[0].updates[0].check.claims[index].id = id
      verification.models[0].updates[0].check.claims[index].looseness = .number(3)
      verification.models[0].updates[0].check.claims[index].kind = .aPriori
    }
    verification.claims = [
      ClaimDescription(id: id, kind: .aPriori, statement: id + "\n" + id, source: id)
    ]
    for figure in Self.figures(verification) {
      let elements = try XMLReading.read(Data(figure.file.utf8))
      #expect(!elements.contains { $0.name == "script" })
      #expect(figure.name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" })
    }
  }

  @Test("Lengths are tenths, numbers in paths apart from each other")
  func lengths() {
    #expect(
      [0, 1, -0.5, 12.34, -0.04, .nan].map { SVG.number($0) } == [
        "0", "1", "-.5", "12.3", "0", "0",
      ])
    #expect(SVG.coordinates([10, -5, 3]) == "1-.5 .3")
    // A third of a unit ten times is no more than a tenth off in the end.
    let line = SVG.polyline((0...10).map { (x: Double($0) / 3, y: 0) })
    let steps = line.split(separator: "l").dropFirst().compactMap {
      Double($0.split(separator: " ").first.map(String.init) ?? "")
    }
    #expect(steps.count == 10 && abs(steps.reduce(0, +) - 10.0 / 3) <= 0.05)
  }

  @Test("The scale keeps the order of margins from 1e-17 to 1e7, of both signs")
  func scale() {
    let values =
      [-Double.infinity, -1e7, -1, -1e-17, 0, 1e-17, 3e-17, 1e-9, 0.5, 1e7, .infinity]
    let scale = SymmetricLogScale(values)
    let places = values.map(scale.position)
    #expect(places == places.sorted() && Set(places).count == places.count)
    #expect(places.allSatisfy { (0...1).contains($0) })
    let ticks = scale.ticks
    #expect(ticks.first?.label == "−∞" && ticks.last?.label == "∞")
    #expect(ticks.contains { $0.label == "0" })
    for (a, b) in zip(ticks, ticks.dropFirst()) {
      #expect(b.position - a.position > 1.0 / 12)
    }
  }

  @Test(
    "A scale of few or no numbers is still an axis",
    arguments: [[], [0], [1], [-1], [.infinity], [0, .infinity], [1e-300, 1e300]] as [[Double]])
  func smallScales(values: [Double]) {
    let scale = SymmetricLogScale(values)
    #expect(values.map(scale.position).allSatisfy { (0...1).contains($0) })
    #expect(values.isEmpty || !scale.ticks.isEmpty)
  }

  @Test("Powers of ten are written with raised digits")
  func powers() {
    #expect([-12, 0, 1, 7].map(SymmetricLogScale.power) == ["10⁻¹²", "1", "10", "10⁷"])
  }
}
