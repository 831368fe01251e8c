import MonotoneProbability
import MDPCore
import MDPSolvers
import RealModule
import Testing

@testable import NeuralTRPO

@Suite("Vines: estimates and rows")
struct VineRowsTests {
  static let names = ["racing", "recycling-robot", "garnet-10-3-3"]

  /// A table of logits as a policy on one-hot observations, its probabilities, and what they are worth.
  struct Known {
    let environment: SampledMDP
    let setting: VineTests.Setting<SampledMDP>
    /// π(a|s) by pair.
    let probabilities: [Double]
    static let discount = 0.9

    init(_ environment: SampledMDP, seed: UInt64) {
      self.environment = environment
      let space = environment.model.space
      let head = FactoredCategorical(choices: [space.actions.count])
      let shape = NetworkShape(inputs: space.stateCount, hidden: [], outputs: head.outputs)
      var random = RandomStream(seed: seed)
      let policy = PlainPolicy(
        shape: shape, head: head,
        parameters: (0..<shape.parameterCount).map { _ in random.normal() })
      setting = .init(environment, policy, count: 6)
      probabilities = space.liveStates.flatMap { state in
        let all = Self.probabilities(policy, environment, state)
        return space.pairs(of: state).map { all[Int(space.pairAction[$0])] }
      }
    }

    /// π(·|s) over all actions, 0 where one is not available.
    static func probabilities(
      _ policy: PlainPolicy, _ environment: SampledMDP, _ state: Int
    ) -> [Double] {
      let space = environment.model.space
      var seen = [Double](repeating: 0, count: space.stateCount)
      seen[state] = 1
      var outputs = policy.outputs(seen[...])
      for action in outputs.indices where space.pair(state: state, action: action) == nil {
        outputs[action] = -.infinity
      }
      return policy.factors(outputs)[0]
    }

    /// Q by pair with so many steps to go, and nothing after them.
    func actionValues(steps: Int) -> [Double] {
      let (model, space) = (environment.model, environment.model.space)
      var values = [Double](repeating: 0, count: space.stateCount)
      var result: [Double] = []
      for _ in 0..<steps {
        result = (0..<space.pairCount).map { pair in
          let entries = model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1]
          return model.expectedReward[pair]
            + Self.discount
            * entries.reduce(0) {
              $0 + model.transitions.values[$1] * values[Int(model.transitions.columns[$1])]
            }
        }
        values = stateValues(result)
      }
      return result
    }

    /// V = Σ π Q.
    func stateValues(_ actionValues: [Double]) -> [Double] {
      let space = environment.model.space
      return (0..<space.stateCount).map { state in
        space.pairs(of: state).reduce(0) { $0 + probabilities[$1] * actionValues[$1] }
      }
    }

    /// Q and V for ever, by the solver.
    func solution() throws -> PolicySolver {
      var solver = PolicySolver()
      try solver.solve(
        environment.model,
        TabularPolicy(space: environment.model.space, probabilities: probabilities))
      solver.backUp(environment.model)
      return solver
    }

    /// The state of each row of one-hot observations.
    func states(_ observations: [Double]) -> [Int] {
      let width = environment.observationWidth
      return stride(from: 0, to: observations.count, by: width).map { start in
        (0..<width).first { observations[start + $0] == 1 } ?? -1
      }
    }
  }

  /// Means of independent samples lie within 5 standard errors: false alarm 6e-7 each, of at most 40.
  /// Samples that are all equal have to be right to rounding.
  private func expectMeans(_ samples: [[Double]], _ truths: [Double]) {
    var compared = 0
    for (values, truth) in zip(samples, truths) where values.count >= 100 {
      let estimate = Estimate(meanOf: values)
      #expect(
        abs(estimate.value - truth) <= 5 * estimate.standardError + 1e-12,
        "\(estimate) for \(truth)")
      compared += 1
    }
    #expect(compared >= 1)
  }

  /// Cut by the vine's horizon or by the time limit, which is no end of the process either.
  @Test("With values where a branch was cut, Q̂ is unbiased", arguments: names)
  func actionValues(name: String) throws {
    let known = Known(Models.sampled(name, timeLimit: 20), seed: 90)
    let space = known.environment.model.space
    let solution = try known.solution()
    try #require(known.environment.model.discount == Known.discount)
    var samples = [[Double]](repeating: [], count: space.pairCount)
    for batch in 0..<40 {
      let rollout = known.setting.rollout(.steps(8))
      let vine = known.setting.grow(
        rollout, batch: batch, VineConfiguration(states: 40, choice: .every, horizon: 4))
      let ends = known.states(vine.finalObservations).map { solution.stateValues[$0] }
      let states = known.states(vine.observations)
      let values = vine.actionValues(finalValues: ends)
      for branch in 0..<vine.branchCount {
        let pair = try #require(
          space.pair(state: states[vine.states[branch]], action: Int(vine.actions[branch])))
        samples[pair].append(values[branch])
        #expect(abs(vine.probabilities[branch] - known.probabilities[pair]) < 1e-14)
      }
      // Each available action of each state, once.
      #expect(vine.branchCount == states.reduce(0) { $0 + space.pairs(of: $1).count })
    }
    expectMeans(samples, solution.actionValues)
  }

  @Test("Without values, a branch that was cut lacks its tail", arguments: names)
  func finiteHorizon(name: String) throws {
    let known = Known(Models.sampled(name, timeLimit: nil), seed: 91)
    let space = known.environment.model.space
    var samples = [[Double]](repeating: [], count: space.pairCount)
    for batch in 0..<40 {
      let vine = known.setting.grow(
        known.setting.rollout(.steps(8)), batch: batch,
        VineConfiguration(states: 40, choice: .every, horizon: 3))
      let states = known.states(vine.observations)
      for branch in 0..<vine.branchCount {
        let pair = try #require(
          space.pair(state: states[vine.states[branch]], action: Int(vine.actions[branch])))
        samples[pair].append(vine.returns[branch])
      }
    }
    expectMeans(samples, known.actionValues(steps: 3))
  }

  /// Σ_k (π_old/q) Q̂ / K is an unbiased estimate of V, whatever q; the K branches of a state, which
  /// share their chance, are one sample.
  @Test("Drawn actions: probabilities, importance and values", arguments: names, [true, false])
  func drawn(name: String, isUniform: Bool) throws {
    let known = Known(Models.sampled(name, timeLimit: nil), seed: 92)
    let space = known.environment.model.space
    var samples = [[Double]](repeating: [], count: space.stateCount)
    var counts = [Int](repeating: 0, count: space.pairCount)
    for batch in 0..<40 {
      let vine = known.setting.grow(
        known.setting.rollout(.steps(8)), batch: batch,
        VineConfiguration(
          states: 40, actions: 3, choice: isUniform ? .uniform : .policy, horizon: 3))
      let states = known.states(vine.observations)
      for state in 0..<40 {
        var sum = 0.0
        for branch in (3 * state)..<(3 * state + 3) {
          let pair = try #require(
            space.pair(state: states[state], action: Int(vine.actions[branch])))
          counts[pair] += 1
          sum += vine.importance[branch] * vine.returns[branch] / 3
          let q = 1 / Double(space.pairs(of: states[state]).count)
          let ratio = isUniform ? known.probabilities[pair] / q : 1
          #expect(abs(vine.importance[branch] - ratio) < 1e-13)
        }
        samples[states[state]].append(sum)
      }
    }
    expectMeans(samples, known.stateValues(known.actionValues(steps: 3)))
    for state in space.liveStates {
      let pairs = space.pairs(of: state)
      let q = pairs.map { isUniform ? 1 / Double(pairs.count) : known.probabilities[$0] }
      guard Double(counts[pairs].reduce(0, +)) * (q.min() ?? 0) >= 5 else { continue }
      #expect(ChiSquare.accepts(Array(counts[pairs]), q))
    }
  }

  /// L and D of a batch of rows against the sums of eq. 15 and 16, state by state.
  @Test(
    "Rows give the paper's surrogates, and every state's divergence once", arguments: names,
    TrainingConfiguration.VineChoice.allCases)
  func surrogates(name: String, choice: TrainingConfiguration.VineChoice) throws {
    let known = Known(Models.sampled(name, timeLimit: 20), seed: 93)
    let (setting, environment) = (known.setting, known.environment)
    let rollout = setting.rollout(.steps(20))
    let vine = setting.grow(
      rollout, discount: 0.8, weighting: .discounted,
      VineConfiguration(states: 30, actions: 4, choice: choice, horizon: 5))
    let set = VineTests.rolloutSet(rows: rollout.rows, count: 30)
    let begun = Double(rollout.times.count { $0 == 0 })
    for state in 0..<30 {
      let weight = Double.pow(0.8, Int(rollout.times[set[state]])) / begun * 120 / 30
      #expect(abs(vine.weights[state] - weight) < 1e-15)
    }
    let finalValues = known.states(vine.finalObservations).map { Double($0) }
    let rows = vine.rows(finalValues: finalValues)
    let batch = PolicyBatch<Double>(
      shape: setting.policy.shape, head: setting.policy.head, capacity: vine.branchCount)
    batch.load(
      observations: rows.observations, actions: rows.actions, advantages: rows.advantages,
      weights: rows.weights, importance: rows.importance, groupSize: rows.groupSize,
      mask: rows.masks, parameters: setting.policy.parameters)
    #expect(abs(batch.oldSurrogate) < 1e-13)

    var other = setting.policy
    var random = RandomStream(seed: 94)
    other.parameters = other.parameters.map { $0 + 0.5 * random.normal() }
    let values = vine.actionValues(finalValues: finalValues)
    let states = known.states(vine.observations)
    var (surrogate, divergence) = (0.0, 0.0)
    for state in 0..<30 {
      let old = Known.probabilities(setting.policy, environment, states[state])
      let new = Known.probabilities(other, environment, states[state])
      let branches = vine.states.indices.filter { vine.states[$0] == state }
      /// Eq. 15, or eq. 16, whose q cancels where it is uniform.
      func estimate(_ policy: [Double]) -> Double {
        let ratios = branches.map { branch in
          let action = Int(vine.actions[branch])
          return choice == .policy ? policy[action] / old[action] : policy[action]
        }
        let sum = zip(ratios, branches).reduce(0) { $0 + $1.0 * values[$1.1] }
        return choice == .every ? sum : sum / ratios.reduce(0, +)
      }
      surrogate += vine.weights[state] * (estimate(new) - estimate(old))
      let terms = zip(old, new).map { $0 > 0 ? $0 * Double.log($0 / $1) : 0 }
      divergence += vine.weights[state] * terms.reduce(0, +)
    }
    let result = batch.values(other.parameters)
    // Sums of 30 terms of order 10, through logarithms and back.
    #expect(abs(surrogate) > 1e-3 && abs(result.surrogate - surrogate) < 1e-12)
    #expect(abs(result.meanDivergence - divergence / vine.weights.reduce(0, +)) < 1e-13)
    #expect(rows.trajectories == vine.states.map { vine.trajectories[$0] })
  }

  /// The weather goes its way whatever is done; an action only adds to the day's reward.
  private static let weather = """
    {"schema": "monotone/mdp/v1", "name": "weather", "discount": 0.9, "states": ["sun", "rain"],
     "actions": ["stay", "work"], "initial": {"sun": 1}, "transitions": [
       {"from": "sun", "action": "stay", "to": {"sun": 0.5, "rain": 0.5}, "reward": 5},
       {"from": "sun", "action": "work", "to": {"sun": 0.5, "rain": 0.5}, "reward": 6},
       {"from": "rain", "action": "stay", "to": {"sun": 0.5, "rain": 0.5}, "reward": -5},
       {"from": "rain", "action": "work", "to": {"sun": 0.5, "rain": 0.5}, "reward": -4}]}
    """

  /// Differences Q̂(s, second action) − Q̂(s, first action).
  private func differences(_ environment: SampledMDP, _ isShared: Bool) -> [Double] {
    let known = Known(environment, seed: 95)
    return (0..<5).flatMap { batch in
      let vine = known.setting.grow(
        known.setting.rollout(.steps(10)), batch: batch,
        VineConfiguration(
          states: 60, choice: .every, horizon: 10, sharesRandomNumbers: isShared))
      return vine.states.indices.dropLast().compactMap { branch in
        let isPair = vine.states[branch] == vine.states[branch + 1] && vine.actions[branch] == 0
        return isPair ? vine.returns[branch + 1] - vine.returns[branch] : nil
      }
    }
  }

  private func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }

  @Test("Common random numbers leave of a difference only what the actions make")
  func weather() {
    let environment = Models.sampled(text: Self.weather, timeLimit: nil)
    let shared = differences(environment, true)
    #expect(shared.count == 300 && shared.allSatisfy { abs($0 - 1) < 1e-13 })
    // Of each of two branches 25 Σ γ²ᵗ over nine days of weather, 181 in all, and what the policy's
    // actions add; 300 samples are below half of it, six deviations, with probability 1e-9.
    #expect(variance(differences(environment, false)) > 90)
  }

  /// The ratio of two variances of 300 normal samples is below 0.6 by chance with probability 1e-5.
  @Test("Common random numbers make differences less noisy")
  func lessNoise() {
    let environment = Models.sampled("recycling-robot", timeLimit: nil)
    #expect(
      variance(differences(environment, true)) < 0.6 * variance(differences(environment, false)))
  }
}
