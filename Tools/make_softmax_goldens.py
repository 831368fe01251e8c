#!/usr/bin/env python3
"""Writes `Tests/Goldens/rules/softmax.json`: gradients, Fisher matrices and steps of softmax policies, by differences.

    python3 Tools/make_softmax_goldens.py            write it
    python3 Tools/make_softmax_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

For policies pi(a|s) proportional to exp theta(s, a) on a few models, in 60 digits:

    gradient   d return/d theta, by central differences of the return itself, each a linear solve
    fisher     the Hessian at theta' = theta of E_{s~d_theta} KL(pi_theta || pi_theta'), by second differences

No formula for either is used. From these two alone follow the natural gradient (the pseudo-inverse by an
eigendecomposition) and one step each of natural-gradient, trust-region and policy-gradient.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
from mpmath import mp, mpf

import exact_mdp
import golden_files
import make_rule_goldens

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "rules" / "softmax.json"
MODELS = ("racing", "recycling-robot", "river-swim", "strens-chain", "inventory-control")
# Random models of make_rule_goldens.py with a state that nothing leads to, and with a terminal one.
RANDOM = (12, 22, 13)
# Truncation errors are of the order of its square, 1e-36; roundings of 1e-60 over its square, 1e-24.
DIFFERENCE, DIGITS = mpf("1e-18"), 20
BUDGET, STEP = mpf(1) / 20, mpf(1) / 10


class Softmax:
    """A model whose policies are given by logits, by pair in order of state and available action."""

    def __init__(self, mdp):
        self.mdp = mdp
        self.pairs = [(s, a) for s in mdp.live for a in mdp.available(s)]
        self.discount = exact_mdp.real(mdp.discount)
        self.rows = {p: {n: exact_mdp.real(x) for n, x in mdp.rows[p[0]][p[1]].items()} for p in self.pairs}
        self.rewards = {p: exact_mdp.real(mdp.rewards[p[0]][p[1]]) for p in self.pairs}
        self.initial = [exact_mdp.real(x) for x in mdp.initial]

    def policy(self, logits):
        weights = [mpmath.exp(x) for x in logits]
        total = {}
        for (s, _), w in zip(self.pairs, weights):
            total[s] = total.get(s, 0) + w
        return [w / total[s] for (s, _), w in zip(self.pairs, weights)]

    def system(self, policy):
        """I - discount P and r under a policy; a terminal state loops without reward."""
        size = len(self.mdp.states)
        matrix, reward = mpmath.eye(size), mpmath.zeros(size, 1)
        for s in self.mdp.terminal:
            matrix[s, s] -= self.discount
        for pair, p in zip(self.pairs, policy):
            reward[pair[0]] += p * self.rewards[pair]
            for n, x in self.rows[pair].items():
                matrix[pair[0], n] -= self.discount * p * x
        return matrix, reward

    def expected_return(self, logits):
        values = mpmath.lu_solve(*self.system(self.policy(logits)))
        return mpmath.fsum(x * v for x, v in zip(self.initial, values))

    def state_distribution(self, policy):
        """d = (1 - discount) rho."""
        matrix, _ = self.system(policy)
        return [(1 - self.discount) * x for x in mpmath.lu_solve(matrix.T, mpmath.matrix(self.initial))]

    def mean_divergence(self, weights, old, new):
        return mpmath.fsum(weights[s] * p * mpmath.log(p / q) for (s, _), p, q in zip(self.pairs, old, new))

    def gradient(self, logits):
        def along(i, h):
            return self.expected_return([x + (h if j == i else 0) for j, x in enumerate(logits)])

        return [(along(i, DIFFERENCE) - along(i, -DIFFERENCE)) / (2 * DIFFERENCE) for i in range(len(logits))]

    def fisher(self, logits):
        old = self.policy(logits)
        weights, h = self.state_distribution(old), DIFFERENCE
        size = len(logits)

        def at(i, di, j, dj):
            moved = list(logits)
            moved[i] += di * h
            moved[j] += dj * h
            return self.mean_divergence(weights, old, self.policy(moved))

        matrix = mpmath.zeros(size)
        for i in range(size):
            for j in range(i, size):
                mixed = at(i, 1, j, 1) - at(i, 1, j, -1) - at(i, -1, j, 1) + at(i, -1, j, -1)
                matrix[i, j] = matrix[j, i] = mixed / (4 * h * h)
        return matrix


def pseudo_inverse_times(matrix, vector):
    """The solution of least norm: what of the vector lies along eigenvectors with eigenvalues other than 0."""
    values, vectors = mpmath.eigsy(matrix)
    largest = max(abs(x) for x in values)
    result = mpmath.zeros(len(vector), 1)
    for k, value in enumerate(values):
        if abs(value) < largest * mpf("1e-15"):
            continue
        column = vectors[:, k]
        share = mpmath.fsum(x * y for x, y in zip(column, vector)) / value
        result += share * column
    return list(result)


def trust_region(model, logits, old, gain, direction, fisher):
    """The natural direction at sqrt(2 delta/x'Fx), halved until the surrogate gains within the budget."""
    weights = model.state_distribution(old)
    size = range(len(direction))
    curvature = mpmath.fsum(direction[i] * fisher[i, j] * direction[j] for i in size for j in size)
    scale = mpmath.sqrt(2 * BUDGET / curvature)
    while True:
        new = model.policy([x + scale * d for x, d in zip(logits, direction)])
        if gain(new) > 0 and model.mean_divergence(weights, old, new) <= BUDGET:
            return new
        scale /= 2


def golden(name, mdp, document):
    model = Softmax(mdp)
    # Some policy that is neither even nor extreme.
    weights = [1 + (3 * k + k * k) % 7 for k in range(len(model.pairs))]
    total = {}
    for (s, _), w in zip(model.pairs, weights):
        total[s] = total.get(s, 0) + w
    policy = [Fraction(w, total[s]) for (s, _), w in zip(model.pairs, weights)]
    logits = [mpmath.log(exact_mdp.real(p)) for p in policy]
    old = model.policy(logits)
    gradient, fisher = model.gradient(logits), model.fisher(logits)
    natural = pseudo_inverse_times(fisher, gradient)

    rows = [None if s in mdp.terminal else [Fraction(0)] * len(mdp.actions) for s in range(len(mdp.states))]
    for (s, a), p in zip(model.pairs, policy):
        rows[s][a] = p
    evaluation = exact_mdp.evaluate(mdp, rows)

    def gain(new):
        return mpmath.fsum(
            exact_mdp.real(evaluation.visitation[s] * evaluation.advantages[s][a]) * p
            for (s, a), p in zip(model.pairs, new)
        )

    length = mpmath.sqrt(mpmath.fsum(x * x for x in gradient))
    steps = {
        "natural-gradient": model.policy([x + STEP * d for x, d in zip(logits, natural)]),
        "trust-region": trust_region(model, logits, old, gain, natural, fisher),
        "policy-gradient": model.policy([x + mpmath.sqrt(2 * BUDGET) * g / length for x, g in zip(logits, gradient)]),
    }
    return {
        "name": name,
        "mdp": document,
        "policy": [None if row is None else [str(p) for p in row] for row in rows],
        "budget": float(BUDGET),
        "step": float(STEP),
        "gradient": numbers(gradient),
        "fisher": [numbers(fisher[i, :]) for i in range(len(natural))],
        "naturalGradient": numbers(natural),
        "steps": {rule: numbers(new) for rule, new in steps.items()},
    }


def numbers(values):
    # What differences leave of a zero is far below any tolerance.
    return [float(mpmath.nstr(x, DIGITS)) if abs(x) > mpf("1e-18") else 0.0 for x in values]


def goldens():
    for name in MODELS:
        path = f"mdps/{name}.json"
        yield golden(name, exact_mdp.read_mdp(ROOT / path), path)
    for index in RANDOM:
        mdp, _, _ = make_rule_goldens.random_instance(index)
        yield golden(mdp.name, mdp, make_rule_goldens.document(mdp))


def files():
    mp.dps = 60
    yield TARGET, "[\n" + ",\n".join(json.dumps(g, separators=(",", ":")) for g in goldens()) + "\n]\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
