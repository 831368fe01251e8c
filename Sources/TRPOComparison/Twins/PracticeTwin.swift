package import MDPCore
package import NeuralTRPO

/// The exact expectation of a sampler's estimates: with its horizon, its weighting of states, its critic
/// and its λ.
///
/// The estimates are sums over rows, divided by the number of rows or of episodes begun. Where that
/// number is certain the twin is their expectation. Where it is not (``isRatio``) the twin is the ratio
/// of two exact expectations: the estimates' limit, from which their own expectation differs by
/// O(1/N). Branches whose actions are drawn from the policy are told exactly as far as gradients go,
/// which are linear in them; away from π their surrogate is a ratio too.
///
/// **Whole episodes.** An environment begins another episode as long as all of a thread's have too few steps.
/// Whether an episode is begun is known before its first step, whatever the others are doing
/// meanwhile, and each that is begun is brought to its end. By Wald's identity K episodes then expect
/// E Σ G = E[K]·E[G], for sums G over the rows of one; the twin is E[G] over E of one's rows, or over 1.
///
/// The critic must not depend on the batch, nor may advantages be normalised: then estimates are no
/// sums of rows. See ``SamplingPlan/init(_:places:)`` for what training's settings come to.
///
/// Complexity: O(steps · stored transitions).
package struct PracticeTwin: Sendable {
  /// The tables.
  package let twin: Twin
  /// The expected sums that the estimates are made of: for `trajectories` and `wholeEpisodes` of one of those.
  package let sums: ExpectedSums
  /// Whether the twin is a ratio of expectations rather than an expectation.
  package let isRatio: Bool

  /// The twin of estimates under a plan.
  ///
  /// - Parameters:
  ///   - policy: π by pair.
  ///   - critic: V by state, whatever at terminal states; zeros for none.
  package init(
    _ environment: SampledMDP, policy: TabularPolicy<Double>, critic: [Double], plan: SamplingPlan
  ) {
    let model = environment.model
    var flow = ExpectedFlow(
      model, policy, critic: critic, returns: plan.returns, weighting: plan.weighting,
      branches: plan.branches)
    // Draws from the policy are self-normalised too, but by their number, which is certain.
    let isSelfNormalised = plan.branches.map { $0.choice == .uniform } ?? false
    switch plan.extent {
    case .trajectories(let horizon):
      flow.follow(environment, trajectoriesOf: horizon)
      isRatio = isSelfNormalised || plan.weighting == .undiscounted && flow.mayEnd
    case .wholeEpisodes(let limit):
      flow.follow(environment, trajectoriesOf: limit)
      // Of episodes that all are as long as their limit, there always are as many.
      isRatio = isSelfNormalised || flow.mayEnd
    case .steps(let count, let places):
      flow.follow(environment, places, count)
      isRatio = isSelfNormalised || plan.weighting == .discounted && flow.mayEnd
    }
    sums = flow.sums
    let divisor = plan.weighting == .discounted ? max(sums.begun, 1) : sums.rows
    let (space, visits, returns) = (model.space, sums.visits, sums.returns)
    var advantages = [Double](repeating: 0, count: space.pairCount)
    for state in space.liveStates where visits[state] > 0 {
      for pair in space.pairs(of: state) { advantages[pair] = returns[pair] / visits[state] }
    }
    twin = Twin(
      space: space, stateWeights: visits.map { $0 / divisor }, advantages: advantages)
  }
}

extension SampledMDP {
  /// The distribution of first states.
  var firstCrowd: ExpectedFlow.Crowd {
    var crowd = ExpectedFlow.Crowd(states: model.stateCount)
    for state in model.space.liveStates where model.initial[state] > 0 {
      crowd.add(model.initial[state] / liveStart, at: state, weight: 1)
    }
    return crowd
  }
}

extension ExpectedFlow {
  /// Follows one trajectory from the start until it is cut.
  mutating func follow(_ environment: SampledMDP, trajectoriesOf horizon: Int) {
    sums.begun = 1
    _ = follow(
      environment.firstCrowd, steps: min(horizon, environment.timeLimit ?? horizon),
      limit: environment.timeLimit)
  }

  /// Follows environments for so many steps from where they stand, through all the episodes that
  /// begin on the way.
  ///
  /// Episodes are told apart only as far as it matters where they, or their branches, will be cut: by the
  /// batch's end all alike, or by a time limit, those begun early enough all at the same age.
  ///
  /// - Precondition: every place is at least a step from its time limit.
  mutating func follow(
    _ environment: SampledMDP, _ places: [SamplingPlan.Place], _ steps: Int
  ) {
    // Once for all copies of this flow.
    if let branchHorizon { extendTails(to: branchHorizon) }
    var births = [Double](repeating: 0, count: steps + 1)
    let first = environment.firstCrowd
    // Episodes that go on, by how far they are from the time limit.
    var underway: [Int: Crowd] = [:]
    for place in places {
      var left = (environment.timeLimit ?? .max) - place.time
      // Beyond the batch's end and the branches', all limits are the same.
      left = min(left, steps + (branchHorizon ?? 0))
      var weight = 1.0
      for _ in 0..<place.time { weight *= decay }
      underway[left, default: Crowd(states: model.stateCount)].add(
        1, at: place.state, weight: weight)
      if place.time == 0 { sums.begun += 1 }
    }
    for (left, crowd) in underway.sorted(by: { $0.key < $1.key }) {
      let ends = follow(crowd, steps: min(steps, left), limit: left)
      for (made, ended) in ends.enumerated() { births[made + 1] += ended }
    }
    // Episodes with time for their whole length.
    let limit = environment.timeLimit ?? steps + 1
    if limit <= steps {
      var whole = ExpectedFlow(self)
      let ends = whole.follow(first, steps: limit, limit: limit)
      for start in 0...(steps - limit) where births[start] > 0 {
        for (made, ended) in ends.enumerated() { births[start + made + 1] += births[start] * ended }
      }
      sums.add(whole.sums, times: births[0...(steps - limit)].reduce(0, +))
      mayEnd = mayEnd || whole.mayEnd
    }
    // Those that the batch's end cuts: all alike, unless branches go on from them to a time limit.
    let lateBirths = max(0, steps - limit + 1)..<steps
    if branchHorizon != nil, environment.timeLimit != nil {
      for start in lateBirths where births[start] > 0 {
        var late = ExpectedFlow(self)
        let ends = late.follow(first, steps: steps - start, limit: limit)
        for (made, ended) in ends.enumerated() { births[start + made + 1] += births[start] * ended }
        sums.add(late.sums, times: births[start])
        mayEnd = mayEnd || late.mayEnd
      }
    } else {
      var crowd = Crowd(states: model.stateCount)
      for made in lateBirths {
        for state in first.mass.indices where births[made] > 0 {
          crowd.add(births[made] * first.mass[state], at: state, weight: 1)
        }
        births[made + 1] += step(&crowd, stepsToGo: steps - made, stepsToLimit: .max)
      }
    }
    sums.begun += births[..<steps].reduce(0, +)
  }

  /// A copy of another flow, with its sums set to 0.
  private init(_ other: ExpectedFlow) {
    self = other
    sums = ExpectedSums(states: model.stateCount, pairs: model.space.pairCount)
  }
}
