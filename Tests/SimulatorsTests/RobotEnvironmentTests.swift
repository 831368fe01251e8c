import MonotoneProbability
import NeuralTRPO
import TestSupport
import Testing

@testable import Simulators

/// What parity with Gymnasium, which `Tools/check_mujoco.py` checks, does not show.
@Suite("Robots", .enabled(if: Python.hasMuJoCo, Python.mujocoReason))
struct RobotEnvironmentTests {
  @Test(
    "Each robot has the inputs and controls that Gymnasium and the paper tell",
    arguments: [
      ("Swimmer-v5", 8, 2), ("Hopper-v5", 11, 3), ("Walker2d-v5", 17, 6), ("HalfCheetah-v5", 17, 6),
      ("Swimmer-paper", 10, 2), ("Hopper-paper", 12, 3), ("Walker-paper", 18, 6),
    ])
  func sizes(name: String, inputs: Int, controls: Int) throws {
    let environment = try Robots.environment(name)
    #expect(environment.observationWidth == inputs)
    #expect(environment.actionSpace.width == controls)
    #expect(environment.timeLimit == 1000)
    #expect(environment.simulator.hasPrefix("MuJoCo "))
  }

  /// One environment that is left alone, and copies of it that take turns in one simulation and are
  /// written down and read back, must go the same way to the last bit.
  @Test("A state is a value", arguments: RobotCatalogue.names)
  func value(name: String) throws {
    let environment = try Robots.environment(name)
    var stream = RandomStream(seed: 5, stream: 0)
    let first = environment.start(&stream)
    let other = environment.start(&stream)
    #expect(first != other)
    var (alone, shared, disturbing) = (first, first, other)
    let controls = environment.robot.controls
    for step in 0..<300 {
      let actions = (0..<2 * controls).map { _ in 2.4 * stream.uniform() - 1.2 }
      let expected = environment.step(&alone, Array(actions[..<controls]), &stream)
      _ = environment.step(&disturbing, Array(actions[controls...]), &stream)
      shared = try #require(RobotEnvironment.State(numbers: shared.numbers))
      let found = environment.step(&shared, Array(actions[..<controls]), &stream)
      #expect(found == expected && shared == alone, "\(name), step \(step)")
    }
  }

  @Test("Without the accelerations of the last step, a state is not whole")
  func warmStart() throws {
    let environment = try Robots.environment("Hopper-v5")
    var stream = RandomStream(seed: 6, stream: 0)
    var whole = environment.start(&stream)
    var partial = whole
    var differing = 0
    for _ in 0..<50 {
      let action = (0..<3).map { _ in 2 * stream.uniform() - 1 }
      partial = whole
      for index in 12..<18 { partial.numbers[index] = 0 }
      _ = environment.step(&whole, action, &stream)
      _ = environment.step(&partial, action, &stream)
      if whole != partial { differing += 1 }
    }
    #expect(differing > 0)
  }

  @Test("Threads that step one model do not disturb each other")
  func threads() throws {
    let environment = try Robots.environment("Walker2d-v5")
    let head = environment.actionSpace.head(fixedDeviation: nil)
    let shape = NetworkShape(
      inputs: environment.observationWidth, hidden: [], outputs: head.outputs)
    // Means 0, deviations 1.
    let parameters = [Double](repeating: 0, count: shape.parameterCount + head.parameterCount)
    func rewards(_ threads: Int) -> [[Double]] {
      let collector = SinglePath<Double>(
        environment, count: 4, threads: threads, shape: shape, head: head, seed: 9)
      let rollout = collector.collect(.steps(200), parameters: parameters)
      var rewards = [[Double]](repeating: [], count: 4)
      for (slot, reward) in zip(rollout.slots, rollout.rewards) {
        rewards[Int(slot)].append(reward)
      }
      return rewards
    }
    let expected = rewards(1)
    #expect(Set(expected.map(\.count)) == [200])
    #expect(rewards(2) == expected)
  }

  @Test("Only what is a state of the robot is restored")
  func restoring() throws {
    let environment = try Robots.environment("Hopper-v5")
    var stream = RandomStream(seed: 7, stream: 0)
    let state = environment.start(&stream)
    #expect(environment.isValid(state))
    var wrong = state
    wrong.numbers.removeLast()
    #expect(!environment.isValid(wrong))
    wrong = state
    wrong.numbers[4] = .nan
    #expect(!environment.isValid(wrong))
    wrong = state
    wrong.numbers[1] = 0.6
    #expect(!environment.isValid(wrong), "it has fallen")
  }

  /// Beyond where random actions lead: the ends that Gymnasium tells, by one coordinate of a standing robot
  /// at a time. Positions are x, height, lean and joints; then come as many velocities.
  @Test(
    "A robot is well within its bounds, and not at them",
    arguments: [
      ("Hopper-v5", 0, 1e6, true), ("Hopper-v5", 1, 0.7, false), ("Hopper-v5", 1, 0.71, true),
      ("Hopper-v5", 1, 99, true), ("Hopper-v5", 2, 0.2, false), ("Hopper-v5", 2, -0.19, true),
      ("Hopper-v5", 5, 99, true), ("Hopper-v5", 5, -100, false), ("Hopper-v5", 6, 100, false),
      ("Hopper-v5", 11, 100, false), ("Hopper-v5", 12, 1e6, true),
      ("Walker2d-v5", 1, 0.8, false), ("Walker2d-v5", 1, 2, false), ("Walker2d-v5", 1, 1.99, true),
      ("Walker2d-v5", 2, -1, false), ("Walker2d-v5", 2, 0.99, true), ("Walker2d-v5", 9, 1e6, true),
      ("Swimmer-v5", 2, 1e6, true), ("HalfCheetah-v5", 1, -5, true),
    ])
  func health(name: String, coordinate: Int, value: Double, isWell: Bool) throws {
    let environment = try Robots.environment(name)
    var stream = RandomStream(seed: 11, stream: 0)
    var state = environment.start(&stream)
    #expect(environment.isValid(state))
    state.numbers[coordinate] = value
    #expect(environment.isValid(state) == isWell)
  }

  @Test("First states spread as they should")
  func starts() throws {
    // 2,000 draws: a mean further than 5 standard errors off has probability below 1e-6.
    let environment = try Robots.environment("HalfCheetah-v5")
    var stream = RandomStream(seed: 8, stream: 0)
    let starts = (0..<2000).map { _ in environment.start(&stream).numbers }
    for (index, variance) in [(3, 0.01 / 3), (12, 0.01)] {
      let values = starts.map { $0[index] }
      let mean = values.reduce(0, +) / 2000
      let squares = values.reduce(0) { $0 + $1 * $1 } / 2000
      #expect(abs(mean) < 5 * (variance / 2000).squareRoot())
      #expect(abs(squares / variance - 1) < 0.2)
    }
    #expect(starts.allSatisfy { abs($0[3]) <= 0.1 })
    #expect(starts.contains { abs($0[12]) > 0.2 })
  }
}
