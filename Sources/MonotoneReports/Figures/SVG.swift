#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Pieces of SVG.
///
/// Own code, because a figure needs five kinds of element and a plotting program would be a dependency of
/// every report.
enum SVG {
  /// A length to a tenth of a unit, which is finer than any screen shows.
  static func number(_ value: Double) -> String { tenths(Self.tenths(value)) }

  /// A length as a whole number of tenths; what is not finite has no place and is drawn at 0.
  static func tenths(_ value: Double) -> Int {
    value.isFinite ? Int(clamping: (10 * value).rounded()) : 0
  }

  /// A whole number of tenths as a length.
  static func tenths(_ value: Int) -> String {
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 10)
    let sign = value < 0 ? "-" : ""
    return rest == 0
      ? "\(sign)\(whole)" : whole == 0 ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
  }

  /// A path's numbers one after another, with blanks only where they need some.
  static func coordinates(_ values: [Int]) -> String {
    values.reduce("") { text, value in
      let number = tenths(value)
      return text.isEmpty || number.hasPrefix("-") ? text + number : text + " " + number
    }
  }

  /// Where a text stands about its point.
  enum Anchor: String {
    case start, middle, end
  }

  /// A line of text.
  static func text(
    _ text: String, x: Double, y: Double, _ anchor: Anchor = .start, size: Int? = nil,
    isBold: Bool = false, isUpright: Bool = false
  ) -> String {
    var attributes = "x=\"\(number(x))\" y=\"\(number(y))\""
    if anchor != .start { attributes += " text-anchor=\"\(anchor.rawValue)\"" }
    if let size { attributes += " font-size=\"\(size)\"" }
    if isBold { attributes += " font-weight=\"bold\"" }
    if isUpright { attributes += " transform=\"rotate(-90 \(number(x)) \(number(y)))\"" }
    return "<text \(attributes)>\(text.displayable.xmlEscaped)</text>"
  }

  /// A path that is stroked.
  static func stroke(_ path: String, width: Double, _ more: String = "") -> String {
    "<path d=\"\(path)\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"\(number(width))\"\(more)/>"
  }

  /// The path of straight lines through points; nil breaks it.
  static func polyline(_ points: [(x: Double, y: Double)?]) -> String {
    var path = ""
    var last: (x: Int, y: Int)?
    for point in points {
      guard let point else {
        last = nil
        continue
      }
      let (x, y) = (tenths(point.x), tenths(point.y))
      path +=
        last.map { "l" + coordinates([x - $0.x, y - $0.y]) } ?? ("M" + coordinates([x, y]))
      last = (x, y)
    }
    return path
  }

  /// A group of one category, whose colour the style sheet knows.
  static func group(_ category: FigureStyle.Category, title: String?, _ elements: [String])
    -> String
  {
    let title = title.map { "<title>\($0.displayable.xmlEscaped)</title>" } ?? ""
    return "<g class=\"\(category.name)\">\(title)\(elements.joined())</g>"
  }

  /// How wide a text is about: figures are drawn without measuring fonts.
  static func width(_ text: String, size: Double = 12) -> Double {
    0.53 * size * Double(text.displayable.displayWidth)
  }
}
