public import MonotoneArithmetic
public import MDPCore
internal import MDPSolvers

/// The result of checking every claim on one update, as documents show it.
///
/// The data behind `check --json` (schema `monotone/check/v2`) and behind every row of a
/// verification report. Nothing in it depends on the arithmetic's types any more.
public struct UpdateCheck: Sendable, Equatable {
  /// The model.
  public var mdp: ModelSummary
  /// The policy π, as it was named.
  public var current: String
  /// The policy π̃, as it was named.
  public var candidate: String
  /// The arithmetic that was asked for.
  public var arithmetic: ArithmeticKind
  /// The numbers that the claims are made of.
  public var quantities: UpdateQuantities
  /// One result a claim, in the order of the catalogue.
  public var claims: [ClaimResult]
  /// The tightest bounds on the candidate's return.
  public var tightest: TightestBounds
  /// Whether η(π̃) ≥ η(π).
  public var improved: Verdict
  /// Whether some a-priori lower bound exceeds η(π).
  public var guaranteed: Verdict
  /// Whether π̃ = π.
  public var isUnchanged: Bool
  /// η(π̃) − η(π); 0 where nothing changed.
  public var gain: Quantity
  /// The JSON paths of rows that were divided by their sum.
  public var normalised: [String]
}

extension UpdateCheck {
  /// The effect of the update on the return.
  public var outcome: UpdateOutcome {
    UpdateOutcome(improved: improved, guaranteed: guaranteed, isUnchanged: isUnchanged)
  }

  /// How the update counts.
  public var mark: UpdateMark { UpdateMark(outcome, guaranteed: guaranteed) }

  /// The worst verdict among the claims.
  public var worst: Verdict {
    claims.map(\.verdict).max { $0.severity < $1.severity } ?? .holds
  }
}

/// The model that a result is for, in summary.
public struct ModelSummary: Sendable, Equatable, Codable {
  /// The model's name.
  public var name: String
  /// |S|, terminal states included.
  public var states: Int
  /// The number of action names.
  public var actions: Int
  /// γ.
  public var discount: Quantity
  /// True for γ = 1, exactly; else absent. Means over states are then under ρ/Σρ, with ρ over live states.
  public var undiscounted: Bool?
  /// How the model was read from a file of another format; else absent.
  public var reading: ModelReading?

  /// The summary of a model.
  public init<Number: Scalar>(_ mdp: FiniteMDP<Number>) {
    name = mdp.name
    states = mdp.stateCount
    actions = mdp.space.actions.count
    discount = mdp.discount.quantity
    undiscounted = mdp.isUndiscounted ? true : nil
  }

  /// The summary of a model as its file states it.
  public init(_ document: MDPDocument) {
    name = document.name
    states = document.space.stateCount
    actions = document.space.actions.count
    discount = document.discount.rational.quantity
    undiscounted = document.isUndiscounted ? true : nil
    reading = document.reading
  }
}

/// The claims whose lower bounds on η(π̃) are the highest.
public struct TightestBounds: Sendable, Equatable, Codable {
  /// Among the bounds that need no solve of π̃; nil if none is finite.
  public var aPriori: String?
  /// Among those that do; nil if none is finite.
  public var aPosteriori: String?

  /// The tightest bounds by identifier; nil for a kind without one.
  public init(aPriori: String? = nil, aPosteriori: String? = nil) {
    self.aPriori = aPriori
    self.aPosteriori = aPosteriori
  }

  private enum Key: String, CodingKey { case aPriori, aPosteriori }

  /// Writes null where there is none, so that the keys are always there.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(aPriori, forKey: .aPriori)
    try container.encode(aPosteriori, forKey: .aPosteriori)
  }
}
