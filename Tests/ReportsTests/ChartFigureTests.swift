import Foundation
import Testing

@testable import Reports

/// Charts of points and lines.
@Suite struct ChartFigureTests {
  private static func figure(
    _ titles: [(String, ChartFigure.Look)], isSquare: Bool = false
  ) throws -> Figure {
    let points = [PlotPoint(x: 1, y: 2), PlotPoint(x: 2, y: 1), PlotPoint(x: 3, y: 4)]
    return try ChartFigure(
      name: "chart", title: "title", subtitle: ["below"], x: .init(label: "across"),
      y: .init(label: "up"),
      series: titles.enumerated().map { index, title in
        .init(
          title: title.0, category: FigureStyle.categories[index % 2], look: title.1,
          points: points.map { PlotPoint(x: $0.x, y: $0.y + Double(index)) })
      }, references: [.init(label: "reference", value: 3)], isSquare: isSquare
    ).draw(Gnuplot())
  }

  /// The line y = x is dashed in the colour of the text, which becomes the page's.
  @Test(arguments: [false, true]) func chartsAreXML(_ isSquare: Bool) throws {
    let figure = try Self.figure(
      [("a", .points), ("b", .line), ("c", .dashes), ("d", .dots)], isSquare: isSquare)
    let elements = try XMLReading.read(Data(figure.file.utf8))
    let titles = elements.filter { $0.name == "title" }.count
    #expect(titles == 4)
    let dashed = elements.filter { $0.attributes["stroke-dasharray"] != nil }
    // Two lines with their pieces in the key, and y = x.
    #expect(dashed.count == (isSquare ? 5 : 4))
  }

  @Test func aLongKeyHasSeveralRows() throws {
    func height(_ count: Int) throws -> Double {
      let figure = try Self.figure(
        (0..<count).map { ("series number \($0)", $0.isMultiple(of: 2) ? .line : .points) })
      let elements = try XMLReading.read(Data(figure.file.utf8))
      for index in 0..<count { #expect(figure.file.contains("series number \(index)<")) }
      return try #require(elements.first?.attributes["height"].flatMap(Double.init))
    }
    let one = try height(2)
    // Three of 15 letters and a sample each fill a row.
    #expect(try height(3) == one)
    #expect(try height(4) == one + 17)
    #expect(try height(7) == one + 34)
  }
}
