package import Foundation

/// Environments of Gymnasium for tests: of every sort of space, and with every sort of fault.
package enum GymnasiumCases {
  /// The module that registers `Case-v0`.
  package static let module = "monotone_cases"

  /// Writes the module into a folder.
  package static func write(into folder: URL) throws {
    try Data(source.utf8).write(to: folder.appendingPathComponent("\(module).py"))
  }

  /// Writes the module into a folder, and a Python that works and finds it there.
  ///
  /// A link: a program that was written a moment ago may be open still in a process that another test starts.
  ///
  /// - Returns: The path of that Python.
  package static func python(in folder: URL) throws -> String {
    try write(into: folder)
    let link = folder.appendingPathComponent("python")
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: tests.appendingPathComponent("python-beside"))
    return link.path
  }

  private static let source = """
    import os
    import signal
    import time

    import gymnasium
    import numpy as np
    from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete, Text

    ACTIONS = {
        "dials": lambda: MultiDiscrete([3, 2, 4], start=[-1, 0, 5]),
        "switches": lambda: MultiBinary(3),
        "shifted": lambda: Discrete(3, start=-1),
        "free": lambda: Box(-np.inf, np.inf, (2,), np.float64),
        "bounded": lambda: Box(np.float32([[-1, 0]]), np.float32([[2, np.inf]])),
        "text": lambda: Text(4),
    }
    OBSERVATIONS = {
        "matrix": lambda: Box(-np.inf, np.inf, (2, 2), np.float64),
        "single": lambda: Box(-np.inf, np.inf, (3,), np.float32),
        "half": lambda: Box(-100, 100, (2,), np.float16),
        "bytes": lambda: Box(0, 255, (2, 3), np.uint8),
        "flags": lambda: Box(0, 1, (4,), bool),
        "pixels": lambda: Box(0, 255, (3, 210, 160), np.uint8),
        "place": lambda: Discrete(6, start=2),
        "dictionary": lambda: Dict({"a": Discrete(2)}),
    }


    class Case(gymnasium.Env):
        made = 0

        def __init__(self, actions="shifted", observations="matrix", fault=None, at=5, file=None):
            self.action_space = ACTIONS[actions]()
            self.observation_space = OBSERVATIONS[observations]()
            self.fault, self.at, self.file, self.taken = fault, at, file, 0
            Case.made += 1
            if fault == "copies" and Case.made == 2:
                self.observation_space = OBSERVATIONS["single"]()

        def observe(self):
            space = self.observation_space
            if isinstance(space, Discrete):
                return np.int64(2 + int(abs(self.state) * 10) % 6)
            if self.fault == "casts":
                return (self.state + np.arange(space.low.size)).reshape(space.shape).tolist()
            if space.dtype.kind == "f":
                return (self.state + np.arange(space.low.size)).reshape(space.shape).astype(space.dtype)
            numbers = abs(int(self.state * 50)) + np.arange(space.low.size)
            return (numbers % (2 if space.dtype == bool else 251)).reshape(space.shape).astype(space.dtype)

        def reset(self, *, seed=None, options=None):
            super().reset(seed=seed)
            self.state = self.np_random.normal()
            self.before = 0.0
            if self.fault == "reset" and self.taken >= self.at:
                raise RuntimeError("no way back")
            if self.fault == "spaces" and self.taken >= self.at:
                self.observation_space = OBSERVATIONS["single"]()
            return self.observe(), {}

        def step(self, action):
            assert self.action_space.contains(action), action
            self.taken += 1
            self.state = 0.8 * self.state + self.np_random.normal() + 0.1 * float(np.sum(action, dtype=np.float64))
            reward = float(np.sin(self.state)) - 0.01 * float(np.sum(np.square(action, dtype=np.float64)))
            # Of the action before, which is kept as it came.
            reward -= 0.001 * float(np.sum(np.multiply(self.before, 1.0)))
            self.before = action
            ended = bool(self.np_random.random() < 0.06)
            answer = self.observe(), reward, ended, False, {}
            isDue = self.taken >= self.at and (self.file is None or os.path.exists(self.file))
            return self.trouble(answer) if self.fault and isDue else answer

        def trouble(self, answer):
            observation, reward, ended, cut, info = answer
            fault = self.fault
            print("about to have trouble:", fault)
            if fault == "raise":
                raise ValueError("the dial\\nis broken")
            if fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if fault == "exit":
                os._exit(3)
            if fault == "hang":
                with open("hanging", "w") as file:
                    file.write(str(os.getpid()))
                sum(range(10**12))
            if fault == "sleep":
                with open("hanging", "w") as file:
                    file.write(str(os.getpid()))
                time.sleep(0.2)
            if fault == "child" and os.fork() == 0:
                time.sleep(30)
                os._exit(0)
            if fault == "child":
                os.kill(os.getpid(), signal.SIGKILL)
            if fault == "four":
                return observation, reward, ended, info
            if fault == "spaces" or fault == "reset":
                return observation, reward, True, cut, info
            if fault == "noisy":
                print("x" * 1_000_000)
            changed = {
                "shape": np.zeros(3),
                "dtype": np.zeros((2, 2), complex),
                "text": "here",
                "nan": np.full((2, 2), np.nan),
                "infinite": np.array([[0, 1], [np.inf, 0]]),
                "place": 8,
                "float": 1.5,
            }.get(fault, observation)
            reward = {"rewardNaN": np.nan, "rewardText": "much", "rewardNone": None}.get(fault, reward)
            return changed, reward, ended, cut, info


    gymnasium.register("Case-v0", Case)
    """
}
