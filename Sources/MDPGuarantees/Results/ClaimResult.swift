public import MonotoneArithmetic
public import MDPCore

/// One claim on one update, as documents show it.
public struct ClaimResult: Sendable, Equatable {
  /// The claim's identifier.
  public var id: String
  /// The kind of statement.
  public var kind: ClaimKind
  // Of what is unknown a document says nothing but why, in `assumption`.

  /// The claim's lower bound on η(π̃); nil where it gives none.
  public var bound: Quantity?
  /// The claim's upper bound on η(π̃); nil where it gives none.
  public var upperBound: Quantity?
  /// By how much the claim holds.
  public var margin: Quantity?
  /// The error bound of the margin.
  public var radius: Double?
  /// Bound over what it bounds.
  public var looseness: Quantity?
  /// The verdict.
  public var verdict: Verdict
  /// Whether the verdict is a theorem about the numbers in the file.
  public var rigorous: Bool
  /// The arithmetic that decided it.
  public var arithmetic: ArithmeticKind
  /// Where the claim is tightest, or broken, by name.
  public var witness: NamedWitness?
  /// The assumption that fails, or why nothing could be decided.
  public var assumption: String?

  /// The result of a finding.
  public init<Real: RealScalar>(
    _ claim: any Claim, _ finding: Finding<Real>, space: StateActionSpace,
    arithmetic: ArithmeticKind
  ) {
    id = claim.id
    kind = claim.kind
    bound = finding.lowerBound.map { bound in
      switch bound {
      case .finite(let value): value.quantity
      case .unbounded: .negativeInfinity
      }
    }
    upperBound = finding.upperBound.map { bound in
      switch bound {
      case .finite(let value): value.quantity
      case .unbounded: .infinity
      }
    }
    margin = finding.margin?.quantity
    radius = finding.margin?.number?.radius
    // The error bound that holds with the margin as it is printed.
    if case .enclosure(_, let printed)? = margin { radius = printed }
    looseness = finding.looseness?.quantity
    verdict = finding.verdict
    // That an equality was not refuted is no theorem about it.
    rigorous = arithmetic.isRigorous && finding.verdict != .consistent
    self.arithmetic = arithmetic
    witness = finding.witness.map { NamedWitness($0, space: space) }
    assumption = finding.assumption
    if let consistencyRadius {
      let bound = NumberFormat.bound(consistencyRadius, .up, digits: 2)
      assumption = "not refuted within \(bound); enclosures do not prove equalities"
    }
    dropUnknown()
  }

  /// Whether a check at a higher rigour may have more to say: the claim is not settled, or some of its
  /// numbers have no form in a document.
  var isOpen: Bool {
    !verdict.isSettled
      || verdict != .notApplicable && assumption?.hasSuffix(Quantity.unknownReason) ?? false
  }

  /// A bound on the difference of an equality that is ``Verdict/consistent``; nil for other verdicts.
  public var consistencyRadius: Double? {
    guard verdict == .consistent, let margin, let radius else { return nil }
    return (abs(margin.approximation) + radius).nextUp
  }

  private mutating func dropUnknown() {
    let numbers: [(String, WritableKeyPath<Self, Quantity?>)] = [
      ("margin", \.margin), ("bound", \.bound), ("upperBound", \.upperBound),
    ]
    var unknown: [String] = []
    for (name, number) in numbers where self[keyPath: number] == .unknown {
      self[keyPath: number] = nil
      unknown.append(name)
    }
    if margin == nil { radius = nil }
    if looseness == .unknown { looseness = nil }
    guard !unknown.isEmpty, assumption == nil else { return }
    assumption = "\(unknown.joined(separator: ", ")) unknown: \(Quantity.unknownReason)"
  }
}

/// A witness by name.
public struct NamedWitness: Sendable, Equatable, Codable {
  /// The state.
  public var state: String
  /// The action, where one matters.
  public var action: String?

  init(_ witness: Witness, space: StateActionSpace) {
    state = space.states[witness.state]
    action = witness.pair.map { space.actionName(ofPair: $0) }
  }

  private enum Key: String, CodingKey { case state, action }

  /// Writes null where no action matters, so that the keys are always there.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(state, forKey: .state)
    try container.encode(action, forKey: .action)
  }
}

extension ClaimResult: Codable {
  private enum Key: String, CodingKey {
    case id, kind, bound, upperBound, margin, radius, looseness, verdict, rigorous, arithmetic
    case witness, assumption
  }

  /// Writes null for what a claim does not give, so that the keys are always there.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(kind, forKey: .kind)
    try container.encode(bound, forKey: .bound)
    try container.encode(upperBound, forKey: .upperBound)
    try container.encode(margin, forKey: .margin)
    // JSON has no infinity; a radius that is not finite is one that is not known.
    try container.encode(radius.flatMap { $0.isFinite ? $0 : nil }, forKey: .radius)
    try container.encode(looseness, forKey: .looseness)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(rigorous, forKey: .rigorous)
    try container.encode(arithmetic, forKey: .arithmetic)
    try container.encode(witness, forKey: .witness)
    try container.encode(assumption, forKey: .assumption)
  }
}
