internal import MDPCore
internal import NeuralTRPO

/// Follows the distribution of a policy's states from step to step, without sampling.
///
/// For a row with m steps to go before its trajectory is cut, the estimated advantage expects
///
///     G⁽ᵐ⁾(s,a) = r(s,a) + γ Σ_s' P(s'|s,a) [s' live] (V(s') + λ H⁽ᵐ⁻¹⁾(s')) − V(s)
///     H⁽ᵐ⁾(s)   = Σ_a π(a|s) G⁽ᵐ⁾(s,a),   H⁽⁰⁾ = 0
///
/// with V the critic, frozen. Rows that left their episode contribute nothing more.
///
/// Where a row's state is branched off, the branches go on for so many steps L of their own, or until the
/// time limit: then m is the lesser of those, λ is 1, and from G is taken its mean under π, as ``Vine``
/// takes it. Of K actions drawn from π the mean is their own, of which each is a K-th: that leaves
/// (K − 1)/K of it. With K draws from another distribution a self-normalised estimate tends to the
/// same as K grows.
///
/// Source: the recursion of ``ReturnEstimator``, its expectation taken from the last row to the first.
/// Complexity: O(stored transitions) a step.
struct ExpectedFlow {
  let model: FloatMDP
  let policy: TabularPolicy<Double>
  let critic: [Double]
  let returns: ReturnEstimator
  /// L; nil for a single path.
  let branchHorizon: Int?
  /// The share of a branch's advantage that remains although the branch is part of its own baseline.
  private let branchShare: Double
  /// The factor of a row's weight from one step to the next.
  let decay: Double
  /// H by steps to go and state.
  private var tails: [[Double]]
  private var actionReturns: [Double]
  /// E of the sums.
  var sums: ExpectedSums
  /// Whether some episode may have ended.
  var mayEnd = false

  init(
    _ model: FloatMDP, _ policy: TabularPolicy<Double>, critic: [Double],
    returns: ReturnEstimator, weighting: StateWeighting, branches: VineConfiguration? = nil
  ) {
    precondition(
      critic.count == model.stateCount, "\(critic.count) values for \(model.stateCount) states")
    self.model = model
    self.policy = policy
    self.critic = critic
    self.returns =
      branches == nil ? returns : ReturnEstimator(discount: returns.discount, lambda: 1)
    branchHorizon = branches?.horizon
    let draws = branches.flatMap { $0.choice == .policy ? Double($0.actions) : nil }
    branchShare = draws.map { ($0 - 1) / $0 } ?? 1
    decay = weighting == .discounted ? returns.discount : 1
    tails = [[Double](repeating: 0, count: model.stateCount)]
    actionReturns = [Double](repeating: 0, count: model.space.pairCount)
    sums = ExpectedSums(states: model.stateCount, pairs: model.space.pairCount)
  }

  /// Probabilities of live states at one step, and the same with each row's weight.
  struct Crowd {
    var mass: [Double]
    var weighted: [Double]

    init(states: Int) {
      mass = [Double](repeating: 0, count: states)
      weighted = mass
    }

    mutating func add(_ probability: Double, at state: Int, weight: Double) {
      mass[state] += probability
      weighted[state] += probability * weight
    }

    var total: Double { mass.reduce(0, +) }
  }

  /// Makes H known up to so many steps to go.
  mutating func extendTails(to steps: Int) {
    while tails.count <= steps {
      setActionReturns(stepsToGo: tails.count)
      let returns = actionReturns
      tails.append(
        model.space.states.indices.map { state in
          model.space.pairs(of: state).reduce(0) { $0 + policy[$1] * returns[$1] }
        })
    }
  }

  /// G for rows with so many steps to go.
  private mutating func setActionReturns(stepsToGo: Int) {
    let (space, transitions) = (model.space, model.transitions)
    let beyond = zip(critic, tails[stepsToGo - 1]).map { $0 + returns.lambda * $1 }
    for state in space.liveStates {
      for pair in space.pairs(of: state) {
        var next = 0.0
        for entry in transitions.rowStart[pair]..<transitions.rowStart[pair + 1] {
          let state = Int(transitions.columns[entry])
          if !space.isTerminal[state] { next += transitions.values[entry] * beyond[state] }
        }
        actionReturns[pair] = model.expectedReward[pair] + returns.discount * next - critic[state]
      }
    }
  }

  /// Takes a crowd one step on and adds its rows to the sums.
  ///
  /// - Parameters:
  ///   - stepsToGo: How far its rows are from being cut.
  ///   - stepsToLimit: How far their episodes are from the time limit; `Int.max` for none.
  /// - Returns: The probability that terminated.
  mutating func step(_ crowd: inout Crowd, stepsToGo: Int, stepsToLimit: Int) -> Double {
    let depth = branchHorizon.map { min($0, stepsToLimit) } ?? stepsToGo
    extendTails(to: branchHorizon == nil ? depth - 1 : depth)
    setActionReturns(stepsToGo: depth)
    if branchHorizon != nil {
      for state in model.space.liveStates {
        for pair in model.space.pairs(of: state) {
          actionReturns[pair] = branchShare * (actionReturns[pair] - tails[depth][state])
        }
      }
    }
    let (space, transitions) = (model.space, model.transitions)
    var next = Crowd(states: model.stateCount)
    var ended = 0.0
    for state in space.liveStates where crowd.mass[state] > 0 {
      let (mass, weighted) = (crowd.mass[state], crowd.weighted[state])
      sums.visits[state] += weighted
      sums.rows += mass
      for pair in space.pairs(of: state) {
        sums.returns[pair] += weighted * actionReturns[pair]
        for entry in transitions.rowStart[pair]..<transitions.rowStart[pair + 1] {
          let share = policy[pair] * transitions.values[entry]
          let target = Int(transitions.columns[entry])
          if space.isTerminal[target] {
            ended += mass * share
            if share > 0 { mayEnd = true }
          } else {
            next.mass[target] += mass * share
            next.weighted[target] += decay * weighted * share
          }
        }
      }
    }
    crowd = next
    return ended
  }

  /// Follows a crowd until it is cut.
  ///
  /// - Parameters:
  ///   - steps: After how many steps it is.
  ///   - limit: How far its episodes are from the time limit; nil for none.
  /// - Returns: The probability that an episode ended with each step, the cut counted with the last.
  mutating func follow(_ crowd: Crowd, steps: Int, limit: Int?) -> [Double] {
    var crowd = crowd
    var ended: [Double] = []
    for made in 0..<steps {
      ended.append(
        step(&crowd, stepsToGo: steps - made, stepsToLimit: (limit ?? .max) - made))
    }
    if let last = ended.indices.last { ended[last] += crowd.total }
    return ended
  }
}
