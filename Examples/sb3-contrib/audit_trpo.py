#!/usr/bin/env python3
"""Audits every update of sb3-contrib's TRPO on two finite MDPs, from the outside.

    pip install -r Examples/sb3-contrib/requirements.txt    # and the wheel that `make wheel` builds
    python3 Examples/sb3-contrib/audit_trpo.py

FrozenLake has a Discrete action space; `switches` has a MultiBinary one of six bits, 2^6 joint actions
of the MDP. `monotone.sb3.AuditCallback` takes the policy before and after every update, the KL divergence that
the program logged and the batch that it made the update from; the audit says what the update really did and how
far the batch's estimates were from the truth. Beside the published class runs a subclass whose divergence is
KL(old‖new), summed over the bits, as the trust region of the paper has it.

Writes Examples/sb3-contrib/README.md.
"""

import argparse
import itertools
import json
import pathlib

import gymnasium as gym
import numpy as np
import sb3_contrib
import sb3_contrib.trpo.trpo as implementation
import torch as th
from fractions import Fraction

import monotone
from monotone import Outcome, Quantity
from monotone.sb3 import AuditCallback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DELTA = 0.01
BITS = 6
# What the audit says of batches, with the words for it.
BATCH_COLUMNS = {
    "gradientCosine": "gradient cosine", "advantageCorrelation": "Â correlation",
    "advantageScale": "Â scale", "stateDistance": "states TV",
}


def write_switches(path):
    """A corridor of four rooms, each with a pattern of six switches: the more of them are right, the
    greater the reward and the likelier the next room."""
    patterns = [(1, 0, 1, 0, 1, 0), (0, 1, 1, 0, 0, 1), (1, 1, 1, 0, 0, 0), (0, 0, 1, 1, 0, 1)]
    actions = list(itertools.product([0, 1], repeat=BITS))
    transitions = []
    for room, pattern in enumerate(patterns):
        for action in actions:
            right = sum(a == b for a, b in zip(action, pattern))
            onward = Fraction(1 + right, 2 * (1 + BITS))
            target = (room + 1) % len(patterns)
            transitions.append({
                "from": f"room{room}", "action": "".join(map(str, action)),
                "to": {f"room{target}": str(onward), f"room{room}": str(1 - onward)},
                "reward": str(Fraction(right, BITS)),
            })
    model = {
        "schema": "monotone/mdp/v1", "name": "switches",
        "description": "Rooms with six switches each; actions are patterns of six bits.",
        "discount": "19/20", "states": [f"room{i}" for i in range(4)],
        "actions": ["".join(map(str, a)) for a in actions], "initial": {"room0": 1},
        "transitions": transitions,
    }
    path.write_text(json.dumps(model, indent=1) + "\n")


class Corrected(sb3_contrib.TRPO):
    """TRPO with the divergence of the paper: old to new, summed over independent parts."""

    def train(self):
        original = implementation.kl_divergence

        def joint(new, old):
            kl = th.distributions.kl_divergence(old.distribution, new.distribution)
            return kl if kl.dim() == 1 else kl.sum(dim=1)

        implementation.kl_divergence = joint
        try:
            super().train()
        finally:
            implementation.kl_divergence = original


class OneHot(gym.ObservationWrapper):
    """States as one-hot vectors."""

    def __init__(self, env):
        super().__init__(env)
        self.observation_space = gym.spaces.Box(0, 1, (int(env.observation_space.n),), np.float32)

    def observation(self, state):
        return np.eye(self.observation_space.shape[0], dtype=np.float32)[state]


class Bits(gym.ActionWrapper):
    """Actions as patterns of bits, the first the largest."""

    def __init__(self, env):
        super().__init__(env)
        self.action_space = gym.spaces.MultiBinary(BITS)

    def action(self, pattern):
        return int(np.asarray(pattern, dtype=int) @ WEIGHTS)


WEIGHTS = 1 << np.arange(BITS)[::-1]


def joint_probabilities(policy, observations):
    """π of the joint actions of independent bits."""
    one = policy.get_distribution(observations).distribution.probs.double()
    bits = th.tensor(list(itertools.product([0, 1], repeat=BITS)), dtype=th.float64)
    return (one[:, None] * bits + (1 - one[:, None]) * (1 - bits)).prod(-1)


def audit(path, binary, kind, updates):
    th.manual_seed(0)
    th.set_num_threads(1)
    mdp = monotone.load(path)
    env = OneHot(gym.make("monotone/Tabular-v0", mdp=mdp, max_episode_steps=100))
    forms = {}
    if binary:
        env = Bits(env)
        forms = {
            "probabilities": joint_probabilities,
            "action_index": lambda actions: actions.astype(int) @ WEIGHTS,
        }
    callback = AuditCallback(mdp, delta=DELTA, **forms)
    kind = Corrected if kind == "corrected" else sb3_contrib.TRPO
    model = kind("MlpPolicy", env, seed=0, target_kl=DELTA, n_steps=2048, batch_size=128,
                 gamma=float(mdp.discount), device="cpu")
    model.learn(2048 * updates, callback=callback)
    return callback.rows


def median_of_batches(updates, key):
    return np.median([Quantity.of(u.batch[key]).value for u in updates if key in u.batch])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--updates", type=int, default=30)
    options = parser.parse_args()
    switches = HERE / "switches.json"
    write_switches(switches)
    lake = ROOT / "mdps/frozen-lake-4x4.json"
    runs = [
        ("FrozenLake, Discrete(4)", lake, False, "as published"),
        ("switches, MultiBinary(6)", switches, True, "as published"),
        ("switches, MultiBinary(6)", switches, True, "corrected"),
    ]
    rows = []
    for title, path, binary, kind in runs:
        updates = audit(path, binary, kind, options.updates)
        logged = [u.logged_kl for u in updates]
        live = [float(u.live_mean_kl) for u in updates]
        largest = [float(u.max_kl) for u in updates]
        taken = [i for i, kl in enumerate(logged) if kl > 0]
        broken = sum(live[i] > DELTA * 1.05 for i in taken)
        ratio = np.median([live[i] / logged[i] for i in taken])
        harmful = sum(u.outcome is Outcome.HARMFUL for u in updates)
        violated = sum(bool(u.violated) for u in updates)
        assert not any(u.batch["impossibleRows"] + u.batch["unreachableRows"] for u in updates)
        rows.append((title, kind, len(taken), f"{np.median([logged[i] for i in taken]):.4f}",
                     f"{np.median([live[i] for i in taken]):.4f}", f"{max(live):.4f}", f"{max(largest):.4f}",
                     f"{ratio:.2f}", f"{broken} of {len(taken)}", harmful, violated)
                    + tuple(f"{median_of_batches(updates, key):.2f}" for key in BATCH_COLUMNS))
        print(rows[-1])
    write_readme(rows, options.updates)


def write_readme(rows, updates):
    lines = [
        "# Auditing sb3-contrib's TRPO", "",
        "Written by `python3 Examples/sb3-contrib/audit_trpo.py`, with sb3-contrib "
        f"{sb3_contrib.__version__}; {updates} updates each, target_kl {DELTA}, seed 0.", "",
        "| MDP | TRPO | steps taken | logged KL, median | exact mean KL, median | largest | exact max KL, largest "
        "| exact/logged | beyond 1.05 δ | harmful | claims violated "
        "| " + " | ".join(f"{title}, median" for title in BATCH_COLUMNS.values()) + " |",
        "|---" * (11 + len(BATCH_COLUMNS)) + "|",
    ]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    lines += [
        "",
        "With a Discrete action space the logged KL is the exact one up to sampling. With a MultiBinary one it is",
        "the mean over the bits, so that the joint policy leaves the trust region by up to their number while the",
        "log stays below it; a subclass that sums over the bits, and takes KL(old‖new), stays within. The exact mean",
        "is that of live states under the discounted visitation, which the samples' states, undiscounted, follow",
        "only roughly: hence the 5 % of allowance. `harmful` counts updates whose exact return fell, proved.", "",
        "The last four columns compare the rollout buffers, 2,048 rows each, with exact values. Their policy gradient in",
        "logits makes an angle with the exact one, of which the cosine is given. The advantages of GAE, before `train`",
        "normalises them, correlate with the exact A_π only so much, because the noise of single rows is large, most of",
        "all where rewards are rare; but their slope against A_π, 1 for estimates without bias, is close to that. The",
        "states of the buffer are as far as the last column says from the discounted visitation, in total variation.",
        "The published class's samples and advantages are as sound as the corrected one's: it is the step that is not.",
        "",
    ]
    (HERE / "README.md").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
