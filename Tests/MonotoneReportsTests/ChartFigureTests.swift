import Foundation
import Testing

@testable import MonotoneReports

/// Charts of points and lines.
@Suite struct ChartFigureTests {
  private static func figure(
    _ titles: [(String, ChartFigure.Look)], isSquare: Bool = false
  ) -> Figure {
    let points = [PlotPoint(x: 1, y: 2), PlotPoint(x: 2, y: 1), PlotPoint(x: 3, y: 4)]
    return ChartFigure(
      name: "chart", title: "title", subtitle: ["below"], x: .init(label: "across"),
      y: .init(label: "up"),
      series: titles.enumerated().map { index, title in
        .init(
          title: title.0, category: FigureStyle.categories[index % 2], look: title.1,
          points: points.map { PlotPoint(x: $0.x, y: $0.y + Double(index)) })
      }, references: [.init(label: "reference", value: 3)], isSquare: isSquare
    ).draw()
  }

  @Test(arguments: [false, true]) func chartsAreXML(_ isSquare: Bool) throws {
    let figure = Self.figure(
      [("a", .points), ("b", .line), ("c", .dashes), ("d", .drawn(.dotted))], isSquare: isSquare)
    let elements = try XMLReading.read(Data(figure.file.utf8))
    let titles = elements.filter { $0.name == "title" }.count
    #expect(titles == 4)
    let dashed = elements.filter { $0.attributes["stroke-dasharray"] != nil }
    // Two lines with their pieces in the key, and y = x.
    #expect(dashed.count == (isSquare ? 5 : 4))
  }

  @Test func aLongKeyHasSeveralRows() throws {
    func height(_ count: Int) throws -> Double {
      let figure = Self.figure(
        (0..<count).map { ("series number \($0)", $0.isMultiple(of: 2) ? .line : .points) })
      let elements = try XMLReading.read(Data(figure.file.utf8))
      for index in 0..<count { #expect(figure.file.contains("series number \(index)<")) }
      return try #require(elements.first?.attributes["height"].flatMap(Double.init))
    }
    let one = try height(2)
    // Two of 15 letters and a sample each fill a row.
    #expect(try height(3) == one + 17)
    #expect(try height(4) == one + 17)
    #expect(try height(5) == one + 34)
  }

  @Test func oneSeriesNeedsNoKey() throws {
    let figure = Self.figure([("alone", .line)])
    let texts = try XMLReading.read(Data(figure.inline.utf8)).filter { $0.name == "text" }
    #expect(!texts.contains { $0.text == "alone" })
    #expect(figure.inline.contains("<title>alone</title>"))
  }

  /// A band has two edges, each as far from the line as the spread says.
  @Test func aLearningCurveHasItsSpread() throws {
    let points = [(0.0, 10.0, 2.0), (100, 20, 4), (200, 30, 1)].map {
      TrainingFigure.Point(steps: $0.0, meanReturn: $0.1, spread: $0.2)
    }
    var figure = TrainingFigure(
      environment: "racing", points: points, goals: [.init(value: 25, name: "optimal")])
    let elements = try XMLReading.read(Data(figure.svg.utf8))
    let band = try #require(elements.first { $0.attributes["fill-opacity"] != nil })
    #expect(band.attributes["d"]?.hasSuffix("z") == true)
    #expect(elements.contains { $0.name == "text" && $0.text.hasPrefix("optimal") })
    #expect((elements.first?.attributes["width"].flatMap(Double.init) ?? 0) > 700)
    // No key for one line.
    #expect(
      !elements.contains {
        $0.name == "text" && $0.text == "mean return" && $0.attributes["transform"] == nil
      })
    for index in figure.points.indices { figure.points[index].spread = nil }
    #expect(
      try XMLReading.read(Data(figure.svg.utf8)).allSatisfy { $0.attributes["fill-opacity"] == nil }
    )
  }
}

@Suite("Learning curves with bands")
struct LearningCurvesFigureTests {
  /// One scale for all: the band's edges are where numbers of the other curve would be.
  @Test("Each curve has its own band, and all have one scale")
  func bands() throws {
    let flat = { (low: Double, value: Double, high: Double) in
      [0.0, 1e6].map {
        LearningCurvesFigure.Point(steps: $0, value: value, lower: low, upper: high)
      }
    }
    let figure = LearningCurvesFigure(
      title: "Hopper-v5", caption: "interquartile means",
      curves: [
        .init(title: "one", points: flat(10, 20, 40)),
        .init(
          title: "other",
          points: flat(20, 40, 50) + [.init(steps: 2e6, value: .nan, lower: 0, upper: 0)]),
      ], references: [.init(title: "standing still", value: 10)])
    let elements = try XMLReading.read(Data(figure.svg.utf8))
    let bands = elements.filter { $0.attributes["fill-opacity"] != nil }
      .compactMap { $0.attributes["d"] }
    #expect(bands.count == 2)
    // M left top, to the right, down to the lower edge, to the left.
    let edges = try bands.map { band in
      let numbers = try band.matches(of: /-?[0-9]*\.?[0-9]+/).map {
        try #require(Double($0.output))
      }
      try #require(numbers.count == 8)
      return (top: numbers[1], bottom: numbers[1] + numbers[3] + numbers[5])
    }
    // From 10 to 40, and from 20 to 50.
    #expect(abs((edges[0].bottom - edges[0].top) - (edges[1].bottom - edges[1].top)) < 0.3)
    #expect(abs((edges[1].bottom - edges[0].top) - (edges[0].top - edges[1].top) * 2) < 0.3)
    for text in ["one", "other", "standing still"] {
      #expect(elements.contains { $0.name == "text" && $0.text.hasPrefix(text) })
    }
  }
}
