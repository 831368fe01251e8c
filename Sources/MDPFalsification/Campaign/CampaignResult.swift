public import MDPTesting

/// The result of a campaign.
public struct CampaignResult: Sendable {
  /// The seed of all cases.
  public var seed: UInt64
  /// How many cases were checked.
  public var cases: Int
  /// By property, in the order of the configuration.
  public var properties: [PropertyTally]

  /// Whether some property was violated.
  public var isViolated: Bool { properties.contains { $0.violated > 0 } }
  /// Whether some property was left open.
  public var isUndecided: Bool { properties.contains { $0.undecided > 0 } }
}

/// The verdicts on one property, counted.
public struct PropertyTally: Sendable {
  /// The property.
  public var property: NamedProperty
  /// Cases on which it was proved.
  public var holds = 0
  /// Cases on which enclosures did not refute it.
  public var notRefuted = 0
  /// Cases on which an assumption fails.
  public var notApplicable = 0
  /// Cases that were left open.
  public var undecided = 0
  /// Cases that refute it.
  public var violated = 0
  /// The first case that was left open.
  public var firstUndecided: Failing?
  /// The first case that refutes it.
  public var firstViolated: Failing?
  /// That case shrunk.
  public var counterexample: ShrunkInput?

  /// A case and what was wrong with it.
  public struct Failing: Sendable, Equatable {
    /// Its number.
    public var index: Int
    /// The reason for the verdict.
    public var reason: String
  }

  init(_ property: NamedProperty) { self.property = property }

  /// Whether it was checked on a case to which it applies.
  public var isChecked: Bool { count > notApplicable }

  /// How many cases the property was looked at on.
  public var count: Int { holds + notRefuted + notApplicable + undecided + violated }

  mutating func count(_ verdict: PropertyVerdict, case index: Int) {
    switch verdict {
    case .holds: holds += 1
    case .notRefuted: notRefuted += 1
    case .notApplicable: notApplicable += 1
    case .undecided(let reason):
      undecided += 1
      firstUndecided = Self.earlier(firstUndecided, Failing(index: index, reason: reason))
    case .violated(let reason):
      violated += 1
      firstViolated = Self.earlier(firstViolated, Failing(index: index, reason: reason))
    }
  }

  mutating func add(_ other: PropertyTally) {
    holds += other.holds
    notRefuted += other.notRefuted
    notApplicable += other.notApplicable
    undecided += other.undecided
    violated += other.violated
    firstUndecided = Self.earlier(firstUndecided, other.firstUndecided)
    firstViolated = Self.earlier(firstViolated, other.firstViolated)
  }

  private static func earlier(_ a: Failing?, _ b: Failing?) -> Failing? {
    guard let a, let b else { return a ?? b }
    return a.index <= b.index ? a : b
  }
}

/// A counterexample at a local minimum.
public struct ShrunkInput: Sendable {
  /// The input as it was drawn.
  public var original: UpdateInput
  /// The simplest one found.
  public var input: UpdateInput
  /// The reason why it fails.
  public var reason: String
  /// How many simpler inputs were tried.
  public var attempts: Int
  /// How many of them were taken.
  public var simplifications: Int
}
