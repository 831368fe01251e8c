internal import MonotoneArithmetic

// How the three shapes of claim turn numbers into findings.

extension Finding {
  /// An equality: holds if the difference is zero.
  static func identity(difference: Real, witness: Witness? = nil) -> Finding {
    Finding(
      verdict: Verdict(equality: difference), margin: .finite(-difference.magnitude),
      witness: witness)
  }

  /// Whether a finding on one part of an equality is worse news than one on another part: by its verdict,
  /// then by how far the enclosure of the difference reaches from zero.
  func isWorse(than other: Finding) -> Bool {
    if verdict != other.verdict { return verdict.severity > other.verdict.severity }
    guard case .finite(let mine)? = margin, case .finite(let theirs)? = other.margin else {
      return false
    }
    return mine.reachesFarther(than: theirs)
  }

  /// The finding of a claim with an unmet assumption; nil if the assumption is met.
  init?(unless assumption: Assumption) {
    switch assumption.isMet {
    case .yes: return nil
    case .no: self.init(verdict: .notApplicable, assumption: "\(assumption.text) fails")
    case .undecided:
      self.init(verdict: .undecided, assumption: "\(assumption.text) is undecided")
    }
  }

  /// A two-sided bound |gap| ≤ width around `centre`.
  static func bound<Number: Scalar>(
    gap: Number, width: BoundWidth<Number>, centre: Number
  ) -> Finding where Number.Real == Real {
    switch width.size {
    case .number(let size):
      // Subtracted before anything is rounded into the reals, so that equality can be decided.
      let margin = size - gap.magnitude
      return Finding(
        verdict: Verdict(margin.isNonNegative), margin: .finite(margin.real),
        lowerBound: .finite((centre - size).real), upperBound: .finite((centre + size).real),
        looseness: gap.isZero == .no ? .finite((size / gap.magnitude).real) : nil,
        witness: width.witness)
    case .real(.finite(let size)):
      let margin = size - gap.magnitude.real
      return Finding(
        verdict: Verdict(margin.isNonNegative), margin: .finite(margin),
        lowerBound: .finite(centre.real - size), upperBound: .finite(centre.real + size),
        looseness: ratio(size, over: gap.magnitude.real), witness: width.witness)
    case .real(.infinity):
      // An infinite bound holds and says nothing.
      return Finding(
        verdict: .holds, margin: .infinity, lowerBound: .unbounded, upperBound: .unbounded,
        looseness: gap.isZero == .yes ? nil : .infinity, witness: width.witness)
    }
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

extension PolicyUpdate {
  /// The worst finding over live states: a violated one first, then the one of least looseness.
  func worstFinding(
    _ find: (_ state: Int) -> Finding<Number.Real>
  ) -> Finding<Number.Real> {
    var worst: Finding<Number.Real>?
    for state in mdp.space.liveStates {
      let finding = find(state)
      if worst.map({ finding.isTighter(than: $0) }) ?? true { worst = finding }
    }
    return worst
      ?? Finding(verdict: .notApplicable, assumption: "the model has no state with a choice")
  }
}

extension Finding {
  /// Whether this finding is nearer to a violation than another.
  fileprivate func isTighter(than other: Finding) -> Bool {
    if verdict != other.verdict { return verdict.severity > other.verdict.severity }
    switch (looseness, other.looseness) {
    case (nil, _): return false
    case (_?, nil): return true
    case (let mine?, let theirs?): return theirs.isAbove(mine) || theirs.approximation.isNaN
    }
  }
}

extension Scalar {
  /// A bound on |x|; +∞ where float64 holds none.
  var largestMagnitude: Double {
    let sum = abs(approximation) + radius
    return sum.isNaN ? .infinity : radius > 0 ? sum.nextUp : sum
  }

  /// Whether the enclosure of this number reaches farther from zero than that of another, as far as can be
  /// told.
  func reachesFarther(than other: Self) -> Bool {
    let (mine, theirs) = (largestMagnitude, other.largestMagnitude)
    // Beyond float64 only the numbers themselves can be compared.
    return mine.isFinite && theirs.isFinite
      ? mine > theirs : (magnitude - other.magnitude).isPositive == .yes
  }

  /// How far below zero a number may lie that was decided to be non-negative: 0 in rigorous
  /// arithmetic, up to the error bound in float64.
  var shortfall: Double {
    Self.arithmetic.isRigorous ? 0 : .greatest(0, radius - approximation)
  }
}
