#!/usr/bin/env python3
"""Writes `Tests/Goldens/training/methods.json`: updates of small linear policies, solved in another way.

    python3 Tools/make_method_goldens.py            write it
    python3 Tools/make_method_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

The largest divergence: for random batches the problem

    maximise g^T x   subject to   x^T F_s x / 2 <= delta   for every state s

with g and every F_s formed as arrays from the scores of all actions, solved by SciPy's SLSQP. Its optimality is
asserted by the duality gap of the multipliers.

Reward-weighted regression: the weighted log-likelihood of a softmax, maximised by SciPy's BFGS and Newton's method, and the
weighted least squares of a Gaussian by numpy's lstsq.
"""

import json
import sys

import numpy
from scipy import optimize

import golden_files

TARGET = golden_files.ROOT / "Tests" / "Goldens" / "training" / "methods.json"
DELTA = 0.01


class Batch:
    """Rows of a linear policy: parameters are the weights, inputs x outputs, the biases, and log deviations."""

    def __init__(self, seed, rows, inputs, choices=None, dimensions=None):
        self.random = numpy.random.default_rng(seed)
        self.rows, self.inputs, self.choices, self.dimensions = rows, inputs, choices, dimensions
        self.outputs = choices or dimensions
        self.count = (inputs + 1) * self.outputs + (dimensions or 0)
        self.theta = 0.6 * self.random.standard_normal(self.count)
        self.x = self.random.standard_normal((rows, inputs))
        # States of which some are far from the others, so that the largest divergence is not the mean's.
        self.x *= numpy.linspace(0.3, 3, rows)[:, None]
        y = self.y(self.theta)
        if choices:
            self.actions = numpy.array([self.random.choice(choices, p=self.softmax(row)) for row in y])[:, None]
        else:
            self.actions = y + self.deviation(self.theta) * self.random.standard_normal(y.shape)
        self.advantages = self.random.standard_normal(rows)

    def y(self, theta):
        n = self.inputs * self.outputs
        return self.x @ theta[:n].reshape(self.inputs, self.outputs) + theta[n:n + self.outputs]

    def deviation(self, theta):
        return numpy.exp(theta[-self.dimensions:])

    @staticmethod
    def softmax(y):
        e = numpy.exp(y - y.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def jacobian(self, row):
        """d y / d theta of a row, outputs x parameters."""
        j = numpy.zeros((self.outputs, self.count))
        for o in range(self.outputs):
            for i in range(self.inputs):
                j[o, i * self.outputs + o] = self.x[row, i]
            j[o, self.inputs * self.outputs + o] = 1
        return j

    def score(self, row, action):
        y, j = self.y(self.theta)[row], self.jacobian(row)
        if self.choices:
            return (numpy.eye(self.choices)[int(action[0])] - self.softmax(y)) @ j
        z = (action - y) / self.deviation(self.theta)
        score = (z / self.deviation(self.theta)) @ j
        score[-self.dimensions:] += z * z - 1
        return score

    def fisher(self, row):
        if self.choices:
            p = self.softmax(self.y(self.theta)[row])
            scores = [self.score(row, [a]) for a in range(self.choices)]
            return sum(q * numpy.outer(s, s) for q, s in zip(p, scores))
        j = self.jacobian(row)
        f = j.T @ numpy.diag(self.deviation(self.theta) ** -2.0) @ j
        for i in range(1, self.dimensions + 1):
            f[-i, -i] += 2
        return f

    def document(self):
        return {
            "choices": self.choices, "dimensions": self.dimensions, "inputs": self.inputs,
            "parameters": self.theta.tolist(), "observations": self.x.ravel().tolist(),
            "actions": self.actions.astype(float).ravel().tolist(), "advantages": self.advantages.tolist(),
        }


def largest_divergence(name, batch):
    n = batch.rows
    g = sum(batch.advantages[i] / n * batch.score(i, batch.actions[i]) for i in range(n))
    f = numpy.array([batch.fisher(i) for i in range(n)])
    # What no state's divergence sees the gradient does not see either: the problem is solved in the rest.
    values, vectors = numpy.linalg.eigh(f.mean(axis=0))
    basis = vectors[:, values > 1e-9 * values.max()] / numpy.sqrt(values[values > 1e-9 * values.max()])
    c, h = basis.T @ g, basis.T @ f @ basis
    start = c / numpy.sqrt(numpy.einsum("i,sij,j->s", c, h, c).max())
    found = optimize.minimize(
        lambda x: -c @ x, start, jac=lambda x: -c, method="SLSQP",
        constraints={
            "type": "ineq", "fun": lambda x: 1 - numpy.einsum("i,sij,j->s", x, h, x),
            "jac": lambda x: -2 * h @ x,
        },
        options={"maxiter": 2000, "ftol": 1e-15},
    )
    x = found.x / numpy.sqrt(numpy.einsum("i,sij,j->s", found.x, h, found.x).max())
    # The multipliers of the binding states, by non-negative least squares, and the bound that they prove.
    binding = h[numpy.einsum("i,sij,j->s", x, h, x) > 1 - 1e-6]
    weights, _ = optimize.nnls((binding @ x).T, c)
    weights /= weights.sum()
    bound = numpy.sqrt(c @ numpy.linalg.pinv(numpy.einsum("s,sij->ij", weights, binding)) @ c)
    assert bound / (c @ x) - 1 < 1e-8, (name, bound / (c @ x) - 1)
    mean = numpy.linalg.solve(h.mean(axis=0), c)
    mean /= numpy.sqrt(numpy.einsum("i,sij,j->s", mean, h, mean).max())
    scale = numpy.sqrt(2 * DELTA)
    return {"name": name, **batch.document(), "delta": DELTA, "gain": scale * (c @ x), "meanDirectionGain": scale * (c @ mean)}


def regression(name, batch, temperature):
    z = (batch.advantages - batch.advantages.mean()) / batch.advantages.std()
    w = numpy.exp(z / temperature)
    w /= w.sum()
    document = {"name": name, **batch.document(), "temperature": temperature}
    if batch.choices:
        onehot = numpy.eye(batch.choices)[batch.actions[:, 0].astype(int)]

        def loss(theta):
            y = batch.y(theta)
            top = y.max(axis=1)
            return -(w * ((y * onehot).sum(axis=1) - top - numpy.log(numpy.exp(y - top[:, None]).sum(axis=1)))).sum()

        def slope(theta):
            u = w[:, None] * (batch.softmax(batch.y(theta)) - onehot)
            return numpy.concatenate([(batch.x.T @ u).ravel(), u.sum(axis=0)])

        found = optimize.minimize(loss, batch.theta, jac=slope, method="BFGS", options={"gtol": 1e-12})
        assert numpy.abs(slope(found.x)).max() < 1e-7, numpy.abs(slope(found.x)).max()
        document["probabilities"] = batch.softmax(batch.y(found.x)).ravel().tolist()
    else:
        design = numpy.column_stack([batch.x, numpy.ones(batch.rows)]) * numpy.sqrt(w)[:, None]
        solution, *_ = numpy.linalg.lstsq(design, batch.actions * numpy.sqrt(w)[:, None], rcond=None)
        residual = batch.actions - numpy.column_stack([batch.x, numpy.ones(batch.rows)]) @ solution
        document["weights"] = solution.ravel().tolist()
        document["deviations"] = numpy.sqrt((w[:, None] * residual ** 2).sum(axis=0)).tolist()
    return document


def files():
    document = {
        "largestDivergence": [
            largest_divergence("softmax", Batch(1, 12, 3, choices=3)),
            largest_divergence("two choices", Batch(2, 30, 2, choices=2)),
            largest_divergence("gaussian", Batch(3, 20, 2, dimensions=2)),
        ],
        "regression": [
            regression("softmax", Batch(4, 80, 2, choices=3), 1.0),
            regression("gaussian", Batch(5, 40, 3, dimensions=2), 0.7),
        ],
    }
    yield TARGET, json.dumps(document, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
