#!/usr/bin/env python3
"""Writes `Tests/Goldens/audit/batches.json`: what batches of samples say of an update, against the exact truth.

    python3 Tools/make_audit_batch_goldens.py            write it
    python3 Tools/make_audit_batch_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

A case is a model of mdps/, two policies, a batch as a document in the format monotone/batch/v1, and the numbers that
`monotone audit --batches` must find. Values, advantages and visitations come from dense solves in NumPy; means, errors,
covariances and gradients are written out with vectors over rows, and the gradients of log-probabilities by central
differences of a softmax in its logits rather than by their formula.
"""

import json
import sys
from pathlib import Path

import numpy as np

import exact_mdp
import golden_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "audit" / "batches.json"
# Central differences of log softmax: an error of STEP^2 by truncation, of 1e-16 / STEP by rounding.
STEP = 1e-5


class Model:
    """A model as dense arrays; unavailable actions have NaN rewards, terminal states loop."""

    def __init__(self, name):
        self.path = f"mdps/{name}.json"
        mdp = exact_mdp.read_mdp(ROOT / self.path)
        self.mdp, self.n, self.k = mdp, len(mdp.states), len(mdp.actions)
        self.gamma = float(mdp.discount)
        self.initial = np.array([float(p) for p in mdp.initial])
        self.p = np.zeros((self.n, self.k, self.n))
        self.r = np.full((self.n, self.k), np.nan)
        for s in mdp.live:
            for a in mdp.available(s):
                self.r[s, a] = float(mdp.rewards[s][a])
                for to, chance in mdp.rows[s][a].items():
                    self.p[s, a, to] = float(chance)
        self.available = ~np.isnan(self.r)
        self.live = np.array([s not in mdp.terminal for s in range(self.n)])

    def evaluate(self, policy):
        """Advantages (NaN where unavailable) and the visitation."""
        chain = np.einsum("sa,sat->st", policy, self.p)
        chain[~self.live, ~self.live] = 1
        reward = np.where(self.available, policy * np.nan_to_num(self.r), 0).sum(1)
        system = np.eye(self.n) - self.gamma * chain
        values = np.linalg.solve(system, reward)
        visitation = np.linalg.solve(system.T, self.initial)
        return self.r + self.gamma * self.p @ values - values[:, None], visitation

    def random_policy(self, rng, zero=()):
        weights = np.where(self.available, np.exp(rng.normal(size=(self.n, self.k))), 0)
        for s, a in zero:
            weights[s, a] = 0
        totals = weights.sum(1, keepdims=True)
        return np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)

    def sample(self, policy, episodes, horizon, rng):
        """States, actions and trajectory numbers of episodes."""
        rows = []
        for episode in range(episodes):
            s = rng.choice(self.n, p=self.initial)
            for _ in range(horizon):
                if not self.live[s]:
                    break
                a = rng.choice(self.k, p=policy[s])
                rows.append((s, a, episode))
                s = rng.choice(self.n, p=self.p[s, a] / self.p[s, a].sum())
        return (np.array(column) for column in zip(*rows))


def cluster_error(weights, values, clusters):
    """The standard error of a weighted mean whose rows are drawn by cluster."""
    mean = np.average(values, weights=weights)
    labels = np.unique(clusters)
    if len(labels) < 2 or np.isinf(mean):
        return np.inf
    sums = np.array([(weights * (values - mean))[clusters == label].sum() for label in labels])
    return float(np.sqrt(len(labels) / (len(labels) - 1) * (sums**2).sum()) / weights.sum())


def estimate(weights, values, clusters):
    return {"value": number(np.average(values, weights=weights)),
            "standardError": number(cluster_error(weights, values, clusters))}


def log_gradients(probabilities):
    """d log softmax(z)_a / d z_b at the logits of some probabilities, by differences; [a][b]."""
    logits = np.log(np.maximum(probabilities, 1e-300))

    def log_softmax(z):
        return z - np.log(np.exp(z).sum())

    columns = [(log_softmax(logits + STEP * e) - log_softmax(logits - STEP * e)) / (2 * STEP)
               for e in np.eye(len(logits))]
    return np.array(columns).T


def expected(model, before, after, states, actions, estimates, weights, clusters):
    keep = weights > 0
    states, actions, estimates, weights, clusters = (
        x[keep] for x in (states, actions, estimates, weights, clusters))
    advantages, visitation = model.evaluate(before)
    shares = np.where(model.live, visitation, 0)
    shares = shares / shares.sum()
    total = weights.sum()
    exact = advantages[states, actions]
    old, new = before[states, actions], after[states, actions]
    impossible = old == 0
    result = {
        "rows": len(states), "trajectories": len(np.unique(clusters)),
        "impossibleRows": int(impossible.sum()),
        "unreachableRows": int((visitation[states] < 1e-12).sum()),
        "surrogateGain": None,
    }
    if not impossible.any():
        with_ratio = estimate(weights, new / old * estimates, clusters)
        without = estimate(weights, estimates, clusters)
        result["surrogateGain"] = {
            "value": with_ratio["value"] - without["value"],
            "standardError": number(cluster_error(weights, (new / old - 1) * estimates, clusters)),
        }
    result["exactSurrogateGain"] = float(
        sum(shares[s] * np.nansum(after[s] * advantages[s]) for s in range(model.n)))
    deviations = np.array([estimates - np.average(estimates, weights=weights),
                           exact - np.average(exact, weights=weights)])
    covariance = deviations * weights @ deviations.T / total
    flat = covariance[1, 1] < 1e-20
    result["advantageScale"] = None if flat else covariance[0, 1] / covariance[1, 1]
    result["advantageCorrelation"] = (
        None if flat or covariance[0, 0] < 1e-20
        else covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))
    square = np.average(exact**2, weights=weights)
    result["advantageError"] = (
        None if square < 1e-20 else np.sqrt(np.average((estimates - exact) ** 2, weights=weights) / square))
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(before > 0, before * np.log(before / after), 0)
    result["meanKL"] = estimate(weights, terms.sum(1)[states], clusters)
    histogram = np.bincount(states, weights=weights, minlength=model.n) / total
    result["stateDistance"] = float(np.abs(histogram - shares).sum() / 2)
    gradients = np.zeros((2, model.n, model.k))
    for s in np.flatnonzero(model.live):
        choices = np.flatnonzero(model.available[s])
        slopes = log_gradients(before[s, choices])
        for i, a in enumerate(choices):
            here = (states == s) & (actions == a)
            gradients[0, s, choices] += (weights * estimates)[here].sum() / total * slopes[i]
            gradients[1, s, choices] += shares[s] * before[s, a] * advantages[s, a] * slopes[i]
    sampled, truth = gradients.reshape(2, -1)
    sizes = np.linalg.norm(sampled) * np.linalg.norm(truth)
    result["gradientCosine"] = None if sizes < 1e-20 else float(sampled @ truth / sizes)
    return result


def number(x):
    return float(x) if np.isfinite(x) else "infinity"


def rows(model, policy):
    return [[float(x) for x in row] if live else None for row, live in zip(policy, model.live)]


def case(name, model, before, after, states, actions, estimates, weights=None, clusters=None, named=False):
    document = {
        "schema": "monotone/batch/v1",
        "states": [model.mdp.states[s] if named else int(s) for s in states],
        "actions": [model.mdp.actions[a] if named else int(a) for a in actions],
        "advantages": [float(x) for x in estimates],
    }
    if weights is not None:
        document["weights"] = [float(w) for w in weights]
    if clusters is not None:
        document["trajectories"] = [int(c) for c in clusters]
    count = len(states)
    numbers = expected(
        model, before, after, states, actions, np.asarray(estimates, float),
        np.ones(count) if weights is None else weights, np.arange(count) if clusters is None else clusters)
    return {"name": name, "mdp": model.path, "before": rows(model, before), "after": rows(model, after),
            "batch": document, "expected": numbers}


def cases():
    rng = np.random.default_rng(20240611)

    model = Model("garnet-10-3-3")
    before, after = model.random_policy(rng), model.random_policy(rng)
    states, actions, episodes = model.sample(before, 12, 20, rng)
    exact = model.evaluate(before)[0][states, actions]
    noisy = 3 * exact + rng.normal(size=len(states)) - 0.5
    yield case("noisy advantages of another scale, discounted", model, before, after, states, actions, noisy,
               0.9 ** np.concatenate([np.arange(20)] * 12), episodes * 7 + 3)
    yield case("the exact advantages, rows alone", model, before, after, states, actions, exact)
    yield case("one trajectory", model, before, after, states[:20], actions[:20], noisy[:20],
               clusters=episodes[:20])

    model = Model("frozen-lake-4x4")
    before, after = model.random_policy(rng), model.random_policy(rng)
    states, actions, episodes = model.sample(before, 60, 100, rng)
    noise = rng.normal(size=len(states))
    weights = rng.uniform(size=len(states)) * (rng.uniform(size=len(states)) < 0.9)
    yield case("terminal states, advantages that are noise, some weights 0", model, before, after, states, actions,
               noise, weights, episodes, named=True)
    yield case("advantages that do not differ", model, before, after, states, actions, np.full(len(states), 0.3),
               clusters=episodes)

    model = Model("recycling-robot")
    before, after = model.random_policy(rng), model.random_policy(rng)
    states, actions, episodes = model.sample(before, 5, 30, rng)
    yield case("unavailable actions", model, before, after, states, actions, rng.normal(size=len(states)),
               clusters=episodes, named=True)

    model = Model("river-swim")
    before, after = model.random_policy(rng, zero=[(2, 1)]), model.random_policy(rng)
    other = model.random_policy(rng)
    states, actions, episodes = model.sample(other, 30, 40, rng)
    yield case("rows of another policy: impossible and unreachable ones", model, before, after, states, actions,
               rng.normal(size=len(states)), clusters=episodes)
    after = model.random_policy(rng, zero=[(0, 1)])
    yield case("an infinite divergence", model, other, after, states[:50], actions[:50],
               rng.normal(size=50), clusters=episodes[:50])


def files():
    text = "[\n" + ",\n".join(json.dumps(c, separators=(",", ":"), allow_nan=False) for c in cases()) + "\n]\n"
    yield TARGET, text


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
