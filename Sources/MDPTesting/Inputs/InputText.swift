internal import MonotoneArithmetic
internal import MDPCore

/// Models and policies as failures show them: a line a pair.
enum InputText {
  static func model(_ mdp: MDPDocument) -> String {
    let space = mdp.space
    var text =
      "\(mdp.name): \(space.stateCount) states, \(space.actions.count) actions, γ = \(mdp.discount)\n"
    let start = row(mdp.initial.indices.map { (space.states[$0], mdp.initial[$0].rational) })
    text += "  start \(start)\n"
    for state in space.states.indices {
      if space.isTerminal[state] { text += "  state \(space.states[state]) is terminal\n" }
      for pair in space.pairs(of: state) {
        let entries = mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1]
        let next = entries.map { entry in
          (
            space.states[Int(mdp.transitions.nextState[entry])],
            mdp.transitions.probability[entry].rational
          )
        }
        text +=
          "  state \(space.states[state]), action \(space.actionName(ofPair: pair)) → \(row(next))"
        text += rewards(mdp, state: state, pair: pair, entries: entries) + "\n"
      }
    }
    return text
  }

  static func policy(_ policy: ExactPolicy, _ name: String) -> String {
    let space = policy.space
    return "  \(name): "
      + space.liveStates.map { state in
        "\(space.states[state]): "
          + row(space.pairs(of: state).map { (space.actionName(ofPair: $0), policy[$0]) })
      }.joined(separator: "; ")
  }

  private static func row(_ outcomes: [(name: String, probability: Rational)]) -> String {
    let possible = outcomes.filter { !$0.probability.isExactlyZero }
    if possible.count == 1, possible[0].probability == Rational(1) { return possible[0].name }
    return possible.map { "\($0.name) (\($0.probability))" }.joined(separator: ", ")
  }

  private static func rewards(
    _ mdp: MDPDocument, state: Int, pair: Int, entries: Range<Int>
  ) -> String {
    var reward = Rational(0)
    if !mdp.stateRewards.isEmpty { reward += mdp.stateRewards[state].rational }
    if !mdp.actionRewards.isEmpty { reward += mdp.actionRewards[pair].rational }
    var text = reward.isExactlyZero ? "" : ", reward \(reward)"
    if !mdp.transitionRewards.isEmpty,
      entries.contains(where: { !mdp.transitionRewards[$0].isZero })
    {
      text +=
        ", and " + entries.map { "\(mdp.transitionRewards[$0])" }.joined(separator: ", ")
        + " by next state"
    }
    return text
  }
}
