#!/usr/bin/env python3
"""Writes `Tests/Goldens/derivatives/networks.json`: derivatives of the return and of the mean KL of network policies.

    python3 Tools/make_derivative_goldens.py            write it
    python3 Tools/make_derivative_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

A case is a model of mdps/, a tanh network with a softmax, its parameters and a direction v. The gradient of the
return is taken by central differences of the return itself, each a linear solve in 80 digits; the Fisher matrix times
v by second differences of the mean KL, whose weights are the visitation of live states. Nothing of it uses a derivative's
formula: differences of 1e-20 and 1e-15 in 80 digits are right to 30 digits and more.
"""

import json
import sys
from pathlib import Path

from mpmath import mp, mpf

import exact_mdp
import golden_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "derivatives" / "networks.json"
CASES = [("racing", []), ("strens-chain", [3]), ("garnet-10-3-3", [4]), ("two-state-chain", [3, 2])]
mp.dps = 80
FIRST = mpf(10) ** -20
SECOND = mpf(10) ** -15


class Model:
    def __init__(self, name, hidden):
        self.path = f"mdps/{name}.json"
        self.mdp = exact_mdp.read_mdp(ROOT / self.path)
        self.live = list(self.mdp.live)
        self.place = {state: row for row, state in enumerate(self.live)}
        self.widths = [len(self.mdp.states)] + hidden + [len(self.mdp.actions)]
        self.count = sum((n + 1) * m for n, m in zip(self.widths, self.widths[1:]))

    def policy(self, theta):
        """By live state: the probability of each available action."""
        found = {}
        for state in self.live:
            values = [mpf(int(state == s)) for s in range(self.widths[0])]
            offset = 0
            for layer, (n, m) in enumerate(zip(self.widths, self.widths[1:])):
                values = [
                    theta[offset + n * m + j] + sum(values[i] * theta[offset + i * m + j] for i in range(n))
                    for j in range(m)
                ]
                offset += (n + 1) * m
                if layer < len(self.widths) - 2:
                    values = [mp.tanh(value) for value in values]
            weights = {a: mp.exp(values[a]) for a in self.mdp.available(state)}
            total = sum(weights.values())
            found[state] = {a: weight / total for a, weight in weights.items()}
        return found

    def system(self, policy):
        """I - gamma P over live states, and the expected rewards."""
        n = len(self.live)
        matrix, reward = mp.eye(n), mp.zeros(n, 1)
        gamma = exact(self.mdp.discount)
        for state, chances in policy.items():
            row = self.place[state]
            for action, chance in chances.items():
                reward[row] += chance * exact(self.mdp.rewards[state][action])
                for to, probability in self.mdp.rows[state][action].items():
                    if to in self.place:
                        matrix[row, self.place[to]] -= gamma * chance * exact(probability)
        return matrix, reward

    def initial(self):
        return mp.matrix([exact(self.mdp.initial[state]) for state in self.live])

    def expected_return(self, theta):
        values = mp.lu_solve(*self.system(self.policy(theta)))
        return sum(p * v for p, v in zip(self.initial(), values))

    def weights(self, theta):
        """The visitation of live states, as shares of their sum."""
        matrix, _ = self.system(self.policy(theta))
        visitation = mp.lu_solve(matrix.T, self.initial())
        total = sum(visitation)
        return {state: visitation[self.place[state]] / total for state in self.live}

    def divergence(self, weights, before, theta):
        after = self.policy(theta)
        return sum(
            weights[s] * sum(p * mp.log(p / after[s][a]) for a, p in before[s].items()) for s in self.live
        )


def exact(number):
    return mpf(number.numerator) / mpf(number.denominator)


def moved(theta, *steps):
    """theta plus multiples of vectors; a number for a vector is the axis of that index."""
    theta = list(theta)
    for size, direction in steps:
        if isinstance(direction, int):
            theta[direction] += size
        else:
            theta = [t + size * d for t, d in zip(theta, direction)]
    return theta


def case(name, hidden):
    model = Model(name, hidden)
    # Any numbers do, as long as they are doubles.
    parameters = [float(mp.sin(3 * i + 1) / 2) for i in range(model.count)]
    direction = [float(mp.cos(5 * i + 2)) for i in range(model.count)]
    theta, v = [mpf(x) for x in parameters], [mpf(x) for x in direction]
    gradient = [
        (model.expected_return(moved(theta, (FIRST, i))) - model.expected_return(moved(theta, (-FIRST, i))))
        / (2 * FIRST)
        for i in range(model.count)
    ]
    weights, before = model.weights(theta), model.policy(theta)
    product = []
    for i in range(model.count):
        corners = [
            a * b * model.divergence(weights, before, moved(theta, (a * SECOND, i), (b * SECOND, v)))
            for a in (1, -1)
            for b in (1, -1)
        ]
        product.append(sum(corners) / (4 * SECOND**2))
    return {
        "mdp": model.path,
        "hidden": hidden,
        "parameters": parameters,
        "direction": direction,
        "return": float(model.expected_return(theta)),
        "gradient": [float(x) for x in gradient],
        "fisherProduct": [float(x) for x in product],
    }


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, lambda: [(TARGET, json.dumps([case(*each) for each in CASES], indent=1) + "\n")]))
