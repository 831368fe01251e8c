import MonotoneArithmetic
import Foundation
import MDPVerification
import Testing

@testable import MonotoneReports

@Suite("Figures of the improvement rules")
struct RuleFigureTests {
  private static func figures(_ verification: Verification) -> ReportFigures {
    ReportFigures(verification, verification.claimSummaries(verification.rows))
  }

  @Test("Every rule is a line in a look of its own, and the key shows that look")
  func looks() throws {
    let figures = try Self.figures(Fixtures.withRules())
    let figure = try #require(figures.returns[0])
    let elements = try XMLReading.read(Data(figure.file.utf8))
    var looks: [String] = []
    var category = ""
    for element in elements {
      if element.name == "g" { category = element.attributes["class"] ?? "" }
      guard element.name == "path", !category.isEmpty else { continue }
      looks.append("\(category) \(element.attributes["stroke-dasharray"] ?? "solid")")
    }
    // A line and a sample in the key for each of nine.
    #expect(Set(looks).count == 9)
    #expect(Dictionary(grouping: looks) { $0 }.values.allSatisfy { $0.count == 2 })
    let titles = texts("title", elements)
    #expect(Set(titles) == Set(Fixtures.ruleIDs))
    let labels = texts("text", elements)
    #expect(Set(Fixtures.ruleIDs).isSubset(of: labels))
    #expect(labels.contains("optimal") && labels.contains("200") && labels.contains("racing"))
    #expect(figure.file.utf8.count < 9_000)
  }

  @Test("Steps of infinite KL are marks at the edge, and break their rule's line")
  func infinite() throws {
    let verification = try Fixtures.withRules()
    let figures = Self.figures(verification)
    let elements = try XMLReading.read(Data(try #require(figures.stepSizes[0]).file.utf8))
    // Squares, each closed: three of policy iteration, one of max-kl, and the single finite step before that.
    let squares = elements.filter { $0.name == "path" }.compactMap { $0.attributes["d"] }
      .filter { $0.contains("zm") }.map { $0.components(separatedBy: "zm").count - 1 }
    #expect(squares.sorted() == [1, 1, 3])
    #expect(texts("text", elements).contains("∞"))
    // A rule has its line, and its marks.
    let titles = texts("title", elements)
    #expect(titles.count { $0 == "policy-iteration" } == 2)
    #expect(titles.count { $0 == "max-kl" } == 2)
  }

  private func texts(_ name: String, _ elements: [XMLReading.Element]) -> [String] {
    elements.filter { $0.name == name }
      .map { $0.text.trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  @Test("Models without rules have no figure of them")
  func none() throws {
    let figures = try Self.figures(Fixtures.small())
    #expect(figures.returns.isEmpty && figures.stepSizes.isEmpty)
  }

  @Test("Returns that are all the same, or no numbers at all, are still drawn or left out")
  func degenerate() throws {
    var verification = try Fixtures.withRules()
    for index in verification.models[0].rules.indices {
      verification.models[0].rules[index].returns = [.number(15.5)]
      verification.models[0].rules[index].maxKL = []
    }
    for index in verification.models[1].rules.indices {
      verification.models[1].rules[index].returns = [.infinity]
      verification.models[1].rules[index].maxKL = [.number(0)]
    }
    let figures = Self.figures(verification)
    #expect(figures.returns.keys.sorted() == [0] && figures.stepSizes.keys.sorted() == [1])
    for figure in [figures.returns[0], figures.stepSizes[1]] {
      _ = try XMLReading.read(Data(try #require(figure).file.utf8))
    }
  }

  @Test("A simplified line stays within its tolerance of every point")
  func simplified() {
    let curve = (0...400).map { index in
      let x = Double(index) / 400
      return PlotPoint(x: x, y: 0.5 + 0.4 * sin(9 * x) * exp(-2 * x))
    }
    let (width, height, tolerance) = (320.0, 200.0, 0.6)
    let few = Polyline.simplified(curve, tolerance: tolerance, width: width, height: height)
    #expect(few.first == curve.first && few.last == curve.last)
    #expect(few.count < 40 && few.allSatisfy(curve.contains))
    // The graph of a function: a point's height above its chord is at least its distance to it, and
    // here, where slopes stay below 4 · 200/320, at most 2.7 times that.
    for point in curve {
      let end = few.firstIndex { $0.x >= point.x } ?? 0
      let (a, b) = (few[max(0, end - 1)], few[end])
      let share = b.x > a.x ? (point.x - a.x) / (b.x - a.x) : 1
      #expect(abs(a.y + share * (b.y - a.y) - point.y) * height <= 2.7 * tolerance)
    }
    let line = (0...50).map { PlotPoint(x: Double($0) / 50, y: 1 - Double($0) / 50) }
    #expect(
      Polyline.simplified(line, tolerance: tolerance, width: width, height: height)
        == [line[0], line[50]])
    // A line that comes back has an outermost point.
    let spike = [0, 1, 0].map { PlotPoint(x: 0.5, y: $0) }
    #expect(
      Polyline.simplified(spike, tolerance: tolerance, width: width, height: height) == spike)
  }

  @Test(
    "Ticks of a linear scale are round, in order, and where they say",
    arguments: [
      [0.47, 13.25], [61.3, 8027.1], [-1072.2, -12.2], [1e-7, 3e-7], [-2, 1e7], [5, 5], [0], [],
    ] as [[Double]])
  func linear(values: [Double]) throws {
    let scale = LinearScale(values)
    let ticks = scale.ticks
    #expect((2...8).contains(ticks.count))
    for value in values { #expect((0...1).contains(scale.position(value))) }
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.position < $1.position })
    for tick in ticks {
      #expect((0...1).contains(tick.position))
      let value = try #require(Double(tick.label.replacing("−", with: "-")))
      #expect(abs(scale.position(value) - tick.position) < 1e-6, "\(tick.label)")
    }
  }

  @Test("Iterations have ticks at 0, 1, 2, 5, 10 and so on as far as they fit")
  func iterations() {
    let scale = IterationScale(last: 200)
    #expect(scale.ticks == [0, 1, 2, 5, 10, 20, 50, 100, 200])
    #expect(IterationScale(last: 1).ticks == [0, 1])
    #expect(scale.position(0) == 0 && scale.position(200) == 1)
  }
}
