internal import MonotoneArithmetic
internal import MDPGuarantees

extension UpdateCheck {
  /// The outcome of the update in a line:
  /// `harmful, not guaranteed: η changes by -1, from -3 to -4 (proved)`.
  var headline: String {
    if isUnchanged {
      return "unchanged: the policies are the same, η stays "
        + NumberFormat.text(quantities[.returnCurrent])
    }
    let strength =
      outcome == .undecided ? "" : arithmetic.isRigorous ? " (proved)" : " (evidence in float64)"
    if isLevel {
      return "improved (not strictly), \(guarantee): η stays "
        + "\(NumberFormat.text(quantities[.returnCurrent]))\(strength)"
    }
    let verdict = "\(outcome.rawValue), \(guarantee)"
    // A number without an error bound, of which the bound that float64 keeps says that it may be anything.
    if outcome == .undecided, isUnbounded {
      return "\(verdict): this arithmetic cannot tell how η changes; use --arithmetic auto"
    }
    let change =
      "η changes by \(NumberFormat.text(gain)), from \(NumberFormat.text(quantities[.returnCurrent])) "
      + "to \(NumberFormat.text(quantities[.returnCandidate]))"
    return "\(verdict): \(change)\(strength)"
  }

  /// Whether η(π̃) − η(π) comes without an error bound.
  private var isUnbounded: Bool {
    switch gain {
    case .enclosure, .exact: false
    case .number, .infinity, .negativeInfinity, .unknown: true
    }
  }

  /// Whether another policy has the same return, proved.
  private var isLevel: Bool {
    switch gain {
    case .exact("0", _): outcome == .improved
    case .enclosure(let midpoint, let radius): outcome == .improved && midpoint == 0 && radius == 0
    default: false
    }
  }

  private var guarantee: String {
    switch guaranteed.answer {
    case "yes": "guaranteed"
    case "no": "not guaranteed"
    default: "guarantee undecided"
    }
  }
}
