/// The kinds of files that Monotone reads, by the name that stands in them under `schema`.
public enum FileSchema: String, Sendable, CaseIterable {
  /// A finite MDP.
  case mdp = "monotone/mdp/v1"
  /// A policy of a finite MDP.
  case policy = "monotone/policy/v1"
  /// The samples that an update was made from.
  case batch = "monotone/batch/v1"
  /// A counterexample to a false variant of a bound.
  case refutation = "monotone/refutation/v1"
  /// An update on which a bound comes close to equality.
  case attainment = "monotone/attainment/v1"
  /// The settings of a training run.
  case training = "monotone/training/v1"

  /// For messages: `an MDP`, `a policy`, `a batch`, `a refutation`, `an attainment`,
  /// `a training configuration`.
  public var noun: String {
    switch self {
    case .mdp: "an MDP"
    case .policy: "a policy"
    case .batch: "a batch"
    case .refutation: "a refutation"
    case .attainment: "an attainment"
    case .training: "a training configuration"
    }
  }
}
