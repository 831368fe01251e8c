import MonotoneFiles
import TRPOComparison
import MDPCore
import NeuralTRPO
import RealModule
import TestSupport
import Testing

/// Means of sampled estimates against the practice twin, on small models of every kind, and biased
/// estimators that must be told from it.
///
/// What an estimate is made of, numerators and denominators alike, is compared entry by entry: gradient,
/// surrogate, mean KL and Fisher matrix are functions of these. Some 20 entries of 6 estimators on 50
/// models are 6,000 comparisons. With a limit of 6.5 standard errors (two-sided 8e-11 each) the
/// probability that a right estimator fails anywhere is below 1e-6, the normal approximation granted.
@Suite(.tags(.slow)) struct SampledMeanTests {
  private static let trajectories = 20_000
  private static let limit = 6.5
  private static let horizon = 5

  /// An estimator, and what may be wrong with it.
  private enum Fault: CaseIterable {
    case bootstrapsAtTermination, dropsDiscount, invertsImportance
  }

  private static func strays(
    _ world: TestWorld, _ returns: ReturnEstimator, _ weighting: StateWeighting, critic: [Double],
    fault: Fault? = nil, behaviour: NetworkPolicy? = nil, _ sampled: Rollout<Double>
  ) -> [Int] {
    var rollout = sampled
    let width = world.policy.states.width
    func value(_ observations: ArraySlice<Double>) -> Double {
      zip(observations, critic).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let values = (0..<rollout.rows).map {
      value(rollout.observations[$0 * width..<($0 + 1) * width])
    }
    var finalValues = stride(from: 0, to: rollout.finalObservations.count, by: width).map {
      value(rollout.finalObservations[$0..<$0 + width])
    }
    if fault == .bootstrapsAtTermination {
      // As if the end of the world were the end of the batch: with the value of the only terminal state.
      let terminal = world.document.space.isTerminal.firstIndex(of: true) ?? 0
      var cut = finalValues.makeIterator()
      finalValues = rollout.ends.compactMap {
        $0 == .truncated ? cut.next() : $0 == .terminated ? critic[terminal] : nil
      }
      rollout.ends = rollout.ends.map { $0 == .none ? .none : .truncated }
    }
    let advantages = returns.estimates(rollout, values: values, finalValues: finalValues).advantages
    let weights =
      weighting == .discounted && fault != .dropsDiscount
      ? rollout.times.map { Double.pow(returns.discount, Int($0)) }
      : [Double](repeating: 1, count: rollout.rows)
    let actor = behaviour ?? world.policy
    let (pi, q) = (world.policy.probabilities, actor.probabilities)
    var ratios = zip(pi.probabilities, q.probabilities).map { $0 / $1 }
    if fault == .invertsImportance { ratios = ratios.map { 1 / $0 } }
    let space = world.document.space
    let products = (0..<rollout.rows).map { row -> Double in
      guard behaviour != nil else { return weights[row] * advantages[row] }
      let state = rollout.observations[row * width..<(row + 1) * width].firstIndex(of: 1) ?? 0
      let pair =
        space.pair(state: state - row * width, action: Int(rollout.actions[row])) ?? 0
      return weights[row] * advantages[row] * ratios[pair]
    }
    // The trajectories are those of the behaviour; only actions are weighed anew.
    let expected = PracticeTwin(
      world.environment, policy: q, critic: critic,
      plan: SamplingPlan(
        extent: .trajectories(horizon: horizon), returns: returns, weighting: weighting)
    ).sums
    return TrajectorySums(
      world, rollout, trajectories: trajectories, weights: weights, values: products
    ).strays(from: expected, pi.probabilities, limit: limit)
  }

  private static func sample(_ world: TestWorld, _ policy: NetworkPolicy, seed: UInt64)
    -> Rollout<Double>
  {
    SinglePath<Double>(
      [EnvironmentVector(world.environment, count: trajectories, seed: seed)],
      shape: policy.shape, head: policy.head, seed: seed
    ).collect(.trajectories(horizon: horizon), parameters: policy.parameters)
  }

  @Test(arguments: 1...50) func meansAreThoseOfTheTwin(_ seed: Int) throws {
    let world = try TestWorld.random(UInt64(seed))
    let sampled = Self.sample(world, world.policy, seed: UInt64(seed))
    let none = [Double](repeating: 0, count: world.critic.count)
    for weighting in StateWeighting.allCases {
      for (returns, critic) in [
        (ReturnEstimator(discount: 0.9), none), (ReturnEstimator(discount: 0.9), world.critic),
        (ReturnEstimator(discount: 0.9, lambda: 0.8), world.critic),
      ] {
        #expect(Self.strays(world, returns, weighting, critic: critic, sampled).isEmpty)
      }
    }
  }

  @Test func bootstrappingAtTerminationIsCaught() throws {
    let world = try TestWorld.tiny()
    let critic = [0.5, -0.5, 1]
    let sampled = Self.sample(world, world.policy, seed: 1)
    let returns = ReturnEstimator(discount: 0.9)
    #expect(Self.strays(world, returns, .discounted, critic: critic, sampled).isEmpty)
    #expect(
      !Self.strays(
        world, returns, .discounted, critic: critic, fault: .bootstrapsAtTermination, sampled
      ).isEmpty)
  }

  @Test func droppingTheDiscountIsCaught() throws {
    let world = try TestWorld.tiny()
    let sampled = Self.sample(world, world.policy, seed: 2)
    let returns = ReturnEstimator(discount: 0.9)
    #expect(Self.strays(world, returns, .discounted, critic: world.critic, sampled).isEmpty)
    #expect(
      !Self.strays(
        world, returns, .discounted, critic: world.critic, fault: .dropsDiscount, sampled
      ).isEmpty)
  }

  @Test func invertingImportanceRatiosIsCaught() throws {
    let world = try TestWorld.tiny()
    var behaviour = world.policy
    for index in behaviour.parameters.indices { behaviour.parameters[index] *= -0.5 }
    let sampled = Self.sample(world, behaviour, seed: 3)
    let returns = ReturnEstimator(discount: 0.9, lambda: 0.9)
    func strays(_ fault: Fault?) -> [Int] {
      Self.strays(
        world, returns, .undiscounted, critic: world.critic, fault: fault, behaviour: behaviour,
        sampled)
    }
    #expect(strays(nil).isEmpty)
    #expect(!strays(.invertsImportance).isEmpty)
  }

  /// Two bits make four joint actions; the KL of the joint choice is the sum of the bits', not their mean.
  @Test func averagingDivergencesOverDimensionsIsCaught() throws {
    let world = try TestWorld.bits()
    let bits = FactoredCategorical(choices: [2, 2])
    let shape = NetworkShape(inputs: world.policy.states.width, hidden: [], outputs: 4)
    let old = (0..<shape.parameterCount).map { 0.3 * Double.sin(Double(3 * $0)) }
    let new = old.enumerated().map { $1 + 0.2 * Double.cos(Double(5 * $0)) }
    let (before, after) = (world.joint(old), world.joint(new))
    let sampled = Self.sample(world, before, seed: 4)
    let batch = PolicyBatch<Double>(shape: shape, head: bits, capacity: sampled.rows)
    batch.load(
      observations: sampled.observations,
      // Action 2b + c is b in the first bit and c in the second.
      actions: sampled.actions.flatMap {
        [($0 / 2).rounded(.down), $0.remainder(dividingBy: 2).magnitude]
      },
      advantages: [Double](repeating: 0, count: sampled.rows), parameters: old)
    let found = batch.values(new).meanDivergence
    let twin = PracticeTwin(
      world.environment, policy: before.probabilities, critic: [0, 0, 0],
      plan: SamplingPlan(
        extent: .trajectories(horizon: Self.horizon), returns: ReturnEstimator(discount: 0.9),
        weighting: .undiscounted)
    ).twin
    let expected = twin.batch(at: before).values(after.parameters).meanDivergence
    // The mean over states met lies between the states' own divergences, D apart; its deviation is
    // below D/2 for each of n independent trajectories, however their rows hang together.
    let space = world.document.space
    let states = space.liveStates.map { state in
      space.pairs(of: state).reduce(0) { sum, pair in
        let (p, q) = (before.probabilities[pair], after.probabilities[pair])
        return sum + p * Double.log(p / q)
      }
    }
    let spread = (states.max() ?? 0) - (states.min() ?? 0)
    let region = Self.limit * spread / 2 / Double(Self.trajectories).squareRoot()
    #expect(abs(found - expected) <= region)
    #expect(abs(found / 2 - expected) > region)
  }
}
