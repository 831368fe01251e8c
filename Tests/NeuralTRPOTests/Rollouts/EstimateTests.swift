import MonotoneProbability
import MDPCore
import RealModule
import Testing

@testable import NeuralTRPO

@Suite("Estimates and their standard errors")
struct EstimateTests {
  @Test("Of independent numbers: the mean and s/√n")
  func independent() {
    let estimate = Estimate(meanOf: [1, 2, 4, 9])
    // Deviations −3, −2, 0, 5 from 4: s² = 38/3.
    #expect(estimate.value == 4 && estimate.clusters == 4)
    #expect(abs(estimate.standardError - (38.0 / 12).squareRoot()) < 1e-15)
    #expect(estimate.interval(standardErrors: 2).contains(4))
    #expect(Estimate(meanOf: [7]).standardError == .infinity)
  }

  @Test("Of clusters: the rows of one count as one")
  func clusters() {
    // A row four times over, in one cluster, is a row.
    let plain = Estimate(meanOf: [1, 2, 6])
    let repeated = Estimate(
      meanOf: [1, 2, 2, 2, 2, 6], weights: [4, 1, 1, 1, 1, 4], clusters: [0, 1, 1, 1, 1, 2])
    #expect(repeated.value == plain.value && repeated.clusters == 3)
    #expect(abs(repeated.standardError - plain.standardError) < 1e-15)
    // Whatever the order, and whichever numbers clusters have.
    let shuffled = Estimate(
      meanOf: [2, 6, 2, 1, 2, 2], weights: [1, 4, 1, 4, 1, 1], clusters: [7, 0, 7, 3, 7, 7])
    #expect(abs(shuffled.standardError - plain.standardError) < 1e-15)
    #expect(shuffled.clusters == 3)
    // A sum of totals 3, 5 and 10: 3 times their mean.
    let sum = Estimate(sumOf: [1, 2, 5, 4, 6], clusters: [0, 0, 1, 2, 2])
    #expect(sum.value == 18)
    #expect(abs(sum.standardError - 3 * Estimate(meanOf: [3, 5, 10]).standardError) < 1e-14)
  }

  /// A cycle of states that are left by one step in ten: rows of a trajectory hang together.
  private static let sticky: SampledMDP = {
    let stay = 0.9
    let text = """
      {"schema": "monotone/mdp/v1", "name": "sticky", "discount": 0.9, "states": ["a", "b", "c"],
       "actions": ["x", "y"], "initial": {"a": "1/3", "b": "1/3", "c": "1/3"},
       "transitions": [
         \(["a", "b", "c"].indices.map { state in
           let (here, next) = (["a", "b", "c"][state], ["b", "c", "a"][state])
           return """
             {"from": "\(here)", "action": "x", "to": {"\(here)": \(stay), "\(next)": 0.1}, "reward": \(state)},
             {"from": "\(here)", "action": "y", "to": {"\(here)": 0.8, "\(next)": 0.2}, "reward": \(2 * state)}
             """
         }.joined(separator: ","))]}
      """
    return Models.sampled(text: text, timeLimit: nil)
  }()

  private static let horizon = 8

  /// What the estimates estimate, by the distribution of the state step by step.
  private struct Truth {
    var totalReward = 0.0
    var gain = 0.0
    var discountedGain = 0.0
    var divergence = 0.0

    init(_ policy: PlainPolicy, _ other: PlainPolicy, _ advantage: (Int, Int) -> Double) {
      let model = EstimateTests.sticky.model
      var distribution = model.initial
      var weight = 1.0
      for _ in 0..<EstimateTests.horizon {
        var next = [0.0, 0, 0]
        for state in 0..<3 {
          var seen = [0.0, 0, 0]
          seen[state] = 1
          let (old, new) = (
            policy.factors(policy.outputs(seen[...]))[0], other.factors(other.outputs(seen[...]))[0]
          )
          divergence +=
            distribution[state] * policy.divergence(to: other, seen[...])
            / Double(EstimateTests.horizon)
          for action in 0..<2 {
            let pair = 2 * state + action
            totalReward += distribution[state] * old[action] * model.expectedReward[pair]
            let share = distribution[state] * (new[action] - old[action]) * advantage(state, action)
            gain += share / Double(EstimateTests.horizon)
            discountedGain += weight * share
            for entry in model.transitions.rowStart[pair]..<model.transitions.rowStart[pair + 1] {
              next[Int(model.transitions.columns[entry])] +=
                distribution[state] * old[action] * model.transitions.values[entry]
            }
          }
        }
        distribution = next
        weight *= 0.9
      }
    }
  }

  /// Of R = 300 intervals of ±1.96 standard errors over C = 40 trajectories each covers the truth with
  /// probability ≥ 0.93 (Student's t with 39 degrees of freedom gives 0.943, skewness of order 1/√C
  /// takes the rest) and ≤ 0.96. The count then lies within 5 deviations, √(300 · 0.95 · 0.05) = 3.8 to
  /// 4.4, of 279…288 but with probability 1e-6: in 257…307, hence above 256.
  /// An error too small by √2 would cover with probability 0.83: 249 times.
  @Test("Intervals cover the truth as often as they say; rows taken for independent do not")
  func coverage() {
    let shape = NetworkShape(inputs: 3, hidden: [], outputs: 2)
    let head = FactoredCategorical(choices: [2])
    var random = RandomStream(seed: 70)
    func policy() -> PlainPolicy {
      PlainPolicy(
        shape: shape, head: head,
        parameters: (0..<shape.parameterCount).map { _ in random.normal() })
    }
    let (old, new) = (policy(), policy())
    func advantage(_ state: Int, _ action: Int) -> Double {
      [1, -2, 3, 1, -4, 2][2 * state + action]
    }
    let truth = Truth(old, new, advantage)
    let environments = EnvironmentCatalogue.make(Self.sticky, count: 40, seed: 71)
    let path = SinglePath<Double>(environments, shape: shape, head: head, seed: 72)
    let batch = PolicyBatch<Double>(shape: shape, head: head, capacity: 40 * Self.horizon)
    var covered = [0, 0, 0, 0, 0]
    let repeats = 300
    for index in 0..<repeats {
      let rollout = path.collect(.trajectories(horizon: Self.horizon), parameters: old.parameters)
      let advantages = (0..<rollout.rows).map { row in
        advantage(
          rollout.observations[(3 * row)..<(3 * row + 3)].firstIndex(of: 1).map { $0 - 3 * row }
            ?? 0,
          Int(rollout.actions[row]))
      }
      let clusters = rollout.trajectoryNumbers
      func estimates(_ weighting: StateWeighting, _ clusters: [Int32])
        -> PolicyBatch<Double>.Estimates
      {
        batch.load(
          observations: rollout.observations, actions: rollout.actions, advantages: advantages,
          weights: weighting.weights(of: rollout, discount: 0.9), parameters: old.parameters)
        return batch.estimates(at: new.parameters, clusters: clusters, weighting: weighting)
      }
      func count(_ index: Int, _ estimate: Estimate, _ truth: Double) {
        if estimate.interval(standardErrors: 1.96).contains(truth) { covered[index] += 1 }
      }
      let even = estimates(.undiscounted, clusters)
      let values = batch.values(new.parameters)
      #expect(abs(even.surrogateGain.value - (values.surrogate - batch.oldSurrogate)) < 1e-13)
      #expect(abs(even.meanDivergence.value - values.meanDivergence) < 1e-14)
      #expect(even.surrogateGain.clusters == 40)
      count(0, Estimate(meanOf: rollout.trajectories.map(\.totalReward)), truth.totalReward)
      count(1, even.surrogateGain, truth.gain)
      count(2, even.meanDivergence, truth.divergence)
      count(3, estimates(.discounted, clusters).surrogateGain, truth.discountedGain)
      if index < 100 {
        let rows = estimates(.undiscounted, (0..<Int32(rollout.rows)).map { $0 })
        count(4, rows.meanDivergence, truth.divergence)
      }
    }
    for index in 0..<4 { #expect(covered[index] > 256 && covered[index] < 300, "\(covered)") }
    // Of 100: ten steps in a state are one.
    #expect(covered[4] < 70, "\(covered)")
  }

  @Test("Trajectories are numbered by their first rows, each end beginning another")
  func numbers() {
    var rollout = Rollout<Double>(observationWidth: 0, actionWidth: 0)
    rollout.slots = [0, 1, 0, 1, 0, 1, 1]
    rollout.ends = [.none, .truncated, .terminated, .none, .truncated, .none, .terminated]
    rollout.rewards = [Double](repeating: 0, count: 7)
    #expect(rollout.trajectoryNumbers == [0, 1, 0, 2, 3, 2, 2])
  }

  @Test("Self-normalised surrogates: gains by group add up to the gain")
  func grouped() {
    let test = TestBatch(head: FactoredCategorical(choices: [3]), hidden: [4], rows: 60, seed: 73)
    let batch = PolicyBatch<Double>(shape: test.shape, head: test.head, capacity: 60)
    var random = RandomStream(seed: 74)
    let importance = (0..<60).map { _ in 0.5 + random.uniform() }
    let weights = (0..<60).map { _ in random.uniform() }
    let other = test.moved(by: 1, test.direction(seed: 1))
    for groupSize in [nil, 4] {
      batch.load(
        observations: test.observations, actions: test.actions, advantages: test.advantages,
        weights: weights, importance: importance, groupSize: groupSize,
        parameters: test.parameters)
      let estimates = batch.estimates(at: other, clusters: (0..<60).map { Int32($0 / 12) })
      let gain = batch.values(other).surrogate - batch.oldSurrogate
      #expect(abs(gain) > 0.01 && abs(estimates.surrogateGain.value - gain) < 1e-12)
      #expect(estimates.surrogateGain.clusters == 5)
    }
  }
}
