import MonotoneProbability
import RealModule
import Testing

@testable import NeuralTRPO

/// The pitfalls that concern environments and rollouts, numbered as the others.
@Suite("Pitfalls of rollouts")
struct RolloutPitfallTests {
  /// The batch and its probabilities keep the action that was drawn; only the pendulum's torque, and
  /// hence its reward, are those of the clipped one.
  @Test(
    "5: log-probabilities are of the action that was drawn, not of what an environment makes of it")
  func unclippedActions() {
    let environment = Pendulum()
    var policy = SinglePathTests.policy(for: environment)
    policy.parameters[policy.shape.parameterCount] = 1.5
    let (path, _) = SinglePathTests.collector(environment, policy, count: 4)
    let rollout = path.collect(.steps(50), parameters: policy.parameters)
    #expect(rollout.actions.count { abs($0) > 2 } > 100)
    for row in 0..<rollout.rows {
      let seen = rollout.observations[(3 * row)..<(3 * row + 3)]
      let angle = Double.atan2(y: seen[3 * row + 1], x: seen[3 * row])
      let torque = min(max(rollout.actions[row], -2), 2)
      let cost =
        angle * angle + 0.1 * seen[3 * row + 2] * seen[3 * row + 2] + 0.001 * torque * torque
      #expect(abs(rollout.rewards[row] + cost) < 1e-13 * max(1, cost))
    }
    // The normal numbers that the streams gave, from the actions kept.
    for slot in 0..<4 {
      var stream = RandomStream(seed: 62, stream: 1 << 32 + UInt64(slot))
      for row in 0..<rollout.rows where Int(rollout.slots[row]) == slot {
        let mean = policy.outputs(rollout.observations[(3 * row)..<(3 * row + 3)])[0]
        let drawn = (rollout.actions[row] - mean) / policy.deviations[0]
        #expect(abs(drawn - stream.normal()) < 1e-13)
      }
    }
    let batch = PolicyBatch<Double>(shape: policy.shape, head: policy.head, capacity: rollout.rows)
    batch.load(
      observations: rollout.observations, actions: rollout.actions,
      advantages: [Double](repeating: 1, count: rollout.rows), parameters: policy.parameters)
    for row in 0..<rollout.rows {
      let expected = policy.logProbability(
        of: rollout.actions[row...row], rollout.observations[(3 * row)..<(3 * row + 3)])
      #expect(abs(batch.oldLogProbabilities.start[row] - expected) < 1e-12)
    }
  }

  /// Values of 100 and 1000 mark what must not be looked at: row 1 ends its episode, so that row 2
  /// adds nothing to rows 0 and 1; row 3 ends the batch.
  @Test("13: an end parts the row that it belongs to from the next, also at the border of a batch")
  func maskOfTheRightStep() {
    var rollout = Rollout<Double>(observationWidth: 0, actionWidth: 0)
    rollout.rewards = [1, 2, 4, 8]
    rollout.slots = [0, 0, 0, 0]
    rollout.times = [0, 1, 0, 1]
    let estimator = ReturnEstimator(discount: 0.5, lambda: 0.5)
    let values = [10.0, 20, 100, 1000]

    rollout.ends = [.none, .terminated, .none, .truncated]
    let terminated = estimator.estimates(rollout, values: values, finalValues: [16])
    // δ = 1 + 10 − 10, 2 − 20, 4 + 500 − 100, 8 + 8 − 1000; each adds a quarter of the next's.
    #expect(terminated.advantages == [1 - 4.5, -18, 404 - 246, -984])

    rollout.ends = [.none, .truncated, .none, .truncated]
    let truncated = estimator.estimates(rollout, values: values, finalValues: [4, 16])
    // The second δ is 2 + 2 − 20.
    #expect(truncated.advantages == [1 - 4, -16, 404 - 246, -984])
    #expect(truncated.returns == [7, 4, 258, 16])
  }

  /// Each truncated row bootstraps from the state that its own action led to, and each episode's
  /// first row shows its start: what was seen last is neither lost nor taken for a row.
  @Test("16: an episode that starts anew loses no final observation and makes no transition")
  func autoreset() {
    let environment = Pendulum(timeLimit: 5)
    let policy = SinglePathTests.policy(for: environment)
    let (path, _) = SinglePathTests.collector(environment, policy, count: 3)
    let rollout = path.collect(.steps(12), parameters: policy.parameters)
    #expect(rollout.rows == 36)
    var cut = 0
    for row in 0..<rollout.rows {
      #expect(rollout.times[row] == Int32(row / 3 % 5))
      let isEnd = row / 3 % 5 == 4 || row / 3 == 11
      #expect((rollout.ends[row] == .truncated) == isEnd)
      let seen = rollout.observations[(3 * row)..<(3 * row + 3)]
      let angle = Double.atan2(y: seen[3 * row + 1], x: seen[3 * row])
      var state = Pendulum.State(angle, seen[3 * row + 2])
      var unused = RandomStream(seed: 0)
      _ = environment.step(&state, [rollout.actions[row]], &unused)
      var next = [0.0, 0, 0]
      environment.observe(state, into: &next)
      let after =
        isEnd
        ? rollout.finalObservations[(3 * cut)..<(3 * cut + 3)]
        : rollout.observations[(3 * row + 9)..<(3 * row + 12)]
      for (x, y) in zip(after, next) { #expect(abs(x - y) < 1e-12) }
      if isEnd { cut += 1 }
    }
    #expect(rollout.finalObservations.count == 3 * cut && cut == 9)
    // The starts are the environments' own draws, one after the other.
    for slot in 0..<3 {
      var stream = RandomStream(seed: 61, stream: UInt64(slot))
      for row in 0..<rollout.rows where Int(rollout.slots[row]) == slot && rollout.times[row] == 0 {
        var first = [0.0, 0, 0]
        environment.observe(environment.start(&stream), into: &first)
        #expect(Array(rollout.observations[(3 * row)..<(3 * row + 3)]) == first)
      }
    }
  }
}
