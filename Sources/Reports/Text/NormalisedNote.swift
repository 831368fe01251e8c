/// What texts say of rows that did not sum to 1.
public enum NormalisedNote {
  /// `normalised 2 rows: $.initial, $.transitions[3].to`: all of them, since numbers were changed.
  public static func text(_ paths: [String]) -> String {
    let shown = paths.map(\.displayable).joined(separator: ", ")
    return "normalised \(NumberFormat.count(paths.count, "row")): \(shown)"
  }
}
