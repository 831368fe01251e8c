#!/usr/bin/env python3
"""Measures stepping and training robots against the physics alone, Gymnasium, sb3-contrib and one thread.

    pip install -r Benchmarks/peers/requirements.txt
    make build mujoco
    swift build --package-path Benchmarks -c release
    python3 Benchmarks/locomotion_speed.py [--quick]

Stepping: `robot-bench` writes down random actions and the starts of all episodes, and steps them through
the vector interface; a bare loop of `mj_step` in C (peers/mj_step.c) and Gymnasium's `step` make the same
ones. That the loop's last position is ours to the last bit shows that it does the same work.

Training: the whole command with the preset `locomotion`, against as many bare steps under random actions,
and against `learn()` of sb3-contrib with its settings of RL Baselines3 Zoo, per step.

Threads: rollouts of a 64-64 policy with two threads and with one, by the wall, ahead of whatever else runs
where the system allows that.

Rounds alternate between the sides; ratios are taken round by round, of processor time except for threads,
and printed as median and range.
"""

import argparse
import importlib.util
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT / "Benchmarks/.build/release"
# Each with the file of its model and the steps of the physics per action.
ROBOTS = {
    "Swimmer-v5": ("swimmer.xml", 4),
    "Hopper-v5": ("hopper.xml", 4),
    "Walker2d-v5": ("walker2d_v5.xml", 4),
    "HalfCheetah-v5": ("half_cheetah.xml", 5),
}


def package(name):
    """The folder of an installed package."""
    return pathlib.Path(importlib.util.find_spec(name).origin).parent


def output(*command):
    return subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE, text=True).stdout


class Trace:
    """Random actions of a robot, for every side."""

    def __init__(self, robot, steps, folder):
        self.robot, self.steps, self.file = robot, steps, folder / f"{robot}.trace"
        self.position = float(output(BENCH / "robot-bench", robot, steps, self.file))
        model, skip = ROBOTS[robot]
        library, = package("mujoco").glob("libmujoco.*")
        self.loop = [folder / "mj_step", library, package("gymnasium") / "envs/mujoco/assets" / model, skip, self.file]

    def ours(self):
        """Seconds through the vector interface."""
        return float(output(BENCH / "robot-bench", self.robot, self.steps))

    def bare(self):
        """Seconds of the physics alone."""
        seconds, position = output(*self.loop).split()
        if float(position) != self.position:
            raise SystemExit(f"{self.robot}: the bare loop ends at {position}, ours at {self.position}")
        return float(seconds)

    def gymnasium(self):
        """Seconds of Gymnasium's `step` and `reset` under the same actions."""
        import gymnasium
        import numpy

        data = numpy.fromfile(self.file)
        states, width, steps = (int(x) for x in data[:3])
        actions, place = [], 3
        for _ in range(steps):
            place += 1 + (states if data[place] else 0)
            actions.append(data[place : place + width].astype(numpy.float32))
            place += width
        world = gymnasium.make(self.robot)
        world.reset(seed=7)
        before = time.process_time()
        for action in actions:
            _, _, terminated, truncated, _ = world.step(action)
            if terminated or truncated:
                world.reset()
        return time.process_time() - before


def training(options, steps, folder):
    """Seconds of processor time of the whole command for a run of Hopper."""
    process = subprocess.Popen(
        [options.monotone, "train", "Hopper-v5", "--preset", options.preset, "--steps", str(steps), "--overwrite",
         "--output", folder / "run"], stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"monotone train ended with status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def peer_training(steps):
    """Seconds of processor time of a step of sb3-contrib's training; None where it is not installed."""
    try:
        import sb3_locomotion
    except ModuleNotFoundError:
        return None
    sb3_locomotion.torch.set_num_threads(1)
    result = sb3_locomotion.train("Hopper-v5", 0, steps)
    return result["processorSeconds"] / result["steps"]


def report(name, ratios, limit, at_least=True):
    ratio = statistics.median(ratios)
    met = ratio >= limit if at_least else ratio <= limit
    print(
        f"{name}: {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}, {len(ratios)} rounds)  "
        f"{'at least' if at_least else 'at most'} {limit}: {'met' if met else 'MISSED'}", flush=True,
    )


def stepping(traces, rounds):
    for robot, trace in traces.items():
        pairs = [(trace.bare(), trace.ours()) for _ in range(rounds)]
        report(f"{robot}: speed as a share of the bare loop's", [bare / ours for bare, ours in pairs], 0.9)
    hopper = traces["Hopper-v5"]
    times = [(hopper.gymnasium(), hopper.ours(), hopper.bare()) for _ in range(rounds)]
    report("Hopper-v5: times the speed of Gymnasium's step", [theirs / ours for theirs, ours, _ in times], 3)
    floor = statistics.median(theirs / bare for theirs, _, bare in times)
    print(f"  of the bare loop, which nothing in one thread exceeds: {floor:.2f}", flush=True)


def learning(options, trace, steps, rounds, folder):
    against_bare, against_peer = [], []
    for _ in range(rounds):
        bare = trace.bare() / trace.steps
        ours = training(options, steps, folder) / steps
        against_bare.append(ours / bare)
        theirs = peer_training(steps // 10)
        if theirs:
            against_peer.append(theirs / ours)
    report(f"Hopper-v5: time of training, {steps:,} steps, over the bare loop's", against_bare, 2.2, at_least=False)
    if against_peer:
        report("Hopper-v5: times the training speed of sb3-contrib", against_peer, 6)
    else:
        print("sb3-contrib: not installed, left out")


def threads(rounds, repetitions):
    # Two cores must be ours for that; a second for each repetition.
    ahead = ["chrt", "--rr", "10"]
    if not shutil.which("chrt") or subprocess.run([*ahead, "true"], stderr=subprocess.DEVNULL).returncode:
        ahead = []
    shares = []
    for _ in range(rounds):
        text = output(*ahead, BENCH / "rollout-bench", "--rounds", 1, "--repetitions", repetitions, "Hopper-v5")
        shares.append(int(re.search(r"threads 2: .*?(\d+) % of one thread's", text)[1]) / 100)
    report("Hopper-v5: rollouts with two threads against one, by the wall", shares, 1.6)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--monotone", default=str(ROOT / ".build/release/monotone"))
    parser.add_argument("--preset", default="locomotion")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of the steps and at most three rounds")
    options = parser.parse_args()
    share, rounds = (10, min(3, options.rounds)) if options.quick else (1, options.rounds)
    # Where `make mujoco` installs, for us and for the programs that we start.
    packages = str(ROOT / ".build/python")
    sys.path += [packages, str(ROOT / "Benchmarks/peers")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), packages]))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # MuJoCo's own Python package logs its warnings into the folder that it runs in.
        os.chdir(folder)
        output("cc", "-O2", "-ffp-contract=off", "-o", folder / "mj_step", ROOT / "Benchmarks/peers/mj_step.c", "-ldl")
        traces = {robot: Trace(robot, 300_000 // share, folder) for robot in ROBOTS}
        stepping(traces, rounds)
        learning(options, traces["Hopper-v5"], 1_000_000 // share, rounds, folder)
        threads(rounds, 2 if options.quick else 4)
        os.chdir("/")


if __name__ == "__main__":
    main()
