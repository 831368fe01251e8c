internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPVerification

extension Attainment {
  /// `= 1, exactly`; else the ratio with its radius or, where it is short, its fraction:
  /// `0.317273 ± 2e-17`, `1 - 9e-6 = 1000000/1000009`.
  var attainedText: String {
    if isEquality { return "= 1, exactly" }
    guard let attained else { return "–" }
    let text = NumberFormat.nearOne(attained, digits: 6, showsRadius: true)
    switch attained {
    case .exact(let fraction, _) where fraction.contains("/") && fraction.count <= 24:
      return "\(text) = \(fraction.displayable)"
    default: return text
    }
  }

  /// The fault of the example; nil where its bound holds and the ratio is known.
  var fault: String? {
    switch result.verdict {
    case .violated: "violated: the gap exceeds the bound"
    case .undecided, .consistent: result.verdict.words
    case .notApplicable: "shows nothing: the bound does not apply"
    case .holds: attained == nil ? "shows nothing: the gap is 0" : nil
    }
  }
}

extension Verification {
  /// `18 examples for 18 bounds, 9 of them equalities`.
  var attainmentText: String {
    let bounds = Set(attainments.map(\.result.id)).count
    return "\(NumberFormat.count(attainments.count, "example")) for "
      + "\(NumberFormat.count(bounds, "bound")), "
      + "\(NumberFormat.count(attainments.count { $0.isEquality })) of them equalities"
  }

  /// The examples by claim in the order of ``claims``, the tightest of each first.
  var orderedAttainments: [Attainment] {
    let places = Dictionary(
      claims.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let ranked = attainments.enumerated().map { index, attainment in
      (
        attainment: attainment, place: places[attainment.result.id] ?? claims.count,
        ratio: attainment.attained?.approximation ?? -1, index: index
      )
    }
    return ranked.sorted { ($0.place, -$0.ratio, $0.index) < ($1.place, -$1.ratio, $1.index) }
      .map(\.attainment)
  }
}
