internal import MonotoneArithmetic
internal import MonotoneProbability
internal import MDPCore

/// A run of a policy through a model.
public struct TrajectoryInput: Sendable {
  /// The model and the policy.
  public let input: PolicyInput
  /// The steps, in order; fewer than were asked for where the run ended in a terminal state.
  public let steps: [Step]

  /// A state, what was done in it, and what came of that.
  public struct Step: Sendable, Equatable {
    /// s.
    public var state: Int
    /// The pair of s and a.
    public var pair: Int
    /// r(s,a,s').
    public var reward: Double
    /// s'.
    public var next: Int
  }

  /// The run of a seed.
  init(input: PolicyInput, length: Int, seed: UInt64) {
    let (mdp, space) = (input.mdp, input.mdp.space)
    let table = mdp.transitions
    var stream = RandomStream(seed: seed)
    func choose(_ outcomes: some Sequence<Int>, _ probability: (Int) -> Double) -> Int {
      var rest = stream.uniform()
      var last = 0
      for outcome in outcomes where probability(outcome) > 0 {
        last = outcome
        rest -= probability(outcome)
        if rest < 0 { break }
      }
      return last
    }
    var state = choose(space.states.indices) { mdp.initial[$0].rational.doubleValue }
    var steps: [Step] = []
    while steps.count < length, !space.isTerminal[state] {
      let pair = choose(space.pairs(of: state)) { input.policy[$0].doubleValue }
      let entry = choose(table.rowStart[pair]..<table.rowStart[pair + 1]) {
        table.probability[$0].rational.doubleValue
      }
      let next = Int(table.nextState[entry])
      var reward = 0.0
      if !mdp.stateRewards.isEmpty { reward += mdp.stateRewards[state].rational.doubleValue }
      if !mdp.actionRewards.isEmpty { reward += mdp.actionRewards[pair].rational.doubleValue }
      if !mdp.transitionRewards.isEmpty {
        reward += mdp.transitionRewards[entry].rational.doubleValue
      }
      steps.append(Step(state: state, pair: pair, reward: reward, next: next))
      state = next
    }
    self.input = input
    self.steps = steps
  }
}

extension TrajectoryInput: CustomStringConvertible {
  public var description: String {
    let space = input.mdp.space
    return "\(input)\n"
      + steps.map {
        "  \(space.states[$0.state]), \(space.actionName(ofPair: $0.pair)) → "
          + "\(space.states[$0.next]) (\($0.reward))"
      }.joined(separator: "\n")
  }
}
