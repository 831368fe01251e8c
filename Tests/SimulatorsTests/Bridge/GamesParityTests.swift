import Foundation
import MonotoneProbability
import NeuralTRPO
import TestSupport
import Testing

@testable import Simulators

/// Games and other images through the bridge, against Python programs that step them by themselves.
@Suite(
  "Images through the bridge and from Python alone",
  .enabled(if: Python.hasGames, Python.gamesReason))
struct GamesParityTests {
  private struct Input: Encodable {
    var seeds: [Int64]
    /// By step, environment and part.
    var actions: [[[Int]]]
  }

  /// By step and environment; images in the order of height, width and channels.
  private struct Output: Codable, Equatable {
    var images: [[Data]] = []
    var rewards: [[Double]] = []
    var ends: [[UInt8]] = []
    /// Empty where no episode ended.
    var last: [[Data]] = []
  }

  /// A program that makes `environments`, and defines `action`, a function of the parts.
  private static func script(_ making: String) -> String {
    """
    import base64
    import json
    import sys

    import gymnasium
    import numpy as np

    sys.path.insert(0, ".")
    case = json.load(open("case.json"))
    \(making)


    def image(observation):
        return base64.b64encode(np.ascontiguousarray(last(np.uint8(observation))).tobytes()).decode()


    pairs = zip(environments, case["seeds"])
    shown = [image(environment.reset(seed=seed)[0]) for environment, seed in pairs]
    result = {"images": [list(shown)], "rewards": [], "ends": [], "last": []}
    for actions in case["actions"]:
        rewards, ends, finals = [], [], []
        for index, environment in enumerate(environments):
            observation, reward, terminated, truncated, _ = environment.step(action(actions[index]))
            end = 1 if terminated else 2 if truncated else 0
            finals.append(image(observation) if end else "")
            shown[index] = image(environment.reset()[0] if end else observation)
            rewards.append(float(reward))
            ends.append(end)
        result["images"].append(list(shown))
        result["rewards"].append(rewards)
        result["ends"].append(ends)
        result["last"].append(finals)
    print(json.dumps(result))
    """
  }

  /// The Arcade Learning Environment's own vector, which begins episodes in the same step.
  private static let atari = """
    import base64
    import json

    import ale_py
    import numpy as np
    from ale_py.vector_env import AtariVectorEnv
    from gymnasium.vector import AutoresetMode

    case = json.load(open("case.json"))
    count = len(case["seeds"])
    games = AtariVectorEnv(
        "breakout", count, img_height=52, img_width=40, full_action_space=True, reward_clipping=False,
        repeat_action_probability=0.25, max_num_frames_per_episode=4 * 70,
        autoreset_mode=AutoresetMode.SAME_STEP)
    VERTICAL, HORIZONTAL, BUTTON = ["", "UP", "DOWN"], ["", "RIGHT", "LEFT"], ["", "FIRE"]


    def action(parts):
        name = VERTICAL[parts[0]] + HORIZONTAL[parts[1]] + BUTTON[parts[2]]
        return getattr(ale_py.Action, name or "NOOP").value


    def images(observations):
        return [base64.b64encode(np.ascontiguousarray(np.moveaxis(one, 0, 2)).tobytes()).decode()
                for one in observations]


    result = {"images": [images(games.reset(seed=np.array(case["seeds"]))[0])]}
    result |= {"rewards": [], "ends": [], "last": []}
    for actions in case["actions"]:
        shown, rewards, terminated, truncated, info = games.step(np.array([action(one) for one in actions]))
        ends = [1 if a else 2 if b else 0 for a, b in zip(terminated, truncated)]
        result["images"].append(images(shown))
        result["rewards"].append([float(reward) for reward in rewards])
        result["ends"].append(ends)
        result["last"].append([images(info["final_obs"][i:i + 1])[0] if end else "" for i, end in enumerate(ends)])
    print(json.dumps(result))
    """

  private func compare(
    _ name: String, _ options: GymnasiumOptions, steps: Int, timeLimit: Int? = nil,
    ends expectedEnds: Set<UInt8>, with script: String, in folder: URL
  ) throws {
    let environment = try GymnasiumEnvironment(name, options)
    // Three environments in two processes.
    let vectors = try environment.vectors(count: 3, threads: 2, seed: 11, timeLimit: timeLimit)
    guard case .discrete(let choices) = environment.spaces.actionSpace else {
      Issue.record("no choices")
      return
    }
    var stream = RandomStream(seed: 3)
    let input = Input(
      seeds: (0..<3).map { GymnasiumVector.seed(11, stream: $0, seedings: 0) },
      actions: (0..<steps).map { _ in
        (0..<3).map { _ in choices.map { stream.integer(below: $0) } }
      })
    let found = play(vectors, input)
    try JSONEncoder().encode(input).write(to: folder.appendingPathComponent("case.json"))
    let expected = try Python.run(script, in: folder, as: Output.self)
    #expect(found.rewards == expected.rewards)
    #expect(found.ends == expected.ends)
    #expect(found.images == expected.images)
    #expect(found.last == expected.last)
    #expect(Set(expected.ends.flatMap(\.self)).isSuperset(of: expectedEnds))
    #expect(Set(expected.images.flatMap(\.self)).count > steps / 2)
  }

  private func play(_ vectors: [any VectorEnvironment], _ input: Input) -> Output {
    func images(
      _ bytes: (VectorStep) -> UnsafeMutablePointer<UInt8>, where isShown: (VectorStep, Int) -> Bool
    ) -> [Data] {
      vectors.flatMap { vector in
        let (steps, width) = (vector.steps, vector.observationWidth)
        return (0..<steps.count).map { row in
          isShown(steps, row) ? Data(bytes: bytes(steps) + row * width, count: width) : Data()
        }
      }
    }
    var output = Output()
    output.images.append(images(\.observedBytes) { _, _ in true })
    for actions in input.actions {
      var first = 0
      for vector in vectors {
        let steps = vector.steps
        for row in 0..<steps.count {
          for (part, choice) in actions[first + row].enumerated() {
            steps.actions[row * steps.actionWidth + part] = Double(choice)
          }
        }
        vector.step()
        #expect(vector.failure == nil)
        first += steps.count
      }
      output.images.append(images(\.observedBytes) { _, _ in true })
      let rows = vectors.flatMap { vector in (0..<vector.steps.count).map { (vector.steps, $0) } }
      output.rewards.append(rows.map { $0.rewards[$1] })
      output.ends.append(rows.map { $0.ends[$1].rawValue })
      output.last.append(images(\.finalBytes) { $0.ends[$1] != .none })
    }
    return output
  }

  @Test("MinAtar: flags, rewards, ends and last observations agree in every bit")
  func minatar() throws {
    try TemporaryFolder.with { folder in
      let python = try GymnasiumCases.python(in: folder)
      let environment = try GymnasiumEnvironment("minatar:breakout", .init(python: python))
      #expect(
        environment.spaces.image
          == ImageShape(height: 10, width: 10, channels: 4, holdsBytes: true, largestByte: 1))
      #expect(environment.spaces.actionSpace == .discrete(choices: [3]))
      #expect(
        environment.options.makeArguments
          == #"{"difficulty_ramping": true, "sticky_action_prob": 0.1, "use_minimal_action_set": true}"#
      )
      try compare(
        "minatar:breakout", .init(python: python), steps: 150, timeLimit: 12, ends: [0, 1, 2],
        with: Self.script(
          """
          from minatar.gym import BaseEnv

          environments = [gymnasium.wrappers.TimeLimit(BaseEnv("breakout", use_minimal_action_set=True), 12)
                          for _ in case["seeds"]]
          action = lambda parts: parts[0]
          last = lambda observation: observation
          """), in: folder)
      var options = GymnasiumOptions(
        makeArguments: #"{"difficulty_ramping": false}"#, python: python)
      (options.stickyActions, options.hasFullActionSet) = (0.5, true)
      try compare(
        "minatar:space_invaders", options, steps: 200, ends: [0, 1],
        with: Self.script(
          """
          from minatar.gym import BaseEnv

          environments = [BaseEnv("space_invaders", sticky_action_prob=0.5, difficulty_ramping=False)
                          for _ in case["seeds"]]
          action = lambda parts: parts[0]
          last = lambda observation: observation
          """), in: folder)
    }
  }

  @Test(
    "Atari: the joystick, frames and ends are those of the Arcade Learning Environment's vector")
  func atari() throws {
    try TemporaryFolder.with { folder in
      let python = try GymnasiumCases.python(in: folder)
      var options = GymnasiumOptions(python: python)
      (options.stickyActions, options.hasFullActionSet) = (0.25, true)
      let environment = try GymnasiumEnvironment("atari:breakout", options)
      #expect(environment.spaces.actionSpace == Joystick.actionSpace)
      #expect(
        environment.spaces.image
          == ImageShape(height: 52, width: 40, channels: 4, holdsBytes: true))
      #expect(environment.options.makeArguments.contains(#""repeat_action_probability": 0.25"#))
      // What is written down makes the same environment.
      let again = try GymnasiumEnvironment("atari:breakout", environment.options)
      #expect(again.options == environment.options && again.hello == environment.hello)
      try compare(
        "atari:breakout", environment.options, steps: 150, timeLimit: 70, ends: [0, 2],
        with: Self.atari, in: folder)
      let minimal = try GymnasiumEnvironment("atari:breakout", .init(python: python))
      #expect(minimal.spaces.actionSpace == .discrete(choices: [4]))
    }
  }

  @Test(
    "Gymnasium's images of bytes are images, with the frames or colours of a pixel side by side")
  func gymnasium() throws {
    try TemporaryFolder.with { folder in
      let options = GymnasiumOptions(
        makeArguments: #"{"observations": "pixels", "max_episode_steps": 9}"#,
        imports: [GymnasiumCases.module], python: try GymnasiumCases.python(in: folder))
      let environment = try GymnasiumEnvironment("gym:Case-v0", options)
      #expect(
        environment.spaces.image
          == ImageShape(height: 210, width: 160, channels: 3, holdsBytes: true))
      try compare(
        "gym:Case-v0", options, steps: 20, ends: [0, 2],
        with: Self.script(
          """
          import monotone_cases

          environments = [gymnasium.make("Case-v0", observations="pixels", max_episode_steps=9)
                          for _ in case["seeds"]]
          action = lambda parts: np.int64(parts[0] - 1)
          last = lambda observation: np.moveaxis(observation, 0, 2)
          """), in: folder)
    }
  }
}
