#!/usr/bin/env python3
"""Steps the robots of Monotone and of Gymnasium side by side, and compares them to the last bit.

Usage: python3 Tools/check_mujoco.py MONOTONE [--steps 1000] [--environment NAME]... [--json]

Both start from the same states and take the same actions, under one libmujoco; observations, rewards,
terminations and truncations must be equal in every bit. Actions are random, of float64 and of float32,
within and beyond their bounds; gentle ones, under which a robot lives long; and episodes are cut by a
time limit. The variants of Schulman et al. are compared with Gymnasium's own options. Prints a line
per comparison, as JSON with --json; exits 1 if a bit differs.

Needs the packages of Tools/requirements-mujoco.txt (`make mujoco` installs them into .build/python).
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import gymnasium
import mujoco
import numpy

PAPER = {"ctrl_cost_weight": 1e-5, "exclude_current_positions_from_observation": False}
ENVIRONMENTS = {
    "Swimmer-v5": ("Swimmer-v5", {}),
    "Hopper-v5": ("Hopper-v5", {}),
    "Walker2d-v5": ("Walker2d-v5", {}),
    "HalfCheetah-v5": ("HalfCheetah-v5", {}),
    "Swimmer-paper": ("Swimmer-v5", PAPER),
    "Hopper-paper": ("Hopper-v5", PAPER),
    "Walker-paper": ("Walker2d-v5", PAPER),
}
# The precision of the actions, their largest size, and the time limit; None for the environment's own.
CASES = {
    "float64": ("float64", 1.0, None),
    "float32": ("float32", 1.0, None),
    "beyond the bounds": ("float64", 4.0, None),
    "float32 beyond the bounds": ("float32", 4.0, None),
    "gentle, cut after 37 steps": ("float64", 0.05, 37),
}


class Monotone:
    """Calls to `monotone serve`."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            [command, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, call, **members):
        self.process.stdin.write(json.dumps({"call": call, **members}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["status"] != 0:
            raise SystemExit(f"{call}: {answer['result']['message']}")
        return answer

    def arrays(self, call, **members):
        answer = self.call(call, **members)["arrays"]
        return {
            key: numpy.array(array["data"], dtype=float).reshape(array["shape"])
            for key, array in answer.items()
        }

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def bits(value):
    """A number or an array, as bytes."""
    return numpy.asarray(value, dtype=numpy.float64).tobytes()


def follow(environment, state):
    """Brings Gymnasium's environment to the start of an episode, and gives its whole state."""
    inner = environment.unwrapped
    model, data = inner.model, inner.data
    environment.reset()
    mujoco.mj_resetData(model, data)
    inner.set_state(state[: model.nq].copy(), state[model.nq : model.nq + model.nv].copy())
    return numpy.concatenate([data.qpos, data.qvel, data.qacc_warmstart])


def compare(monotone, name, case, steps, seed):
    """What differs first, or None, with how many episodes ended and how."""
    precision, size, limit = CASES[case]
    their_name, options = ENVIRONMENTS[name]
    theirs = gymnasium.make(their_name, disable_env_checker=True, max_episode_steps=limit, **options)
    ours = {"seed": seed, "precision": precision} | ({"timeLimit": limit} if limit else {})
    opened = monotone.call("environment_open", name=name, options=ours)
    handle, space = opened["handle"], theirs.action_space
    counts = {"steps": 0, "terminated": 0, "truncated": 0}
    if opened["result"]["observationWidth"] != theirs.observation_space.shape[0]:
        return "the widths of observations differ", counts
    if not (numpy.all(space.low == -1) and numpy.all(space.high == 1)):
        return "the bounds of actions are not -1 and 1", counts
    present = monotone.arrays("environment_states", handle=handle)
    if bits(follow(theirs, present["states"][0])) != bits(present["states"]):
        return "the first states differ", counts
    if bits(theirs.unwrapped._get_obs()) != bits(present["observations"]):
        return "the first observations differ", counts
    random = numpy.random.default_rng(seed)
    for step in range(steps):
        action = random.uniform(-size, size, space.shape).astype(precision)
        observation, reward, terminated, truncated, _ = theirs.step(action)
        present = monotone.arrays(
            "environment_step", handle=handle, actions=[action.astype(float).tolist()]
        )
        counts["steps"] += 1
        end = 1 if terminated else 2 if truncated else 0
        for quantity, one, other in [
            ("observations", observation, present["nextObservations"]),
            ("rewards", reward, present["rewards"]),
            ("ends", end, present["ends"]),
        ]:
            if bits(one) != bits(other):
                return f"{quantity} differ in step {step}: {one} and {other}", counts
        if end:
            counts["terminated" if terminated else "truncated"] += 1
            if bits(follow(theirs, present["states"][0])) != bits(present["states"]):
                return f"the states of the episode that begins after step {step} differ", counts
    monotone.call("close", handle=handle)
    theirs.close()
    return None, counts


def compare_all(command, arguments):
    """A row for each comparison."""
    monotone = Monotone(command)
    rows = []
    for name in arguments.environment or ENVIRONMENTS:
        for seed, case in enumerate(CASES, 1):
            fault, counts = compare(monotone, name, case, arguments.steps, seed)
            rows.append({"environment": name, "case": case, "fault": fault, **counts})
            if not arguments.json:
                result = fault or "equal"
                print(
                    f"{name}, {case}: {counts['steps']} steps, {counts['terminated']} terminated, "
                    f"{counts['truncated']} truncated: {result}"
                )
    monotone.close()
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("monotone")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--environment", action="append", choices=ENVIRONMENTS)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    # MuJoCo's own Python package logs its warnings into the folder that it runs in.
    with tempfile.TemporaryDirectory() as folder:
        command = str(pathlib.Path(arguments.monotone).resolve())
        os.chdir(folder)
        rows = compare_all(command, arguments)
        os.chdir("/")
    if arguments.json:
        print(json.dumps(rows))
    return 1 if any(row["fault"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
