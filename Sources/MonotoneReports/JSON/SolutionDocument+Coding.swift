internal import MonotoneArithmetic

extension SolutionDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, mdp, policy, arithmetic, expectedReturn = "return", stateValues, actionValues
    case advantages, visitation, expectedSteps, accuracy, normalised, remarks
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(model, forKey: .mdp)
    try container.encode(policy, forKey: .policy)
    try container.encode(arithmetic, forKey: .arithmetic)
    try container.encode(expectedReturn, forKey: .expectedReturn)
    try container.encode(map(\.value), forKey: .stateValues)
    try container.encode(actionMap(\.value), forKey: .actionValues)
    try container.encode(actionMap(\.advantage), forKey: .advantages)
    try container.encode(map(\.visitation), forKey: .visitation)
    try container.encodeIfPresent(expectedSteps, forKey: .expectedSteps)
    try container.encode(accuracy, forKey: .accuracy)
    try container.encode(normalised, forKey: .normalised)
    // A remark is news; a proof is what a reader expects.
    if !remarks.isEmpty { try container.encode(remarks, forKey: .remarks) }
  }

  private func map(_ quantity: (StateSolution) -> Quantity) -> [String: Quantity] {
    // Names are unique within a model: `Names` sees to that.
    Dictionary(uniqueKeysWithValues: states.map { ($0.name, quantity($0)) })
  }

  private func actionMap(
    _ quantity: (ActionSolution) -> Quantity
  ) -> [String: [String: Quantity]] {
    Dictionary(
      uniqueKeysWithValues: states.map { state in
        let actions = state.actions.map { ($0.name, quantity($0)) }
        return (state.name, Dictionary(uniqueKeysWithValues: actions))
      })
  }
}

extension SolutionAccuracy: Encodable {
  private enum Key: String, CodingKey { case reciprocalCondition, value, visitation }

  /// Writes null where no condition was estimated.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(reciprocalCondition, forKey: .reciprocalCondition)
    try container.encode(value, forKey: .value)
    try container.encode(visitation, forKey: .visitation)
  }
}
