internal import MonotoneArithmetic
internal import MDPGuarantees
internal import MDPCore
internal import MDPSolvers

extension OptimumDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, mdp, requestedGap, gap, proved, `return`, rounds, sweeps, solves, interrupted
    case policy, normalised
  }

  private enum ReturnKey: String, CodingKey {
    case lower, upper
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(model, forKey: .mdp)
    try container.encode(requestedGap, forKey: .requestedGap)
    try container.encode(Quantity(optimum.gap), forKey: .gap)
    try container.encode(isReached, forKey: .proved)
    var ends = container.nestedContainer(keyedBy: ReturnKey.self, forKey: .return)
    try ends.encode(Quantity(optimum.lower), forKey: .lower)
    try ends.encode(Quantity(optimum.upper), forKey: .upper)
    try container.encode(optimum.rounds, forKey: .rounds)
    try container.encode(optimum.sweeps, forKey: .sweeps)
    try container.encode(optimum.solves, forKey: .solves)
    try container.encode(interrupted, forKey: .interrupted)
    try container.encode(PolicyJSON(policy, mdp: model.name), forKey: .policy)
    try container.encode(normalised, forKey: .normalised)
  }
}
