internal import Foundation

/// A drawn figure: a file that stands alone, and the same drawing to be set into a page.
struct Figure {
  /// The file's name without its ending, and the prefix of every id in it.
  var name: String
  /// The SVG file: with its title, and colours for light and dark surroundings.
  var file: String
  /// The SVG element for a page that shows the title itself.
  var inline: String
}

/// What the figures look like: one canvas, one font, one palette.
///
/// The canvas is as narrow as it can be, so that its text is still legible when a phone scales it
/// down. The palette is that of Okabe and Ito (2008), which colour-blind readers can tell apart;
/// categories differ in shape too.
enum FigureStyle {
  static let width = 400
  static let font = "Helvetica"

  /// A category of points.
  struct Category {
    /// Its CSS class.
    var name: String
    /// Its colour.
    var red: Int
    var green: Int
    var blue: Int
    /// Its colour on a dark page.
    var dark: String
    /// gnuplot's number of its shape.
    var shape: Int
    /// How much larger than a circle its shape must be to look as large.
    var scale = 1.0

    var colour: String { "#" + [red, green, blue].map { String(format: "%02x", $0) }.joined() }
  }

  static let holds = Category(
    name: "mark-holds", red: 0, green: 114, blue: 178, dark: "#56b4e9", shape: 7)
  static let withinError = Category(
    name: "mark-within", red: 230, green: 159, blue: 0, dark: "#f0b429", shape: 5, scale: 0.9)
  static let undecided = Category(
    name: "mark-undecided", red: 204, green: 121, blue: 167, dark: "#e39cc5", shape: 13, scale: 1.4)
  static let violated = Category(
    name: "mark-violated", red: 213, green: 94, blue: 0, dark: "#ff7b3a", shape: 9, scale: 1.5)
  static let tolerance = Category(
    name: "mark-tolerance", red: 120, green: 124, blue: 128, dark: "#9aa0a6", shape: 1, scale: 1.2)

  // The families of rules: colours of the same palette, one blue step away from those above,
  // because a drawing tells categories apart by their colour. The third is drawn in ink.
  static let guaranteedRule = Category(
    name: "rule-guaranteed", red: 0, green: 114, blue: 179, dark: "#56b4e9", shape: 7)
  static let tabularRule = Category(
    name: "rule-tabular", red: 230, green: 159, blue: 1, dark: "#f0b429", shape: 5, scale: 0.9)
  static let softmaxRule = Category(
    name: "rule-softmax", red: 27, green: 31, blue: 37, dark: "#e6e8ea", shape: 9, scale: 1.3)

  static let categories = [
    holds, withinError, undecided, violated, tolerance, guaranteedRule, tabularRule, softmaxRule,
  ]

  /// Text and axes: replaced by the colour of the surrounding text.
  static let ink = "#1b1f24"
  /// Grid lines: replaced by a faint version of it.
  static let grid = "#8b8c8d"

  /// What every script starts with.
  static func preamble(name: String, height: Int) -> [String] {
    [
      "set encoding utf8",
      "set terminal svg size \(width),\(height) font '\(font),13' noenhanced "
        + "name '\(identifier(name))'",
      "set border 3 linewidth 1 linecolor rgb '\(ink)'",
      "set tics nomirror scale 0.5 textcolor rgb '\(ink)'",
      "set grid linetype 1 linewidth 1 linecolor rgb '\(grid)'",
      "unset key",
    ]
  }

  /// The style sheet of a page that shows figures in light and in dark.
  static let styleSheet = styleSheet(categories)

  /// The style sheet of a file that shows points of some categories.
  static func styleSheet(_ categories: [Category]) -> String {
    """
    \(categories.map { ".\($0.name){color:\($0.colour)}" }.joined(separator: "\n"))
    @media (prefers-color-scheme: dark) {
    \(categories.map { ".\($0.name){color:\($0.dark)}" }.joined(separator: "\n"))
    }
    """
  }

  /// The script lines of a row of categories and their names at the foot of a figure.
  static func legend(_ entries: [(Category, String)], height: Int) -> [String] {
    // Some 6 units a letter: gnuplot does not measure the text that it writes.
    let widths = entries.map { 30 + 6 * Double($0.1.displayWidth) }
    var x = max(8, (Double(width) - widths.reduce(0, +)) / 2)
    return zip(entries, widths).map { entry, entryWidth in
      defer { x += entryWidth }
      let place = "\(number((x + 8) / Double(width))), \(number(11 / Double(height)))"
      return "set label \(literal(entry.1)) at screen \(place) left "
        + "point pointtype \(entry.0.shape) pointsize \(number(0.55 * entry.0.scale)) "
        + "linecolor rgb '\(entry.0.colour)' offset 0.4,-0.22 font '\(font),12' "
        + "textcolor rgb '\(ink)'"
    }
  }

  /// A figure's name as gnuplot allows names to be.
  static func identifier(_ name: String) -> String {
    String(name.map { $0 == "-" ? "_" : $0 })
  }

  /// A string as a gnuplot literal: quoted so that gnuplot takes nothing in it for a command.
  static func literal(_ text: String) -> String {
    "'"
      + text.displayable.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''") + "'"
  }

  /// A coordinate.
  static func number(_ value: Double) -> String { String(format: "%.4f", value) }
}
