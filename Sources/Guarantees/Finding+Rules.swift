internal import Arithmetic

// How the three shapes of claim turn numbers into findings.

extension Finding {
  /// An equality: holds if the difference is zero.
  static func identity(difference: Real, witness: Witness? = nil) -> Finding {
    Finding(
      verdict: Verdict(difference.isZero), margin: .finite(-difference.magnitude),
      witness: witness)
  }

  /// A two-sided bound |gap| ≤ width around `centre`.
  static func bound(
    gap: Real, width: Extended<Real>, centre: Real, witness: Witness?
  ) -> Finding {
    guard case .finite(let width) = width else {
      // An infinite bound holds and says nothing.
      return Finding(
        verdict: .holds, margin: .infinity, lowerBound: .unbounded, upperBound: .unbounded,
        looseness: gap.isZero == .yes ? nil : .infinity, witness: witness)
    }
    let size = gap.magnitude
    let margin = width - size
    return Finding(
      verdict: Verdict(margin.isNonNegative), margin: .finite(margin),
      lowerBound: .finite(centre - width), upperBound: .finite(centre + width),
      looseness: ratio(width, over: size), witness: witness)
  }

  /// A one-sided inequality smaller ≤ larger.
  static func inequality(
    _ smaller: Real, atMost larger: Extended<Real>, witness: Witness? = nil
  ) -> Finding {
    guard case .finite(let larger) = larger else {
      return Finding(
        verdict: .holds, margin: .infinity, looseness: smaller.isZero == .yes ? nil : .infinity,
        witness: witness)
    }
    let margin = larger - smaller
    return Finding(
      verdict: Verdict(margin.isNonNegative), margin: .finite(margin),
      looseness: ratio(larger, over: smaller), witness: witness)
  }

  /// bound / bounded, or nil where the latter is, or cannot be told from, zero.
  static func ratio(_ bound: Real, over bounded: Real) -> Extended<Real>? {
    bounded.isZero == .no ? .finite(bound / bounded) : nil
  }
}
