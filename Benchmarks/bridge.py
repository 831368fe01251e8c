#!/usr/bin/env python3
"""Measures what the bridge to Gymnasium costs per vector step, beyond what stepping costs in Python.

    python3 Benchmarks/bridge.py [BRIDGE_BENCH]     # needs gymnasium; builds bridge-bench unless it is named

The environment does nothing, so that whatever is left is cost. Wall time, medians of short rounds, for 1, 8 and 64
environments in one process:

    rollout   a vector step of a rollout over the bridge, less that of the same rollout in an environment of the same
              process that does as little (bridge-bench)
    worker    the vector step of the worker alone: its loop over the environments, without any other process
    bridge    the difference: two pipes, two changes of process, conversions and checks. The limit is 10 µs
    bare      the environments' own step methods, as gymnasium.make wraps them, called in a loop that drops results
    vector    a step of gymnasium.vector.SyncVectorEnv with the same autoreset mode
"""

import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).resolve().parent
WORKER = FOLDER.parent / "Sources/Simulators/Bridge/gymnasium_worker.py"
COUNTS = (1, 8, 64)
LIMIT = 10.0

ENVIRONMENT = """
import gymnasium
import numpy as np


class Null(gymnasium.Env):
    observation_space = gymnasium.spaces.Box(-1, 1, (4,))
    action_space = gymnasium.spaces.Discrete(2)
    answer = np.zeros(4, np.float32)

    def reset(self, *, seed=None, options=None):
        return self.answer, {}

    def step(self, action):
        return self.answer, 0.0, False, False, {}


gymnasium.register("Null-v0", Null)
"""


def median(call, rounds=41, steps=500):
    """Microseconds of wall time per call."""
    call()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(steps):
            call()
        times.append((time.perf_counter() - start) / steps * 1e6)
    return statistics.median(times)


def worker_step(count):
    """The vector step of a worker of the bridge, within this process."""
    import gymnasium
    import numpy

    spec = importlib.util.spec_from_file_location("gymnasium_worker", WORKER)
    worker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(worker)
    with tempfile.TemporaryFile() as file:
        worker.MEMORY = file.fileno()
        copies = worker.Copies(gymnasium, numpy, "Null-v0", {}, count)
    copies.reset()
    return copies.step


def bare_steps(count):
    """The steps of environments, and nothing else."""
    import gymnasium

    steps = []
    for _ in range(count):
        environment = gymnasium.make("Null-v0")
        environment.reset()
        steps.append(environment.step)

    def run():
        for step in steps:
            step(0)

    return run


def vector_step(count):
    """A step of Gymnasium's own vector environment."""
    import gymnasium
    import numpy

    vector = gymnasium.make_vec(
        "Null-v0",
        num_envs=count,
        vectorization_mode="sync",
        vector_kwargs={"autoreset_mode": gymnasium.vector.AutoresetMode.SAME_STEP},
    )
    vector.reset()
    actions = numpy.zeros(count, numpy.int64)
    return lambda: vector.step(actions)


def main():
    """Prints the table; fails where the bridge costs more than its limit."""
    program = sys.argv[1] if len(sys.argv) > 1 else None
    if program is None:
        build = ["swift", "build", "-c", "release", "--package-path", str(FOLDER), "--product", "bridge-bench"]
        subprocess.run(build, check=True)
        program = FOLDER / ".build/release/bridge-bench"
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "null_environment.py").write_text(ENVIRONMENT)
        path = os.pathsep.join([folder, os.environ.get("PYTHONPATH", "")])
        result = subprocess.run(
            [str(program), *map(str, COUNTS)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
        )
    exec(ENVIRONMENT, {})
    print("| environments | rollout | worker | bridge | bare | vector |")
    print("|--:|--:|--:|--:|--:|--:|")
    worst = 0.0
    for line in result.stdout.splitlines():
        count, _, _, rollout = line.split()
        worker = median(worker_step(int(count)))
        bridge = float(rollout) - worker
        worst = max(worst, bridge)
        numbers = [float(rollout), worker, bridge, median(bare_steps(int(count))), median(vector_step(int(count)))]
        print(f"| {count} | " + " | ".join(f"{number:.1f}" for number in numbers) + " |")
    if worst > LIMIT:
        sys.exit(f"the bridge costs {worst:.1f} µs per vector step; expected at most {LIMIT:.0f}")


if __name__ == "__main__":
    main()
