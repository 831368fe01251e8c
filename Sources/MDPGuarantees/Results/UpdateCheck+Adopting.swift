internal import MonotoneArithmetic

// How a check takes over what another at a higher rung of ``ProofLadder`` decided.

extension UpdateCheck {
  /// The claims that this check leaves open; all of them if it leaves open whether the update improves or
  /// was guaranteed to.
  func open(of claims: [any Claim]) -> [any Claim] {
    if improved == .undecided || guaranteed == .undecided { return claims }
    let open = Set(self.claims.filter(\.isOpen).map(\.id))
    return claims.filter { open.contains($0.id) }
  }

  /// Takes over what another check of the same update, at a higher rigour, decided.
  mutating func adopt(_ other: UpdateCheck) {
    let byID = Dictionary(uniqueKeysWithValues: other.claims.map { ($0.id, $0) })
    for index in claims.indices where claims[index].isOpen {
      guard let found = byID[claims[index].id] else { continue }
      let isNews = found.verdict == .consistent && !claims[index].verdict.isSettled
      if found.verdict.isSettled || isNews { claims[index] = found }
    }
    if improved == .undecided, other.improved != .undecided {
      (improved, gain) = (other.improved, other.gain)
    }
    if guaranteed == .undecided { guaranteed = other.guaranteed }
    tightest = TightestBounds(of: claims)
  }

  /// Says of every claim that is not settled why it is not.
  mutating func explainUnsettled(_ reason: String) {
    for index in claims.indices {
      switch claims[index].verdict {
      case .undecided: claims[index].assumption = claims[index].assumption ?? reason
      case .consistent:
        claims[index].assumption = [claims[index].assumption, reason].compactMap(\.self)
          .joined(separator: "; ")
      case .holds, .violated, .notApplicable: break
      }
    }
  }
}

extension TightestBounds {
  /// The claims whose lower bounds are the highest, the first of equals, among those that hold.
  init(of claims: [ClaimResult]) {
    func tightest(_ kind: ClaimKind) -> String? {
      var best: ClaimResult?
      for claim in claims where claim.kind == kind && claim.verdict == .holds {
        guard let bound = claim.bound, bound.isKnown else { continue }
        if let highest = best?.bound, !bound.isAbove(highest) { continue }
        best = claim
      }
      return best?.id
    }
    self.init(aPriori: tightest(.aPriori), aPosteriori: tightest(.aPosteriori))
  }
}
