"""Values of policies from first principles: NumPy's solver, and rational elimination. Nothing of the package."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = list[list[Fraction]]


@dataclass
class Model:
    """A model file, read with Python's own JSON."""

    states: int
    actions: int
    discount: Fraction
    initial: list[Fraction]
    terminal: list[bool]
    transitions: dict[tuple[int, int], dict[int, Fraction]]
    rewards: dict[tuple[int, int], Fraction]

    @property
    def uniform(self) -> Rows:
        """The uniform policy over what is available."""
        rows = []
        for s in range(self.states):
            known = [a for a in range(self.actions) if (s, a) in self.transitions]
            rows.append([Fraction(int(a in known), len(known) or 1) for a in range(self.actions)])
        return rows


def read(path: Path) -> Model:
    """Reads a sparse model file whose rows need no normalising."""
    document = json.loads(path.read_text(), parse_float=Fraction, parse_int=int)
    states, actions = _names(document["states"]), _names(document["actions"])
    terminal = [name in set(map(str, document.get("terminal", []))) for name in states]
    initial = document["initial"]
    start = (
        [Fraction(initial.get(name, 0)) for name in states]
        if isinstance(initial, dict)
        else [Fraction(value) for value in initial]
    )
    transitions, rewards = _entries(document, states, actions)
    total = sum(start)
    return Model(
        len(states),
        len(actions),
        Fraction(document["discount"]),
        [value / total for value in start],
        terminal,
        transitions,
        rewards,
    )


def float_values(model: Model, policy: Rows) -> tuple[NDArray[Any], NDArray[Any], float]:
    """V, ρ and η by NumPy."""
    chain, reward = np.zeros((model.states, model.states)), np.zeros(model.states)
    for (s, a), row in model.transitions.items():
        reward[s] += float(policy[s][a] * model.rewards[s, a])
        for t, p in row.items():
            chain[s, t] += float(policy[s][a] * p)
    for s in range(model.states):
        if model.terminal[s]:
            chain[s, s] = 1
    system = np.eye(model.states) - float(model.discount) * chain
    start = np.array([float(p) for p in model.initial])
    values = np.linalg.solve(system, reward)
    return values, np.linalg.solve(system.T, start), float(start @ values)


def exact_values(model: Model, policy: Rows) -> tuple[list[Fraction], Fraction]:
    """V and η by elimination in fractions."""
    n = model.states
    rows = [[Fraction(int(s == t)) for t in range(n)] + [Fraction(0)] for s in range(n)]
    for (s, a), row in model.transitions.items():
        rows[s][n] += policy[s][a] * model.rewards[s, a]
        for t, p in row.items():
            rows[s][t] -= model.discount * policy[s][a] * p
    for pivot in range(n):
        best = next(r for r in range(pivot, n) if rows[r][pivot])
        rows[pivot], rows[best] = rows[best], rows[pivot]
        scale = rows[pivot][pivot]
        rows[pivot] = [value / scale for value in rows[pivot]]
        for r in range(n):
            if r != pivot and rows[r][pivot]:
                factor = rows[r][pivot]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[pivot], strict=True)]
    values = [row[n] for row in rows]
    return values, sum((p * v for p, v in zip(model.initial, values, strict=True)), Fraction(0))


def _names(value: Any) -> list[str]:
    return [str(i) for i in range(value)] if isinstance(value, int) else list(map(str, value))


def _index(key: Any, names: list[str]) -> int:
    return names.index(str(key)) if str(key) in names else int(key)


def _entries(document: Any, states: list[str], actions: list[str]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """The rows and the expected rewards of all pairs, from the sparse or the dense form."""
    listed, paid = document["transitions"], document.get("rewards")
    sparse = isinstance(listed[0], dict)
    table: dict[tuple[int, int], tuple[dict[int, Fraction], Any]] = {}
    if sparse:
        for entry in listed:
            row = {_index(key, states): Fraction(value) for key, value in entry["to"].items()}
            reward = entry.get("reward", 0)
            if isinstance(reward, dict):
                reward = {_index(key, states): Fraction(value) for key, value in reward.items()}
            table[_index(entry["from"], states), _index(entry["action"], actions)] = row, reward
    else:
        for s, rows in enumerate(listed):
            for a, row in enumerate(rows or []):
                if row is not None:
                    entries = {t: Fraction(value) for t, value in enumerate(row) if value}
                    table[s, a] = entries, _dense_reward(paid, s, a)
    gained = [Fraction(0)] * len(states)
    if isinstance(paid, dict):
        gained = [Fraction(paid.get(name, 0)) for name in states]
    elif paid is not None and not isinstance(paid[0], list):
        gained = [Fraction(value or 0) for value in paid]
    transitions, rewards = {}, {}
    for (s, a), (row, reward) in table.items():
        total = sum(row.values())
        transitions[s, a] = {t: value / total for t, value in row.items()}
        if isinstance(reward, dict):
            reward = sum((p * reward.get(t, Fraction(0)) for t, p in transitions[s, a].items()), Fraction(0))
        rewards[s, a] = Fraction(reward) + gained[s]
    return transitions, rewards


def _dense_reward(paid: Any, s: int, a: int) -> Any:
    """r(s, a) or r(s, a, ·) of the dense form; 0 where rewards are r(s)."""
    if not isinstance(paid, list) or not isinstance(paid[s], list):
        return Fraction(0)
    value = paid[s][a]
    if isinstance(value, list):
        return {t: Fraction(item or 0) for t, item in enumerate(value)}
    return Fraction(value or 0)
