internal import MonotoneArithmetic

/// The form that checks have within `verification.json`.
extension UpdateCheck: Codable {
  private enum Key: String, CodingKey {
    case mdp, current, candidate, arithmetic, quantities, claims, tightest, improved, guaranteed
    case normalised, outcome, gain
  }

  /// Files that were written before `outcome` and `gain` were have neither.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    mdp = try container.decode(ModelSummary.self, forKey: .mdp)
    current = try container.decode(String.self, forKey: .current)
    candidate = try container.decode(String.self, forKey: .candidate)
    arithmetic = try container.decode(ArithmeticKind.self, forKey: .arithmetic)
    quantities = try container.decode(UpdateQuantities.self, forKey: .quantities)
    claims = try container.decode([ClaimResult].self, forKey: .claims)
    tightest = try container.decode(TightestBounds.self, forKey: .tightest)
    improved = try container.decode(Verdict.self, forKey: .improved)
    guaranteed = try container.decode(Verdict.self, forKey: .guaranteed)
    normalised = try container.decode([String].self, forKey: .normalised)
    let outcome = try container.decodeIfPresent(UpdateOutcome.self, forKey: .outcome)
    isUnchanged = outcome.map { $0 == .unchanged } ?? (current == candidate)
    gain =
      try container.decodeIfPresent(Quantity.self, forKey: .gain)
      ?? Quantity(
        quantities[.returnCandidate].approximation - quantities[.returnCurrent].approximation)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(mdp, forKey: .mdp)
    try container.encode(current, forKey: .current)
    try container.encode(candidate, forKey: .candidate)
    try container.encode(arithmetic, forKey: .arithmetic)
    try container.encode(quantities, forKey: .quantities)
    try container.encode(claims, forKey: .claims)
    try container.encode(tightest, forKey: .tightest)
    try container.encode(improved, forKey: .improved)
    try container.encode(guaranteed, forKey: .guaranteed)
    try container.encode(normalised, forKey: .normalised)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(gain, forKey: .gain)
  }
}
