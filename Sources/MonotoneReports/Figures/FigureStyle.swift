/// The fonts and colours of all figures.
///
/// The palette is that of Okabe and Ito (2008), which colour-blind readers can tell apart; categories differ in
/// shape or pattern too.
enum FigureStyle {
  /// In order of preference.
  static let fonts = "system-ui, Helvetica, Arial, sans-serif"

  /// A colour on light and on dark pages.
  struct Colour {
    var light: String
    var dark: String
  }

  /// A category of points or lines.
  struct Category: Equatable {
    /// Its CSS class.
    var name: String
    /// Its colour on light pages.
    var light: String
    /// Its colour on dark pages.
    var dark: String
    /// The shape of its points.
    var mark: PlotMark
  }

  /// The colour of text and axes.
  static let ink = Colour(light: "#1b1f24", dark: "#e6e8ea")

  static let holds = Category(name: "mark-holds", light: "#0072b2", dark: "#56b4e9", mark: .dot)
  static let withinError = Category(
    name: "mark-within", light: "#b87a00", dark: "#f0b429", mark: .square)
  static let undecided = Category(
    name: "mark-undecided", light: "#b0588a", dark: "#e39cc5", mark: .diamond)
  static let violated = Category(
    name: "mark-violated", light: "#d55e00", dark: "#ff7b3a", mark: .triangle)
  static let tolerance = Category(
    name: "mark-tolerance", light: "#787c80", dark: "#9aa0a6", mark: .plus)

  // The families of improvement rules.
  static let guaranteedRule = Category(
    name: "rule-guaranteed", light: "#0072b2", dark: "#56b4e9", mark: .dot)
  static let tabularRule = Category(
    name: "rule-tabular", light: "#e69f00", dark: "#f0b429", mark: .square)
  static let softmaxRule = Category(
    name: "rule-softmax", light: ink.light, dark: ink.dark, mark: .triangle)

  // Further curves of a figure that has many.
  static let sixthCurve = Category(
    name: "curve-6", light: "#009e73", dark: "#3cc9a0", mark: .square)
  static let seventhCurve = Category(
    name: "curve-7", light: ink.light, dark: ink.dark, mark: .triangle)
  static let eighthCurve = Category(
    name: "curve-8", light: "#5d3a9b", dark: "#b39ddb", mark: .diamond)

  static let categories = [
    holds, withinError, undecided, violated, tolerance, guaranteedRule, tabularRule, softmaxRule,
    sixthCurve, seventhCurve, eighthCurve,
  ]

  /// The style sheet of a page that shows figures in light and in dark.
  static let styleSheet = styleSheet(categories)

  /// The style sheet of a file that shows some categories.
  static func styleSheet(_ categories: [Category]) -> String {
    let rules = { (colour: (Category) -> String) in
      categories.map { ".\($0.name){color:\(colour($0))}" }.joined()
    }
    return """
      \(rules(\.light))
      @media (prefers-color-scheme:dark){\(rules(\.dark))}
      @media print{\(rules(\.light))}
      """
  }
}
