#!/usr/bin/env python3
"""Audits every update of sb3-contrib's TRPO on two finite MDPs, from the outside.

    pip install -r Examples/sb3-contrib/requirements.txt
    make build
    python3 Examples/sb3-contrib/audit_trpo.py

FrozenLake has a Discrete action space; `switches` has a MultiBinary one of six bits, 2^6 joint actions
of the MDP. After every update the policy is written out as probabilities, with the KL divergence that
the program logged and the batch that it made the update from, and `monotone audit` says what the update
really did and how far the batch's estimates were from the truth. Beside the published class runs a subclass
whose divergence is KL(old‖new), summed over the bits, as the trust region of the paper has it.

Writes Examples/sb3-contrib/README.md, and with --reports DIR an HTML report of each run below DIR.
"""

import argparse
import itertools
import json
import pathlib
import subprocess

import gymnasium as gym
import numpy as np
import sb3_contrib
import sb3_contrib.trpo.trpo as implementation
import torch as th
from fractions import Fraction

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


class FiniteMDP(gym.Env):
    """A model file as an environment: one-hot observations, a time limit."""

    def __init__(self, path, binary, limit=100):
        model = json.loads(pathlib.Path(path).read_text())
        self.states, self.actions = model["states"], model["actions"]
        if isinstance(self.states, int):
            self.states = [str(i) for i in range(self.states)]
        if isinstance(self.actions, int):
            self.actions = [str(i) for i in range(self.actions)]
        self.terminal = set(map(str, model.get("terminal", [])))
        self.limit, self.binary = limit, binary
        index = {s: i for i, s in enumerate(self.states)}
        name = lambda key, names: names[key] if isinstance(key, int) else key
        self.table = {}
        for t in model["transitions"]:
            to = [(index[s], float(Fraction(str(p)))) for s, p in t["to"].items()]
            reward = t.get("reward", 0)
            if isinstance(reward, dict):
                rewards = [float(Fraction(str(reward.get(self.states[s], 0)))) for s, _ in to]
            else:
                rewards = [float(Fraction(str(reward)))] * len(to)
            chance = np.array([p for _, p in to])
            self.table[index[name(t["from"], self.states)], self.actions.index(name(t["action"], self.actions))] = (
                [s for s, _ in to], chance / chance.sum(), rewards)
        self.first = [(index[s], float(Fraction(str(p)))) for s, p in model["initial"].items()]
        self.observation_space = gym.spaces.Box(0, 1, (len(self.states),), np.float32)
        self.action_space = (
            gym.spaces.MultiBinary(BITS) if binary else gym.spaces.Discrete(len(self.actions)))

    def observe(self, state):
        return np.eye(len(self.states), dtype=np.float32)[state]

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.state = self.np_random.choice(
            [s for s, _ in self.first], p=[p for _, p in self.first])
        self.time = 0
        return self.observe(self.state), {}

    def step(self, action):
        if self.binary:
            action = int("".join(str(int(b)) for b in action), 2)
        states, chance, rewards = self.table[self.state, int(action)]
        outcome = self.np_random.choice(len(states), p=chance)
        self.state, reward = states[outcome], rewards[outcome]
        self.time += 1
        ended = self.states[self.state] in self.terminal
        return self.observe(self.state), reward, ended, self.time >= self.limit, {}


class Recorded(sb3_contrib.TRPO):
    """TRPO that keeps its policies, what it logs of them, and its batches."""

    def batch(self):
        """The rollout buffer as samples of the MDP; advantages before `train` normalises them."""
        env, buffer = self.get_env().envs[0].unwrapped, self.rollout_buffer
        assert buffer.n_envs == 1
        actions = buffer.actions[:, 0].astype(int)
        if env.binary:
            actions = actions @ (1 << np.arange(BITS)[::-1])
        return {
            "states": buffer.observations[:, 0].argmax(-1).tolist(),
            "actions": actions.reshape(-1).tolist(),
            "advantages": buffer.advantages[:, 0].astype(float).tolist(),
            "trajectories": buffer.episode_starts[:, 0].astype(int).cumsum().tolist(),
        }

    def record(self, lines, kl=None, batch=None):
        env = self.get_env().envs[0].unwrapped
        with th.no_grad():
            distribution = self.policy.get_distribution(
                th.eye(len(env.states), dtype=th.float32)).distribution
            if env.binary:
                one = distribution.probs.double()
                bits = th.tensor(list(itertools.product([0, 1], repeat=BITS)), dtype=th.float64)
                rows = (one[:, None] * bits + (1 - one[:, None]) * (1 - bits)).prod(-1)
            else:
                rows = distribution.probs.double()
                rows = rows / rows.sum(-1, keepdim=True)
        rows = [None if s in env.terminal else row.tolist() for s, row in zip(env.states, rows)]
        lines.append({"probabilities": rows, "kl": kl, "batch": batch})

    def train(self):
        if not self.lines:
            self.record(self.lines)
        batch = self.batch()
        super().train()
        self.record(self.lines, self.logger.name_to_value["train/kl_divergence_loss"], batch)


class Corrected(Recorded):
    """The same with the divergence of the paper: old to new, summed over independent parts."""

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


def audit(path, binary, kind, updates, monotone, report=None):
    th.manual_seed(0)
    th.set_num_threads(1)
    kind = Corrected if kind == "corrected" else Recorded
    model = kind("MlpPolicy", FiniteMDP(path, binary), seed=0, target_kl=DELTA, n_steps=2048,
                 batch_size=128, gamma=0.95 if binary else 0.99, device="cpu")
    model.lines = []
    model.learn(2048 * updates)
    text = "".join(json.dumps(line) + "\n" for line in model.lines)
    run = subprocess.run(
        [monotone, "audit", str(path), "--policies", "-", "--delta", str(DELTA), "--stream"]
        + (["--output", str(report), "--overwrite"] if report else []),
        input=text, capture_output=True, text=True)
    if run.returncode not in (0, 2, 3):
        raise SystemExit(run.stderr)
    return [json.loads(line) for line in run.stdout.splitlines()]


def middle(quantity):
    if isinstance(quantity, dict):
        quantity = quantity.get("midpoint", quantity.get("approximate"))
    return float(quantity)


def median_of_batches(updates, key):
    return np.median([middle(u["batch"][key]) for u in updates if key in u["batch"]])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--monotone", default=str(ROOT / ".build/release/monotone"))
    parser.add_argument("--updates", type=int, default=30)
    parser.add_argument("--reports", type=pathlib.Path, help="write an HTML report of each run below this folder")
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
        report = options.reports and options.reports / f"{path.stem}-{kind.replace(' ', '-')}"
        updates = audit(path, binary, kind, options.updates, options.monotone, report)
        logged = [u["loggedKL"] for u in updates]
        live = [middle(u["liveMeanKL"]) for u in updates]
        largest = [middle(u["maxKL"]) for u in updates]
        taken = [i for i, kl in enumerate(logged) if kl > 0]
        broken = sum(live[i] > DELTA * 1.05 for i in taken)
        ratio = np.median([live[i] / logged[i] for i in taken])
        harmful = sum(u["improved"] == "violated" for u in updates)
        violated = sum(bool(u["violated"]) for u in updates)
        assert not any(u["batch"]["impossibleRows"] + u["batch"]["unreachableRows"] for u in updates)
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
