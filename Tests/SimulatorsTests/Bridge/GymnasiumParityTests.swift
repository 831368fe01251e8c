import Foundation
import MonotoneProbability
import NeuralTRPO
import TestSupport
import Testing

@testable import Simulators

/// The bridge against a Python program that steps the same environments by itself.
@Suite("The bridge and Gymnasium alone", .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
struct GymnasiumParityTests {
  /// An environment, and how many of its episodes must end in each way.
  struct Case: Sendable, CustomTestStringConvertible {
    var id: String
    var make = "{}"
    var cuts = true
    var terminates = true
    var testDescription: String { "\(id) \(make)" }
  }

  private struct Input: Encodable {
    var id: String
    var make: String
    var seeds: [Int64]
    /// By step, environment and coordinate.
    var actions: [[[Double]]]
    /// By step and environment.
    var resting: [[Bool]]
  }

  /// By step and environment: what came of the actions.
  private struct Output: Codable, Equatable {
    var first: [[Double]]
    var observations: [[[Double]]] = []
    var rewards: [[Double]] = []
    var ends: [[UInt8]] = []
    var last: [[[Double]]] = []
  }

  private static let script = """
    import importlib
    import json
    import sys

    import gymnasium
    import numpy as np
    from gymnasium.spaces import Box, Discrete, MultiBinary

    sys.path.insert(0, ".")
    importlib.import_module("\(GymnasiumCases.module)")
    case = json.load(open("case.json"))
    environments = [gymnasium.make(case["id"], **json.loads(case["make"])) for _ in case["seeds"]]
    space = environments[0].action_space


    def seen(observation):
        known = environments[0].observation_space
        if isinstance(known, Discrete):
            return [float(known.start + place == observation) for place in range(known.n)]
        return [float(x) for x in np.asarray(observation, known.dtype).ravel()]


    def action(numbers):
        if isinstance(space, Box):
            clipped = np.clip(np.array(numbers), space.low.ravel(), space.high.ravel())
            return clipped.astype(space.dtype).reshape(space.shape)
        if isinstance(space, Discrete):
            return space.start + np.int64(numbers[0])
        start = 0 if isinstance(space, MultiBinary) else space.start
        return (np.array(numbers).astype(space.dtype).reshape(space.shape) + start).astype(space.dtype)


    pairs = zip(environments, case["seeds"])
    shown = [seen(environment.reset(seed=seed)[0]) for environment, seed in pairs]
    result = {"first": list(shown), "observations": [], "rewards": [], "ends": [], "last": []}
    for actions, resting in zip(case["actions"], case["resting"]):
        rewards, ends, last = [], [], []
        for index, environment in enumerate(environments):
            reward, end, final = 0.0, 0, []
            if not resting[index]:
                observation, reward, terminated, truncated, _ = environment.step(action(actions[index]))
                end = 1 if terminated else 2 if truncated else 0
                if end:
                    final = seen(observation)
                    observation, _ = environment.reset()
                shown[index] = seen(observation)
            rewards.append(float(reward))
            ends.append(end)
            last.append(final)
        result["observations"].append(list(shown))
        result["rewards"].append(rewards)
        result["ends"].append(ends)
        result["last"].append(last)
    print(json.dumps(result))
    """

  @Test(
    "Observations, rewards, ends and last observations agree in every bit",
    arguments: [
      Case(
        id: "Case-v0",
        make: #"{"actions": "dials", "observations": "matrix", "max_episode_steps": 9}"#),
      Case(id: "CartPole-v1", make: #"{"max_episode_steps": 15}"#),
      Case(id: "Pendulum-v1", make: #"{"max_episode_steps": 40}"#, terminates: false),
      Case(
        id: "Case-v0",
        make: #"{"actions": "switches", "observations": "place", "max_episode_steps": 20}"#),
      Case(id: "Case-v0", make: #"{"actions": "shifted", "observations": "bytes"}"#, cuts: false),
      Case(id: "Case-v0", make: #"{"actions": "free", "observations": "half"}"#, cuts: false),
      Case(id: "Case-v0", make: #"{"actions": "bounded", "observations": "flags"}"#, cuts: false),
      Case(
        id: "Case-v0", make: #"{"observations": "single", "fault": "casts", "at": 1000000}"#,
        cuts: false),
    ])
  func parity(one: Case) throws {
    try TemporaryFolder.with { folder in
      let options = GymnasiumOptions(
        makeArguments: one.make, imports: [GymnasiumCases.module],
        python: try GymnasiumCases.python(in: folder))
      let environment = try GymnasiumEnvironment("gym:\(one.id)", options)
      // Three environments in two processes.
      let vectors = try environment.vectors(count: 3, threads: 2, seed: 11, timeLimit: nil)
      let input = Self.input(one, environment.spaces.actionSpace, steps: 200)
      let found = Self.play(vectors, input)
      try JSONEncoder().encode(input).write(to: folder.appendingPathComponent("case.json"))
      let expected = try Python.run(Self.script, in: folder, as: Output.self)
      #expect(found.first == expected.first)
      #expect(found.observations == expected.observations)
      #expect(found.rewards == expected.rewards)
      #expect(found.ends == expected.ends)
      #expect(found.last == expected.last)
      let ends = expected.ends.flatMap(\.self)
      #expect(ends.contains(1) == one.terminates && ends.contains(2) == one.cuts)
    }
  }

  /// Actions of every sort, beyond bounds as well, and an environment that rests now and then.
  private static func input(_ one: Case, _ space: ActionSpace, steps: Int) -> Input {
    var stream = RandomStream(seed: 3)
    let actions = (0..<steps).map { _ in
      (0..<3).map { _ in
        switch space {
        case .discrete(let choices): choices.map { Double(stream.integer(below: $0)) }
        case .box(let low, _): low.map { _ in 3 * stream.normal() }
        }
      }
    }
    let seeds = (0..<3).map { index in
      var stream = RandomStream(seed: 11, stream: UInt64(index))
      return Int64(stream.next() >> 33)
    }
    return Input(
      id: one.id, make: one.make, seeds: seeds, actions: actions,
      resting: (0..<steps).map { step in (0..<3).map { $0 == 1 && step % 7 > 4 } })
  }

  private static func play(_ vectors: [any VectorEnvironment], _ input: Input) -> Output {
    func rows(
      _ numbers: (VectorStep) -> UnsafeMutablePointer<Double>,
      where isShown: (VectorStep, Int) -> Bool
    ) -> [[Double]] {
      vectors.flatMap { vector in
        let (steps, width) = (vector.steps, vector.observationWidth)
        return (0..<steps.count).map { row in
          isShown(steps, row)
            ? Array(UnsafeBufferPointer(start: numbers(steps) + row * width, count: width)) : []
        }
      }
    }
    var output = Output(first: rows(\.observations) { _, _ in true })
    for (actions, resting) in zip(input.actions, input.resting) {
      var first = 0
      for vector in vectors {
        let steps = vector.steps
        for row in 0..<steps.count {
          steps.isResting[row] = resting[first + row]
          (steps.rewards[row], steps.ends[row]) = (0, .none)
          for (column, number) in actions[first + row].enumerated() {
            steps.actions[row * steps.actionWidth + column] = number
          }
        }
        vector.step()
        first += steps.count
      }
      output.observations.append(rows(\.observations) { _, _ in true })
      output.rewards.append(
        vectors.flatMap { vector in
          (0..<vector.steps.count).map { vector.steps.rewards[$0] }
        })
      output.ends.append(
        vectors.flatMap { vector in
          (0..<vector.steps.count).map { vector.steps.ends[$0].rawValue }
        })
      output.last.append(rows(\.finalObservations) { $0.ends[$1] != .none })
    }
    return output
  }
}
