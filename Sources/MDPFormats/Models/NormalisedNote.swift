internal import MonotoneArithmetic
internal import MonotoneFiles

/// The note about rows that did not sum to 1.
package enum NormalisedNote {
  /// `normalised 2 rows: $.initial, $.transitions[3].to`: all of them, since numbers were changed.
  package static func text(_ paths: [String]) -> String {
    let shown = paths.map(\.displayable).joined(separator: ", ")
    return "normalised \(NumberFormat.count(paths.count, "row")): \(shown)"
  }
}

extension MDPReaderConfiguration {
  /// Which rows of a model were divided by their sums, where somebody asked for it; nil where there is
  /// nothing to tell.
  package func note(_ normalised: [String], in file: String) -> String? {
    guard rowTolerance.stated != nil, !normalised.isEmpty else { return nil }
    return "\(file): " + NormalisedNote.text(normalised)
  }
}
