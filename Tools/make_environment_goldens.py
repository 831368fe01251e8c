#!/usr/bin/env python3
"""Writes `Tests/Goldens/environments/`: what Gymnasium's CartPole-v1 and Pendulum-v1 do from given states under given actions.

    python3 Tools/make_environment_goldens.py            write it
    python3 Tools/make_environment_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

Of every step: the state in double precision (`env.unwrapped.state`, before it is rounded to an observation), the reward,
whether the process terminated, whether a time limit truncated it. Of every episode: its first and its last observation.
An episode goes on to its end, or to the end of its actions.
"""

import json
import math
import random
import sys
import warnings
from pathlib import Path

import gymnasium
import numpy

import golden_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "environments"


def play(name, choose, steps, start=None, seed=None, limit=None):
    """An episode in which `choose(time, state)` gives the actions, from a state or a seeded reset."""
    environment = gymnasium.make(name, **({} if limit is None else {"max_episode_steps": limit}))
    observation, _ = environment.reset(seed=seed)
    inner = environment.unwrapped
    if start is not None:
        inner.state = numpy.array(start)
        # What a reset to that state would have shown.
        observation = inner._get_obs() if name == "Pendulum-v1" else numpy.array(start, dtype=numpy.float32)
    golden = {
        "limit": environment.spec.max_episode_steps,
        "start": [float(x) for x in inner.state],
        "firstObservation": [float(x) for x in observation],
        "actions": [],
        "states": [],
        "rewards": [],
        "terminated": [],
        "truncated": [],
    }
    for time in range(steps):
        action = choose(time, inner.state)
        given = action if name == "CartPole-v1" else numpy.array([action])
        observation, reward, terminated, truncated, _ = environment.step(given)
        golden["actions"].append(action)
        golden["states"] += [float(x) for x in inner.state]
        golden["rewards"].append(float(reward))
        golden["terminated"].append(terminated)
        golden["truncated"].append(truncated)
        if terminated or truncated:
            break
    return golden | {"lastObservation": [float(x) for x in observation]}


def cart_pole():
    """Ends of every kind: by the angle and by the position to either side, by the limit, by both at once."""
    draws = random.Random(1)

    def balance(noise):
        # Towards where the pole and, more slowly, the cart are going.
        return lambda _, s: int(s[2] + 0.5 * s[3] + 0.05 * s[0] + 0.1 * s[1] + draws.gauss(0, noise) > 0)

    def side(action):
        return lambda _, __: action

    fall = play("CartPole-v1", side(0), 500, seed=4)
    return [
        play("CartPole-v1", balance(0.05), 600, seed=1),
        play("CartPole-v1", balance(0.3), 250, seed=2, limit=1000),
        play("CartPole-v1", side(1), 500, seed=3),
        fall,
        play("CartPole-v1", side(0), 500, seed=4, limit=len(fall["actions"])),
        play("CartPole-v1", balance(0.1), 500, start=[2.3, 1.5, 0.02, -0.3]),
        play("CartPole-v1", balance(0.1), 500, start=[-2.35, -2.0, -0.01, 0.2]),
        play("CartPole-v1", lambda time, _: time % 2, 500, start=[0.0, 0.0, 0.0, 0.0]),
    ]


def pendulum():
    """Torques inside and beyond the bounds; many turns either way, the speed at its bound; angles far from 0."""
    draws = random.Random(2)
    wild = lambda _, __: draws.uniform(-5, 5)
    pump = lambda _, s: 3.0 if s[1] >= 0 else -3.0
    return [
        play("Pendulum-v1", wild, 300, seed=1),
        play("Pendulum-v1", pump, 300, seed=2),
        play("Pendulum-v1", pump, 250, start=[math.pi, 0.0], limit=1000),
        play("Pendulum-v1", lambda _, __: -2.0, 300, start=[100.0, -7.9]),
        play("Pendulum-v1", wild, 300, start=[-41.3, 7.5]),
        play("Pendulum-v1", lambda _, s: -0.1 * s[1], 300, start=[0.0, 0.3], limit=220),
    ]


GOLDENS = {"CartPole-v1.json": cart_pole, "Pendulum-v1.json": pendulum}


def files():
    # Torques outside the bounds are meant.
    warnings.simplefilter("ignore")
    for name, make in GOLDENS.items():
        yield TARGET / name, json.dumps(make(), separators=(",", ":")) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
