internal import MDPTesting

/// The observation of one property on one case, after the observability format of Hypothesis.
///
/// Source: https://hypothesis.readthedocs.io/en/latest/reference/integrations.html (observability).
public struct Observation: Sendable, Equatable {
  /// The property.
  public var property: String
  /// `passed`, `failed` or `gave_up`.
  public var status: String
  /// Why, where it did not pass.
  public var reason: String
  /// How the input was made: seed and case.
  public var origin: String
  /// The input in words; empty where it passed.
  public var representation: String
  /// The size of the model: states, pairs, transitions and terminal states.
  public var features: [String: Int]
  /// The kind of model.
  public var kind: String

  static func of(
    _ input: UpdateInput, case index: Int, seed: UInt64, _ properties: [NamedProperty],
    _ verdicts: [PropertyVerdict?]
  ) -> [Observation] {
    let features = [
      "states": input.mdp.space.stateCount, "pairs": input.mdp.space.pairCount,
      "transitions": input.mdp.transitions.nextState.count,
      "terminal": input.mdp.space.isTerminal.count { $0 },
    ]
    return zip(properties, verdicts).compactMap { property, verdict in
      guard let verdict else { return nil }
      var observation = Observation(
        property: property.id, status: "passed", reason: "", origin: "seed \(seed), case \(index)",
        representation: "", features: features, kind: input.mdp.name)
      switch verdict {
      case .holds, .notRefuted: break
      case .notApplicable: (observation.status, observation.reason) = ("gave_up", "not applicable")
      case .undecided(let reason):
        (observation.status, observation.reason) = ("gave_up", "undecided: \(reason)")
      case .violated(let reason):
        (observation.status, observation.reason) = ("failed", reason)
        observation.representation = "\(input)"
      }
      return observation
    }
  }
}
