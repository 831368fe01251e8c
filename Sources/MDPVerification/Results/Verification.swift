public import MonotoneArithmetic
public import MDPGuarantees

/// The one result of a verification run, from which every report is made.
///
/// Written as `verification.json` (schema `monotone/verification/v1`). Holds no times, paths of
/// the machine or counts that depend on it: the same inputs give the same bytes.
public struct Verification: Sendable, Equatable, Codable {
  /// The schema name that documents carry.
  public static let schema = "monotone/verification/v1"

  /// ``schema``.
  public var schema: String
  /// The arithmetic that was asked for.
  public var arithmetic: ArithmeticKind
  /// Whether the run was interrupted, so that models are missing.
  public var interrupted: Bool
  /// One entry a model, in the order of verification.
  public var models: [ModelVerification]
  /// One entry a counterexample to a false variant.
  public var refutations: [Refutation]
  /// One entry an example of how tight a bound is.
  public var attainments: [Attainment]
  /// The claims that were checked.
  public var claims: [ClaimDescription]

  package init(
    arithmetic: ArithmeticKind, interrupted: Bool, models: [ModelVerification],
    refutations: [Refutation], attainments: [Attainment], claims: [ClaimDescription]
  ) {
    schema = Self.schema
    self.arithmetic = arithmetic
    self.interrupted = interrupted
    self.models = models
    self.refutations = refutations
    self.attainments = attainments
    self.claims = claims
  }
}

/// The text of a claim, for tables and tooltips.
public struct ClaimDescription: Sendable, Equatable, Codable {
  /// The claim's identifier.
  public var id: String
  /// The kind of statement: an identity, an inequality or a bound.
  public var kind: ClaimKind
  /// The statement in a line.
  public var statement: String
  /// Paper, section, equation.
  public var source: String

  package init(id: String, kind: ClaimKind, statement: String, source: String) {
    self.id = id
    self.kind = kind
    self.statement = statement
    self.source = source
  }

  /// The description of a claim.
  package init(_ claim: any Claim) {
    self.init(
      id: claim.id, kind: claim.kind, statement: claim.statement, source: claim.source)
  }
}

/// Everything that was verified on one model.
public struct ModelVerification: Sendable, Equatable, Codable {
  /// The file, as it was named.
  public var file: String
  /// Name, sizes and discount.
  public var model: ModelSummary
  /// The model's description of itself.
  public var description: String?
  /// Where it comes from.
  public var source: String?
  /// η of the uniform policy.
  public var uniformReturn: Quantity
  /// η of the optimal policy.
  public var optimalReturn: Quantity
  /// max over pairs of A under the optimal policy at most: 0 where it is proved optimal.
  public var optimalityResidual: Quantity
  /// The checks, one an update of the family.
  public var updates: [VerifiedUpdate]
  /// The improvement rules from the uniform policy; empty where none was asked for.
  public var rules: [RuleVerification]

  package init(
    file: String, model: ModelSummary, description: String?, source: String?,
    uniformReturn: Quantity, optimalReturn: Quantity, optimalityResidual: Quantity,
    updates: [VerifiedUpdate], rules: [RuleVerification] = []
  ) {
    self.file = file
    self.model = model
    self.description = description
    self.source = source
    self.uniformReturn = uniformReturn
    self.optimalReturn = optimalReturn
    self.optimalityResidual = optimalityResidual
    self.updates = updates
    self.rules = rules
  }
}

/// One update of the family, checked.
public struct VerifiedUpdate: Sendable, Equatable, Codable {
  /// A description of the update in a few words: "half way to greedy".
  public var label: String
  /// The command that reproduces the check.
  public var command: String
  /// The check.
  public var check: UpdateCheck

  package init(label: String, command: String, check: UpdateCheck) {
    self.label = label
    self.command = command
    self.check = check
  }
}

/// A false variant and its counterexample: good news when the verdict is `violated`.
public struct Refutation: Sendable, Equatable, Codable {
  /// The counterexample's name.
  public var name: String
  /// The refutation file, as it was named.
  public var file: String
  /// The counterexample's description of itself.
  public var description: String?
  /// The model's name.
  public var model: String
  /// The false statement.
  public var variant: ClaimDescription
  /// The variant's result on the counterexample; `violated` refutes it.
  public var result: ClaimResult
  /// The command that shows the same update.
  public var command: String

  package init(
    name: String, file: String, description: String?, model: String, variant: ClaimDescription,
    result: ClaimResult, command: String
  ) {
    self.name = name
    self.file = file
    self.description = description
    self.model = model
    self.variant = variant
    self.result = result
    self.command = command
  }

  /// Whether the counterexample does its work.
  public var refutes: Bool { result.verdict == .violated }
}

extension ModelVerification {
  /// Whether the optimal policy is proved optimal: no action has a positive advantage.
  public var isOptimumProved: Bool { optimalityResidual.approximation == 0 }
}

extension Verification {
  /// How many claim results came out with a verdict.
  public func count(_ verdict: Verdict) -> Int { counts[verdict] }

  /// The counts over all results.
  package var counts: VerdictCounts { models.reduce(into: .init([])) { $0 += $1.counts } }

  /// The worst verdict of all: what the exit status says.
  ///
  /// A counterexample that fails to refute its false variant counts as a violation: either the
  /// file or the checker is wrong. So does an example of tightness that shows nothing.
  public var worst: Verdict {
    guard refutations.allSatisfy(\.refutes) else { return .violated }
    let verdicts = [counts.worst ?? .holds] + attainments.map(\.outcome)
    return verdicts.max { $0.severity < $1.severity } ?? .holds
  }
}

extension ModelVerification {
  /// The counts over the model's results.
  package var counts: VerdictCounts {
    rules.reduce(into: VerdictCounts(updates.flatMap(\.check.claims))) { $0 += $1.counts }
  }
}
