#!/usr/bin/env python3
"""Writes `Tests/Goldens/rollouts/estimates.json`: advantages, returns and weights of rollouts, straight from their definitions.

    python3 Tools/make_rollout_goldens.py            write it
    python3 Tools/make_rollout_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

Every sum is written out from the row it belongs to to the end of its episode, every value beyond an end looked up there:
nothing is carried from row to row.
"""

import json
import random
import sys
from pathlib import Path

import numpy

import golden_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "rollouts" / "estimates.json"


def rollout(seed, environments, steps, ending, resting=0.0):
    """Rows of environments side by side, some of them in the middle of an episode at first; all are cut in the end.

    With `ending` the probability that a row ends its episode, half of the ends terminations, and with `resting` the
    probability that an environment is followed no further once its episode ends.
    """
    draws = random.Random(seed)
    time = [draws.choice([0, 0, 7]) for _ in range(environments)]
    active = list(range(environments))
    rows = []
    for step in range(steps):
        for slot in list(active):
            end = "none"
            if draws.random() < ending:
                end = draws.choice(["terminated", "truncated"])
            if step == steps - 1 and end == "none":
                end = "truncated"
            rows.append({
                "slot": slot, "time": time[slot], "end": end, "reward": draws.gauss(0, 3), "value": draws.gauss(1, 2),
                "finalValue": draws.gauss(1, 2) if end == "truncated" else None,
            })
            time[slot] = time[slot] + 1 if end == "none" else 0
            if end != "none" and draws.random() < resting:
                active.remove(slot)
    return rows


def episode(rows, row):
    """The rows from one to the end of its episode."""
    rest = []
    for other in rows[row:]:
        if other["slot"] == rows[row]["slot"]:
            rest.append(other)
            if other["end"] != "none":
                return rest
    raise ValueError("an episode without an end")


def value_after(rest, index):
    """V of what follows the index-th of the rows of an episode."""
    if rest[index]["end"] == "none":
        return rest[index + 1]["value"]
    return 0.0 if rest[index]["end"] == "terminated" else rest[index]["finalValue"]


def estimates(rows, discount, decay):
    advantages, returns, monte_carlo = [], [], []
    for row in range(len(rows)):
        rest = episode(rows, row)
        advantage = sum(
            (discount * decay) ** k * (rest[k]["reward"] + discount * value_after(rest, k) - rest[k]["value"])
            for k in range(len(rest))
        )
        advantages.append(advantage)
        returns.append(advantage + rows[row]["value"])
        monte_carlo.append(
            sum(discount**k * rest[k]["reward"] for k in range(len(rest)))
            + discount ** len(rest) * value_after(rest, len(rest) - 1)
        )
    begun = max(1, sum(row["time"] == 0 for row in rows))
    return {
        "discount": discount,
        "lambda": decay,
        "advantages": advantages,
        "returns": returns,
        # What λ = 1 must give.
        "monteCarlo": monte_carlo,
        "discountedWeights": [discount ** row["time"] / begun for row in rows],
        "normalized": ((numpy.array(advantages) - numpy.mean(advantages)) / numpy.std(advantages)).tolist(),
    }


def golden(rows):
    cases = [(0.99, 0.95), (0.9, 1.0), (1.0, 0.5), (0.97, 0.0), (0.0, 1.0), (1.0, 1.0)]
    return {
        "slots": [row["slot"] for row in rows],
        "times": [row["time"] for row in rows],
        "ends": [row["end"] for row in rows],
        "rewards": [row["reward"] for row in rows],
        "values": [row["value"] for row in rows],
        "finalValues": [row["finalValue"] for row in rows if row["finalValue"] is not None],
        "cases": [estimates(rows, *case) for case in cases],
    }


def files():
    goldens = [
        golden(rollout(1, environments=1, steps=20, ending=0.15)),
        golden(rollout(2, environments=4, steps=15, ending=0.2)),
        golden(rollout(3, environments=3, steps=12, ending=0.0)),
        golden(rollout(4, environments=5, steps=12, ending=0.3, resting=0.5)),
        golden(rollout(5, environments=2, steps=1, ending=0.5)),
    ]
    yield TARGET, json.dumps(goldens, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
