internal import MDPCore
internal import MDPFormats
internal import MDPGuarantees
internal import MDPVerification
internal import MonotoneArithmetic
internal import MonotoneFiles
internal import MonotoneReports
internal import PolicyImprovement

extension ModelSession {
  /// Evaluates a policy.
  func solve(_ argument: PolicyArgument, _ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: Self.rigourOptions)
    let rigour = try Self.rigour(options)
    let result = try alone {
      let verifier = verifier(rigour)
      var document = try SolutionDocument(
        evaluating: try policy(argument, verifier), of: model, rigour)
      document.remarks = verifier.resolver.remarks
      return document
    }
    let states = result.states
    let space = model.document.space
    func table(_ byPair: QuantityArray) -> [Quantity] {
      space.table(byPair, unavailable: .number(0))
    }
    let shape = [space.stateCount, space.actions.count]
    let arrays =
      Reply.Output.enclosures("return", "returnRadius", [], [result.expectedReturn])
      + Reply.Output.enclosures(
        "stateValues", "stateValuesRadius", [space.stateCount], Array(states.values))
      + Reply.Output.enclosures(
        "visitation", "visitationRadius", [space.stateCount], Array(states.visitation))
      + Reply.Output.enclosures(
        "actionValues", "actionValuesRadius", shape, table(states.actionValues))
      + Reply.Output.enclosures("advantages", "advantagesRadius", shape, table(states.advantages))
    return Reply(arrays: arrays) { try ResultJSON.text(result) }
  }

  /// The probabilities of a policy.
  func resolve(_ argument: PolicyArgument, _ text: String?) throws -> Reply {
    let options = try CallOptions(text, known: Self.rigourOptions)
    let rigour = try Self.rigour(options)
    let named = try alone { try policy(argument, verifier(rigour)) }
    let name = model.document.name
    return Reply(arrays: [.probabilities(named.policy)]) {
      PolicyWriter.write(named.policy, mdp: name)
    }
  }

  /// Applies an improvement rule.
  func improve(_ argument: PolicyArgument, _ text: String?) throws -> Reply {
    let options = try CallOptions(
      text,
      known: ["rule", "iterations", "delta", "step", "alpha", "untilGap"] + Self.rigourOptions)
    let rigour = try Self.rigour(options)
    let ids = RuleCatalogue.all.map(\.id)
    guard let id = try options.word("rule", among: ids) else {
      throw CallFailure("options: rule is missing; expected one of \(ids.joined(separator: ", "))")
    }
    let settings = RuleSettings(
      budget: try options.number("delta", in: 1e-30...1e30),
      stepSize: try options.number("step", in: 1e-300...1e300),
      weight: try options.number("alpha", in: 1e-30...1))
    let iterations = try options.count("iterations", in: 1...1_000_000) ?? 10
    let gap = try options.number("untilGap", in: 0...1e300)
    guard let rule = RuleCatalogue.rule(id, settings) else {
      throw CallFailure("options: rule: \(id) is not in the catalogue", .internalError)
    }
    let document = try alone {
      try rigour.requireAffordable(model)
      return try ImprovementDocument(
        improving: try policy(argument, verifier(rigour)), of: model, by: rule,
        iterations: iterations, untilGap: gap, rigour)
    }
    let returns =
      document.iterations.prefix(1).map { $0.check.quantities[.returnCurrent] }
      + document.iterations.map { $0.check.quantities[.returnCandidate] }
    let arrays: [Reply.Output] =
      [.probabilities(document.policy)]
      + Reply.Output.enclosures("returns", "returnsRadius", [returns.count], returns)
    return Reply(arrays: arrays) { try ResultJSON.text(document) }
  }
}
