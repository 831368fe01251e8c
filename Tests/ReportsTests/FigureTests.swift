import Foundation
import MDPVerification
import Testing

@testable import Reports

@Suite("Figures")
struct FigureTests {
  @Test("Figures are XML, the same each time, with ids of their own")
  func drawing() throws {
    let gnuplot = try Gnuplot()
    let verification = try Fixtures.large()
    let figures = try ReportFigures(verification, gnuplot: gnuplot)
    #expect(figures.all.count == verification.claims.count + 1)
    #expect(figures.looseness != nil)
    var ids: Set<String> = []
    for figure in figures.all {
      let elements = try XMLReading.read(Data(figure.file.utf8))
      #expect(elements.first?.name == "svg")
      for id in elements.compactMap({ $0.attributes["id"] }) {
        #expect(ids.insert(id).inserted, "\(id) in \(figure.name)")
      }
      for word in ["GNUPLOT", "gpPt", "gnuplot_", "color=\"black\"", "rgb( 27"] {
        #expect(!figure.file.contains(word), "\(word) in \(figure.name)")
      }
      #expect(figure.file.contains("currentColor"))
    }
    let again = try ReportFigures(verification, gnuplot: gnuplot)
    #expect(again.all.map(\.file) == figures.all.map(\.file))
  }

  @Test("Every update is a point, those in bad news in their own colours")
  func points() throws {
    let verification = try Fixtures.small()
    let figures = try ReportFigures(verification, gnuplot: Gnuplot())
    let figure = try #require(figures.margins["kl"])
    func marks(_ name: String) -> Int {
      figure.inline.components(separatedBy: "class='\(name)'").count - 1
    }
    // A point each, and one in the key.
    #expect(marks("mark-holds") == 2 + 1)
    #expect(marks("mark-violated") == 1 + 1)
    #expect(marks("mark-undecided") == 1 + 1)
    #expect(marks("mark-within") == 0)
    #expect(figure.file.contains("|G| ≤ C max KL"))
  }

  @Test("Nothing in a claim is a command to gnuplot or the shell")
  func hostile() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("monotone-\(UUID().uuidString)").path
    var verification = try Fixtures.small()
    let id = "x'; system 'touch \(file)'; `touch \(file)` # \\"
    for index in verification.models[0].updates[0].check.claims.indices {
      verification.models[0].updates[0].check.claims[index].id = id
      verification.models[0].updates[0].check.claims[index].looseness = .number(3)
      verification.models[0].updates[0].check.claims[index].kind = .aPriori
    }
    verification.claims = [
      ClaimDescription(id: id, kind: .aPriori, statement: id + "\n" + id, source: id)
    ]
    let figures = try ReportFigures(verification, gnuplot: Gnuplot())
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(try #require(figures.looseness).file.contains("x&apos;; system") == false)
    for figure in figures.all {
      _ = try XMLReading.read(Data(figure.file.utf8))
      #expect(figure.name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" })
    }
  }

  @Test("Without gnuplot the error names the package")
  func missing() throws {
    let failure = try #require(throws: FigureFailure.self) {
      try Gnuplot(searchPath: "/nowhere:/nowhere/else")
    }
    #expect(failure.message.contains("apt-get install gnuplot-nox"))
  }

  @Test("A script that gnuplot refuses is an error with its message")
  func refused() throws {
    let gnuplot = try Gnuplot()
    let failure = try #require(throws: FigureFailure.self) {
      try gnuplot.run("plot nonsense nonsense\n")
    }
    #expect(failure.message.contains("gnuplot failed"))
  }

  @Test("The scale keeps the order of margins from 1e-17 to 1e7, of both signs")
  func scale() {
    let values =
      [-Double.infinity, -1e7, -1, -1e-17, 0, 1e-17, 3e-17, 1e-9, 0.5, 1e7, .infinity]
    let scale = SymmetricLogScale(values)
    let places = values.map(scale.position)
    #expect(places == places.sorted() && Set(places).count == places.count)
    #expect(places.allSatisfy(scale.range.contains))
    let ticks = scale.ticks
    #expect(ticks.first?.label == "−∞" && ticks.last?.label == "∞")
    #expect(ticks.contains { $0.label == "0" })
    let length = scale.range.upperBound - scale.range.lowerBound
    for (a, b) in zip(ticks, ticks.dropFirst()) {
      #expect(b.position - a.position > length / 12)
    }
  }

  @Test(
    "A scale of few or no numbers is still an axis",
    arguments: [[], [0], [1], [-1], [.infinity], [0, .infinity], [1e-300, 1e300]] as [[Double]])
  func smallScales(values: [Double]) {
    let scale = SymmetricLogScale(values)
    #expect(scale.range.lowerBound < scale.range.upperBound)
    #expect(values.map(scale.position).allSatisfy(scale.range.contains))
    #expect(values.isEmpty || !scale.ticks.isEmpty)
  }

  @Test("Powers of ten are written with raised digits")
  func powers() {
    #expect([-12, 0, 1, 7].map(SymmetricLogScale.power) == ["10⁻¹²", "1", "10", "10⁷"])
  }
}
