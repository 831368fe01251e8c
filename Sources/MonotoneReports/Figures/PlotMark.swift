/// The shape of a category's points.
enum PlotMark {
  case dot, square, diamond, triangle, plus

  /// All points of one shape as one path: a point takes a few letters.
  ///
  /// - Parameter radius: That of a dot; other shapes look as large.
  func element(_ points: [(x: Double, y: Double)], radius: Double) -> String {
    var path = ""
    var last: (x: Int, y: Int)?
    for point in points {
      let (x, y) = (SVG.tenths(point.x), SVG.tenths(point.y))
      path +=
        last.map { "m" + SVG.coordinates([x - $0.x, y - $0.y]) } ?? ("M" + SVG.coordinates([x, y]))
      path += outline(radius)
      last = (x, y)
    }
    switch self {
    // A line of no length, whose ends are round.
    case .dot: return SVG.stroke(path, width: 2 * radius, " stroke-linecap=\"round\"")
    case .plus: return SVG.stroke(path, width: 1)
    case .square, .diamond, .triangle: return "<path d=\"\(path)\"/>"
    }
  }

  /// The shape about the present point, where it also ends.
  private func outline(_ radius: Double) -> String {
    let r = SVG.number
    switch self {
    case .dot: return "h0"
    case .square:
      let (a, b) = (r(0.9 * radius), r(2 * SVG.rounded(0.9 * radius)))
      return "m-\(a)-\(a)h\(b)v\(b)h-\(b)zm\(a) \(a)"
    case .plus:
      let (a, b) = (r(1.3 * radius), r(2 * SVG.rounded(1.3 * radius)))
      return "m-\(a) 0h\(b)m-\(a)-\(a)v\(b)m0-\(a)"
    case .diamond:
      let a = r(1.4 * radius)
      return "m0-\(a)l\(a) \(a)-\(a) \(a)-\(a)-\(a)zm0 \(a)"
    case .triangle:
      let (a, b, c) = (r(1.6 * radius), r(1.45 * radius), r(2.4 * radius))
      return "m0-\(a)l\(b) \(c)h-\(r(2 * SVG.rounded(1.45 * radius)))zm0 \(a)"
    }
  }
}

extension SVG {
  /// A length as it is written.
  static func rounded(_ value: Double) -> Double { Double(tenths(value)) / 10 }
}
