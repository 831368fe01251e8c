public import MonotoneArithmetic

/// The conclusion of a check.
///
/// `holds` and `violated` are as strong as the arithmetic they were reached in: theorems in
/// rigorous arithmetic, evidence within the error bound in float64.
public enum Verdict: String, Sendable, Codable, CaseIterable {
  /// The statement is true.
  case holds
  /// The statement is false.
  case violated
  /// The enclosure straddles the boundary.
  case undecided
  /// Of an equality: zero is among the values that the enclosure of the difference leaves, so that it is
  /// refuted by nothing larger than the enclosure's radius. Less than a proof: no enclosure of positive
  /// radius proves an equality.
  case consistent
  /// An assumption of the claim fails; the finding says which.
  case notApplicable

  /// The verdict on a statement whose truth was decided, or not.
  package init(_ decision: Decision) {
    switch decision {
    case .yes: self = .holds
    case .no: self = .violated
    case .undecided: self = .undecided
    }
  }

  /// The verdict on x = 0.
  package init<Number: Scalar>(equality difference: Number) {
    self.init(difference.isZero)
    if self == .undecided, difference.largestMagnitude.isFinite { self = .consistent }
  }

  /// Whether the statement was decided, or found not to apply.
  var isSettled: Bool {
    switch self {
    case .holds, .violated, .notApplicable: true
    case .undecided, .consistent: false
    }
  }
}

/// Where a claim is tightest, or broken: a state and, where one matters, a pair in it.
public struct Witness: Sendable, Equatable {
  /// The state.
  public var state: Int
  /// The state–action pair.
  public var pair: Int?

  /// A state, and a pair in it where one matters.
  public init(state: Int, pair: Int? = nil) {
    self.state = state
    self.pair = pair
  }
}

/// The result of checking one claim on one update.
public struct Finding<Real: RealScalar>: Sendable {
  /// The verdict.
  public var verdict: Verdict
  /// By how much the claim holds (negative: by how much it fails); +∞ where the bound is
  /// infinite, nil where the claim was not computed.
  public var margin: Extended<Real>?
  /// The claim's lower bound on η(π̃), where it gives one.
  public var lowerBound: Bound<Real>?
  /// The claim's upper bound on η(π̃), where it gives one.
  public var upperBound: Bound<Real>?
  /// Bound over what it bounds, at least 1 where the claim holds; nil where the latter is 0.
  public var looseness: Extended<Real>?
  /// Where the claim is tightest, or broken.
  public var witness: Witness?
  /// The assumption that fails, or why nothing could be decided.
  public var assumption: String?

  package init(
    verdict: Verdict, margin: Extended<Real>? = nil, lowerBound: Bound<Real>? = nil,
    upperBound: Bound<Real>? = nil, looseness: Extended<Real>? = nil, witness: Witness? = nil,
    assumption: String? = nil
  ) {
    self.verdict = verdict
    self.margin = margin
    self.lowerBound = lowerBound
    self.upperBound = upperBound
    self.looseness = looseness
    self.witness = witness
    self.assumption = assumption
  }
}

/// One end of an interval.
///
/// Not ``Extended``, whose infinity is a number above all others and takes part in sums and products:
/// where an end is missing, it is −∞ or +∞ by the side it is on, and nothing may be computed with it.
public enum Bound<Real: RealScalar>: Sendable {
  /// A number.
  case finite(Real)
  /// −∞ as a lower bound, +∞ as an upper one: the claim says nothing.
  case unbounded
}

extension Verdict {
  /// How bad the news is: what decides an exit status, and which of several findings to show.
  public var severity: Int {
    switch self {
    case .notApplicable: 0
    case .holds: 1
    case .consistent: 2
    case .undecided: 3
    case .violated: 4
    }
  }
}
