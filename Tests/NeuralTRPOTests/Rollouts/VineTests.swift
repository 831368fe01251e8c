import MonotoneProbability
import RealModule
import Testing

@testable import NeuralTRPO

@Suite("Vines: branches")
struct VineTests {
  /// A single path and a vine of one policy in the same environments.
  struct Setting<E: Environment> {
    let environment: E
    let policy: PlainPolicy
    let environments: [any VectorEnvironment]
    let path: SinglePath<Double>
    let vine: Vine<Double>

    init(
      _ environment: E, _ policy: PlainPolicy? = nil, count: Int = 4, threads: Int = 1,
      seed: UInt64 = 80
    ) {
      self.environment = environment
      self.policy = policy ?? SinglePathTests.policy(for: environment)
      environments = EnvironmentCatalogue.make(
        environment, count: count, threads: threads, seed: seed)
      let (shape, head) = (self.policy.shape, self.policy.head)
      path = SinglePath(environments, shape: shape, head: head, seed: seed)
      vine = Vine(environments, shape: shape, head: head, seed: seed)
    }

    func rollout(
      _ extent: SinglePath<Double>.Extent, scaling: ObservationScaling? = nil
    ) -> Rollout<Double> {
      path.collect(
        extent, parameters: policy.parameters, scaling: scaling, keepingStates: true)
    }

    func grow(
      _ rollout: Rollout<Double>, batch: Int = 0, scaling: ObservationScaling? = nil,
      discount: Double = 0.9, weighting: StateWeighting = .undiscounted,
      _ configuration: VineConfiguration
    ) -> VineRollout<Double> {
      vine.grow(
        from: rollout, batch: batch, parameters: policy.parameters, scaling: scaling,
        discount: discount, weighting: weighting, configuration)
    }
  }

  /// The rows that a vine draws.
  static func rolloutSet(rows: Int, count: Int, seed: UInt64 = 80, batch: Int = 0) -> [Int] {
    var stream = RandomStream(seed: seed, stream: VineStream.selection.number(batch, 0))
    return stream.subset(of: rows, count: count)
  }

  /// The state behind an observation.
  static func state<E: Environment>(_ environment: E, _ seen: [Double]) -> E.State? {
    switch environment {
    case is Pendulum: E.State(numbers: [Double.atan2(y: seen[1], x: seen[0]), seen[2]])
    case is CartPole: E.State(numbers: seen)
    default: E.State(numbers: [Double(seen.firstIndex(of: 1) ?? -1)])
    }
  }

  /// Tolerance as for single paths.
  private static let tolerance = 1e-12

  @Test(
    "Branches are what following the policy from their states gives", arguments: 0..<4,
    [true, false])
  func branches(kind: Int, sharing: Bool) throws {
    func check<E: Environment>(_ environment: E, threads: Int) throws {
      let setting = Setting(environment, threads: threads)
      let plain = PlainPath(environment, setting.policy, count: 1, seed: 0, policySeed: 0)
      for batch in 0..<2 {
        let rollout = setting.rollout(batch == 0 ? .steps(12) : .wholeEpisodes(atLeast: 30))
        let configuration = VineConfiguration(
          states: 15, actions: 3, choice: .policy, horizon: 6, sharesRandomNumbers: sharing)
        let vine = setting.grow(rollout, batch: batch, configuration)
        let set = Self.rolloutSet(rows: rollout.rows, count: 15, batch: batch)
        #expect(vine.stateCount == 15 && vine.branchCount == 45)
        var (steps, after): (Int, [Double]) = (0, [])
        let width = environment.observationWidth
        for branch in 0..<45 {
          let row = set[branch / 3]
          let seen = Array(rollout.observations[(row * width)..<((row + 1) * width)])
          let index = sharing ? branch / 3 : branch
          let expected = plain.branch(
            at: try #require(Self.state(environment, seen)), time: Int(rollout.times[row]),
            action: Array(vine.action(branch)),
            chance: RandomStream(
              seed: 80, stream: VineStream.environment.number(batch, index)),
            policyChance: RandomStream(seed: 80, stream: VineStream.policy.number(batch, index)),
            horizon: 6, discount: 0.9)
          #expect(vine.states[branch] == branch / 3)
          #expect(
            abs(vine.returns[branch] - expected.discountedReturn)
              <= Self.tolerance * max(1, abs(expected.discountedReturn)))
          steps += expected.steps
          after += expected.after
          // A value of 1 beyond each cut adds γⁿ.
          let tail = expected.isCut ? Double.pow(0.9, expected.steps) : 0
          let values = vine.actionValues(
            finalValues: [Double](repeating: 1, count: vine.finalObservations.count / width))
          #expect(abs(values[branch] - vine.returns[branch] - tail) < 1e-14)
        }
        #expect(vine.steps == steps)
        #expect(vine.finalObservations.count == after.count)
        for (x, y) in zip(vine.finalObservations, after) { #expect(abs(x - y) < Self.tolerance) }
      }
    }
    for threads in [1, 3] { try check(SinglePathTests.kinds[kind], threads: threads) }
  }

  /// Rewards that are a branch's chance itself: the environment's draw, and the policy's action.
  struct Dice: Environment {
    struct State: EnvironmentState {
      var numbers: [Double] { [] }
      init?(numbers: [Double]) {}
      init() {}
    }
    var id: String { "dice" }
    var observationWidth: Int { 1 }
    var actionSpace: ActionSpace { .discrete(choices: [4]) }
    var timeLimit: Int? { nil }
    func isValid(_ state: State) -> Bool { true }
    func start(_ stream: inout RandomStream) -> State { State() }
    func observe(_ state: State, into observation: UnsafeMutablePointer<Double>) {
      observation[0] = 1
    }
    func step(
      _ state: inout State, _ action: UnsafePointer<Double>, _ stream: inout RandomStream
    ) -> Step {
      // So that the digits of the return tell draws and actions apart.
      Step(reward: 1000 * action[0] + stream.uniform(), isTerminal: false)
    }
  }

  @Test("The branches of a state share the environment's and the policy's chance, step by step")
  func commonRandomNumbers() {
    let setting = Setting(Dice())
    let rollout = setting.rollout(.steps(10))
    func rest(_ sharing: Bool) -> [[Double]] {
      let vine = setting.grow(
        rollout, discount: 0.5,
        VineConfiguration(
          states: 20, actions: 5, choice: .uniform, horizon: 4, sharesRandomNumbers: sharing))
      return (0..<20).map { (state: Int) -> [Double] in
        // Less what the first action, which is the branch's own, adds.
        let branches = (5 * state)..<(5 * state + 5)
        return branches.map { (branch: Int) -> Double in
          vine.returns[branch] - 1000 * vine.actions[branch]
        }
      }
    }
    let (shared, own) = (rest(true), rest(false))
    for state in 0..<20 {
      // Returns of at most 7500, rounded.
      #expect(shared[state].allSatisfy { abs($0 - shared[state][0]) < 1e-11 })
      #expect(Set(own[state].map { Int(clamping: $0 * 1e6) }).count == 5)
    }
    // States do not share.
    #expect(Set(shared.map { Int(clamping: $0[0] * 1e6) }).count == 20)
  }

  /// To the bit, on models where the policy often draws the same action.
  @Test("Equal actions of a state give equal branches if chance is shared", arguments: [0, 2, 3])
  func equalActions(kind: Int) {
    func check(_ environment: some Environment) {
      let setting = Setting(environment)
      let rollout = setting.rollout(.steps(20))
      func differing(_ sharing: Bool) -> (equal: Int, pairs: Int) {
        let vine = setting.grow(
          rollout,
          VineConfiguration(
            states: 30, actions: 4, choice: .policy, horizon: 15, sharesRandomNumbers: sharing))
        var (equal, pairs) = (0, 0)
        for first in 0..<vine.branchCount {
          for second in (first + 1)..<max(vine.branchCount, first + 1)
          where vine.states[first] == vine.states[second]
            && vine.action(first).elementsEqual(vine.action(second))
          {
            pairs += 1
            if vine.returns[first] == vine.returns[second] { equal += 1 }
          }
        }
        return (equal, pairs)
      }
      let shared = differing(true)
      #expect(shared.pairs > 30 && shared.equal == shared.pairs)
      let own = differing(false)
      #expect(own.equal < own.pairs)
    }
    check(SinglePathTests.kinds[kind])
  }

  @Test("Environments branched off one state with one stream stay the same under the same actions")
  func branchedEnvironments() {
    for environment in EnvironmentVectorTests.kinds {
      let vector = EnvironmentCatalogue.make(environment, count: 3, seed: 81)[0]
      _ = EnvironmentVectorTests.together(vector, steps: 4)
      vector.keep(1..<3)
      vector.keep(0..<1)
      let (saved, times) = (vector.saved, vector.times)
      #expect(vector.keptCount == 3)
      let branches = vector.branches(at: [2, 2, 0], seed: 5, streams: [7, 7, 8])
      // The third kept is the first environment, the first kept the second.
      #expect(branches.times == [times[0], times[0], times[1]])
      #expect(branches.saved.map(\.state) == [saved[0].state, saved[0].state, saved[1].state])
      #expect(branches.saved.map(\.totalReward) == [0, 0, 1].map { saved[$0].totalReward })
      #expect(branches.saved.map(\.streamPosition) == [0, 0, 0])
      for step in 0..<20 {
        for index in 0..<3 {
          branches.steps.actions[index] = EnvironmentVectorTests.action(
            0, step, environment.actionSpace)
        }
        branches.step()
        #expect(branches.saved[0] == branches.saved[1])
      }
      #expect(vector.saved == saved)
      vector.forgetKept()
      #expect(vector.keptCount == 0)
    }
  }

  @Test("A vine leaves the single path as it is, and is the same again from the same batch number")
  func independence() {
    let environment = Models.sampled("recycling-robot", timeLimit: 9)
    let (growing, plain) = (Setting(environment, threads: 2), Setting(environment, threads: 2))
    for batch in 0..<3 {
      let (first, second) = (growing.rollout(.steps(10)), plain.rollout(.steps(10)))
      #expect(first.observations == second.observations && first.actions == second.actions)
      let configuration = VineConfiguration(states: 10, actions: 3, choice: .uniform, horizon: 5)
      let vine = growing.grow(first, batch: batch, configuration)
      let again = growing.grow(first, batch: batch, configuration)
      #expect(vine.actions == again.actions && vine.returns == again.returns)
      let other = growing.grow(first, batch: batch + 7, configuration)
      #expect(vine.returns != other.returns)
    }
  }

  /// 2000 sets of 6 of 24 rows.
  @Test("Each row is as likely to be drawn; false alarm 1e-6")
  func selection() {
    var counts = [Int](repeating: 0, count: 24)
    for batch in 0..<2000 {
      let set = Self.rolloutSet(rows: 24, count: 6, batch: batch)
      #expect(Set(set).count == 6 && set == set.sorted())
      for row in set { counts[row] += 1 }
    }
    #expect(ChiSquare.accepts(counts, [Double](repeating: 1.0 / 24, count: 24)))
    // Of fewer rows all are drawn, each once.
    let setting = Setting(CartPole())
    let vine = setting.grow(
      setting.rollout(.steps(2)), VineConfiguration(states: 100, choice: .every, horizon: 1))
    #expect(vine.stateCount == 8 && vine.weights == [Double](repeating: 1.0 / 8, count: 8))
    #expect(vine.trajectories == [0, 1, 2, 3, 0, 1, 2, 3])
  }
}
