internal import MonotoneArithmetic
internal import MDPCore
internal import MDPTesting

/// A model and two policies in plain tables of rational numbers: what laws transform, and what the
/// naive oracle computes with.
///
/// Shares nothing with ``FiniteMDP`` but the document, on purpose.
struct PlainModel {
  var name: String
  /// γ.
  var discount: Rational
  /// ρ₀ by state.
  var initial: [Rational]
  /// By state; terminal where there are none.
  var pairs: [[Pair]]

  /// An available action.
  struct Pair {
    /// P(·|s,a) by state.
    var next: [Rational]
    /// r(s,a).
    var reward: Rational
    /// π(a|s).
    var current: Rational
    /// π̃(a|s).
    var candidate: Rational
  }

  init(_ input: UpdateInput) {
    let (mdp, space) = (input.mdp, input.mdp.space)
    name = mdp.name
    discount = mdp.discount.rational
    initial = mdp.initial.map(\.rational)
    pairs = space.states.indices.map { state in
      space.pairs(of: state).map { pair in
        var next = [Rational](repeating: .zero, count: space.stateCount)
        var reward = Rational.zero
        if !mdp.stateRewards.isEmpty { reward += mdp.stateRewards[state].rational }
        if !mdp.actionRewards.isEmpty { reward += mdp.actionRewards[pair].rational }
        for entry in mdp.transitions.rowStart[pair]..<mdp.transitions.rowStart[pair + 1] {
          let probability = mdp.transitions.probability[entry].rational
          next[Int(mdp.transitions.nextState[entry])] = probability
          if !mdp.transitionRewards.isEmpty {
            reward += probability * mdp.transitionRewards[entry].rational
          }
        }
        return Pair(
          next: next, reward: reward, current: input.current[pair],
          candidate: input.candidate[pair])
      }
    }
  }

  /// The model and the policies as they were, written anew.
  var input: UpdateInput {
    var table = TransitionTable()
    var rewards = ExactNumberArray()
    var pairStart = [0]
    var pairAction: [Int32] = []
    for state in pairs {
      for (action, pair) in state.enumerated() {
        for (next, probability) in pair.next.enumerated() where !probability.isExactlyZero {
          table.nextState.append(Int32(next))
          table.probability.append(ExactNumber(probability))
        }
        table.rowStart.append(table.nextState.count)
        rewards.append(ExactNumber(pair.reward))
        pairAction.append(Int32(action))
      }
      pairStart.append(pairAction.count)
    }
    let space = StateActionSpace(
      states: Names(count: pairs.count), actions: Names(count: pairs.map(\.count).max() ?? 0),
      isTerminal: pairs.map(\.isEmpty), pairStart: pairStart, pairAction: pairAction)
    let document = MDPDocument(
      name: name, discount: ExactNumber(discount), space: space,
      initial: ExactNumberArray(initial.map { ExactNumber($0) }), transitions: table,
      actionRewards: rewards)
    func policy(_ probability: (Pair) -> Rational) -> ExactPolicy {
      ExactPolicy(space: space, probabilities: pairs.joined().map(probability))
    }
    return UpdateInput(
      mdp: document, current: policy(\.current), candidate: policy(\.candidate))
  }

  var stateCount: Int { pairs.count }
  var hasTerminals: Bool { pairs.contains { $0.isEmpty } }

  /// Changes every pair.
  mutating func update(_ change: (_ state: Int, inout Pair) -> Void) {
    for state in pairs.indices {
      for action in pairs[state].indices { change(state, &pairs[state][action]) }
    }
  }

  /// Puts a new state behind the last, which nothing leads to yet.
  mutating func addState(_ newPairs: [Pair]) {
    initial.append(.zero)
    update { $1.next.append(.zero) }
    pairs.append(newPairs)
  }
}
