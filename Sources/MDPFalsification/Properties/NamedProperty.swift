/// A statement about every policy update, by name: a claim of the theory, a law that ties results to
/// each other, a promise of an improvement rule, or a law of the file formats.
///
/// Every property speaks of the same inputs, a model and two policies, so that any counterexample is
/// a set of files that `monotone check` reads.
public struct NamedProperty: Sendable {
  /// The kind of statement that a property makes.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A claim of the theory.
    case claim
    /// A law that evaluations and claims obey.
    case law
    /// A promise of an improvement rule.
    case rule
    /// A law of reading and writing.
    case format
  }

  /// The stable name.
  public let id: String
  /// The kind of statement.
  public let kind: Kind
  /// The statement in a line.
  public let statement: String
  /// Whether deciding it takes many times as long as a screening of all claims, so that a long
  /// campaign decides it on some of its cases only.
  public let isDear: Bool
  private let decision: Check
  private let screening: Check?

  /// Finds a verdict on an input.
  typealias Check = @Sendable (Experiment) throws -> PropertyVerdict

  /// A property from its check.
  ///
  /// - Parameters:
  ///   - id: The stable name.
  ///   - kind: What sort of statement it is.
  ///   - statement: The statement in a line.
  ///   - isDear: Whether a long campaign decides it on some of its cases only.
  ///   - screen: What is done of a dear property on the other cases; nothing, if nil.
  ///   - check: Decides the property.
  init(
    id: String, kind: Kind, statement: String, isDear: Bool = true, screen: Check? = nil,
    check: @escaping Check
  ) {
    self.id = id
    self.kind = kind
    self.statement = statement
    self.isDear = isDear
    screening = screen
    decision = check
  }

  /// The verdict on an input; an error counts as a violation.
  func check(_ experiment: Experiment) -> PropertyVerdict {
    Self.attempt(decision, experiment)
  }

  /// The verdict of a cheap check on an input; nil where there is none.
  func screen(_ experiment: Experiment) -> PropertyVerdict? {
    screening.map { Self.attempt($0, experiment) }
  }

  private static func attempt(_ check: Check, _ experiment: Experiment) -> PropertyVerdict {
    do { return try check(experiment) } catch { return .violated("an error: \(error)") }
  }
}

/// The result of checking a property on one input.
public enum PropertyVerdict: Sendable, Equatable {
  /// Proved.
  case holds
  /// Within every enclosure, which is all that enclosures can say of an equality.
  case notRefuted
  /// An assumption of the property fails.
  case notApplicable
  /// Left open.
  case undecided(String)
  /// Proved wrong, and why.
  case violated(String)
}
