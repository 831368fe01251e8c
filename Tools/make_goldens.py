#!/usr/bin/env python3
"""Writes `Tests/Goldens/NAME.json` for each MDP under `mdps/`, by code that shares nothing with the toolkit.

    python3 Tools/make_goldens.py            write all goldens
    python3 Tools/make_goldens.py --check    compare instead of writing; exit 1 if one differs or is missing

Up to 40 states: exact arithmetic (see exact_mdp.py), "representation": "exact" with numbers "p/q", or "decimal" with 30
significant digits where the exact file would be longer than 300 kB. KL divergences are decimal strings of 40 significant
digits, or "infinity". Larger MDPs: float64 with refinement in extended precision, "representation": "float64", good to
about 12 digits: the return and sampled values of the uniform policy, and the optimal return.

The pairs of policies: "first-action" (uniform against a mixture of 7/8 uniform and 1/8 the first available action),
"random" (seeded, small integer weights), "vanishing" (the candidate gives up the last available action of each state:
infinite KL, finite reverse KL), "emerging" (the same exchanged: the current policy never takes that action), and
"equality" where the MDP attains a bound exactly.
"""

import json
import random
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy

import exact_mdp
import golden_files
from exact_mdp import INFINITY

ROOT = Path(__file__).resolve().parent.parent
GOLDENS = ROOT / "Tests" / "Goldens"
LARGEST_EXACT = 40
LARGEST_FILE = 300_000
KL_DIGITS, DECIMAL_DIGITS, FLOAT_DIGITS = 40, 30, 13
SAMPLED_STATES = 20


# Policies


def by_state(mdp, row):
    """A policy whose row at each live state is row(state, available actions), a {action: probability}."""
    policy = []
    for s in range(len(mdp.states)):
        if s in mdp.terminal:
            policy.append(None)
        else:
            given = row(s, mdp.available(s))
            policy.append([given.get(a, Fraction(0)) for a in range(len(mdp.actions))])
    return policy


def uniform(mdp):
    return by_state(mdp, lambda s, available: {a: Fraction(1, len(available)) for a in available})


def toward_first_action(mdp, share):
    def row(s, available):
        result = {a: (1 - share) / len(available) for a in available}
        result[available[0]] += share
        return result

    return by_state(mdp, row)


def weighted(mdp, generator):
    """Random weights 1 to 4 over their sum."""

    def row(s, available):
        weights = [1 + int(4 * generator.random()) for _ in available]
        return {a: Fraction(w, sum(weights)) for a, w in zip(available, weights)}

    return by_state(mdp, row)


def without_last_action(mdp, policy):
    """The mass of the last available action goes to the first, where there are two."""

    def row(s, available):
        result = {a: policy[s][a] for a in available}
        if len(available) > 1:
            result[available[0]] += result[available[-1]]
            result[available[-1]] = Fraction(0)
        return result

    return by_state(mdp, row)


def constant(mdp, row):
    return by_state(mdp, lambda s, available: dict(enumerate(Fraction(p) for p in row)))


EQUALITY_CASES = {
    "kakade-2003": (["1", "0"], ["97/100", "3/100"]),
    "coupling-family": (["1/100", "99/100", "0"], ["0", "99/100", "1/100"]),
    "coupling-family-quarter": (["1/4", "3/4", "0"], ["0", "3/4", "1/4"]),
}


def pairs(mdp):
    """The pairs (name, current, candidate) of one MDP."""
    generator = random.Random(f"goldens/{mdp.name}")
    yield "first-action", uniform(mdp), toward_first_action(mdp, Fraction(1, 8))
    yield "random", weighted(mdp, generator), weighted(mdp, generator)
    full = weighted(mdp, generator)
    reduced = without_last_action(mdp, full)
    yield "vanishing", full, reduced
    yield "emerging", reduced, full
    if mdp.name in EQUALITY_CASES:
        current, candidate = EQUALITY_CASES[mdp.name]
        yield "equality", constant(mdp, current), constant(mdp, candidate)


# Exact goldens


def exact_golden(mdp, file):
    """The golden of a small MDP, exact if that is short enough."""
    updates = [(name, old, new, exact_mdp.update(mdp, old, new)) for name, old, new in pairs(mdp)]
    _, best = exact_mdp.optimal(mdp)
    for representation, write in (("exact", str), ("decimal", decimal)):
        document = {
            "mdp": file,
            "representation": representation,
            "pairs": [pair_golden(mdp, *update, write) for update in updates],
            "optimal": {
                "return": write(exact_mdp.dot(mdp.initial, best)),
                "stateValues": {s: write(v) for s, v in zip(mdp.states, best)},
            },
        }
        text = golden_text(document)
        if len(text) <= LARGEST_FILE:
            break
    return text


def pair_golden(mdp, name, current, candidate, update, write):
    old = update.current

    def nested(rows):
        return {s: {mdp.actions[a]: write(x) for a, x in row.items()} for s, row in zip(mdp.states, rows)}

    return {
        "name": name,
        "current": [None if row is None else [str(p) for p in row] for row in current],
        "candidate": [None if row is None else [str(p) for p in row] for row in candidate],
        "return": write(old.expected_return),
        "stateValues": {s: write(v) for s, v in zip(mdp.states, old.values)},
        "actionValues": nested(old.action_values),
        "advantages": nested(old.advantages),
        "visitation": {s: write(x) for s, x in zip(mdp.states, old.visitation)},
        "returnCandidate": write(update.candidate.expected_return),
        "surrogate": write(update.surrogate),
        "policyAdvantage": write(update.policy_advantage),
        "maxAdvantage": write(update.max_advantage),
        "maxExpectedAdvantage": write(update.max_expected_advantage),
        "penaltyCoefficient": write(update.penalty_coefficient),
        "maxTotalVariation": write(update.max_total_variation),
        "meanTotalVariation": write(update.mean_total_variation),
        "maxKL": logarithmic(update.max_kl),
        "meanKL": logarithmic(update.mean_kl),
        "maxReverseKL": logarithmic(update.max_reverse_kl),
        "meanReverseKL": logarithmic(update.mean_reverse_kl),
    }


def decimal(fraction):
    return mpmath.nstr(exact_mdp.real(fraction), DECIMAL_DIGITS, strip_zeros=True)


def logarithmic(number):
    return INFINITY if number == INFINITY else mpmath.nstr(number, KL_DIGITS, strip_zeros=True)


# Float goldens


def float_golden(mdp, file):
    """The golden of a larger MDP: the uniform policy, and the optimal return by policy iteration."""
    size, width = len(mdp.states), len(mdp.actions)
    discount = float(mdp.discount)
    tensor, rewards = numpy.zeros((size, width, size)), numpy.full((size, width), -numpy.inf)
    for s in range(size):
        for a in mdp.available(s):
            rewards[s, a] = float(mdp.rewards[s][a])
            for n, p in mdp.rows[s][a].items():
                tensor[s, a, n] = float(p)
    initial = numpy.array([float(p) for p in mdp.initial])
    terminal = sorted(mdp.terminal)

    def values(policy):
        """P_pi and V of a policy given as [state, action] probabilities."""
        matrix = numpy.einsum("sa,san->sn", policy, tensor)
        matrix[terminal, terminal] = 1
        reward = (policy * numpy.where(numpy.isfinite(rewards), rewards, 0)).sum(axis=1)
        return matrix, solve(discount, matrix, reward)

    available = numpy.isfinite(rewards)
    even = available / numpy.maximum(available.sum(axis=1, keepdims=True), 1)
    matrix, even_values = values(even)
    visits = solve(discount, matrix.T, initial)

    choice = available.argmax(axis=1)
    while True:
        policy = numpy.zeros((size, width))
        policy[mdp.live, choice[mdp.live]] = 1
        best = values(policy)[1]
        q = numpy.where(available, numpy.where(available, rewards, 0) + discount * (tensor @ best), -numpy.inf)
        better = [s for s in mdp.live if q[s].max() > best[s] + 1e-11 * max(1, abs(best[s]))]
        if not better:
            break
        choice[better] = q[better].argmax(axis=1)

    sample = sorted({i * (size - 1) // (SAMPLED_STATES - 1) for i in range(SAMPLED_STATES)})
    return golden_text(
        {
            "mdp": file,
            "representation": "float64",
            "policy": "uniform",
            "return": rounded(initial @ even_values),
            "stateValues": {mdp.states[s]: rounded(even_values[s]) for s in sample},
            "visitation": {mdp.states[s]: rounded(visits[s]) for s in sample},
            "optimal": {"return": rounded(initial @ best)},
        }
    )


def solve(discount, matrix, right):
    """(I - discount matrix)^-1 right, the residual taken in extended precision until it no longer matters."""
    system = numpy.eye(len(matrix)) - discount * matrix
    extended = numpy.eye(len(matrix), dtype=numpy.longdouble) - numpy.longdouble(discount) * matrix
    solution = numpy.linalg.solve(system, right).astype(numpy.longdouble)
    for _ in range(3):
        solution += numpy.linalg.solve(system, (right - extended @ solution).astype(float))
    return solution.astype(float)


def rounded(number):
    """Fewer digits than a double holds, so that the file does not depend on the order of a sum."""
    value = float(f"{number:.{FLOAT_DIGITS}g}")
    return 0.0 if abs(value) < 1e-15 else value


# Files


def golden_text(document):
    """JSON with one member a line, and each inner mapping or policy row list on one line."""

    def text(value, indent):
        pad = " " * (indent + 2)
        if isinstance(value, dict) and (indent == 0 or any(isinstance(v, (dict, list)) for v in value.values())):
            body = ",\n".join(f"{pad}{json.dumps(k)}: {text(v, indent + 2)}" for k, v in value.items())
            return "{\n" + body + "\n" + " " * indent + "}"
        if isinstance(value, list) and any(isinstance(v, dict) for v in value):
            body = ",\n".join(pad + text(v, indent + 2) for v in value)
            return "[\n" + body + "\n" + " " * indent + "]"
        return json.dumps(value, ensure_ascii=False)

    return text(document, 0) + "\n"


def goldens():
    """(file name, text) of every golden."""
    mpmath.mp.dps = 80
    for path in sorted((ROOT / "mdps").glob("*.json")):
        mdp = exact_mdp.read_mdp(path)
        make = exact_golden if len(mdp.states) <= LARGEST_EXACT else float_golden
        yield path.name, make(mdp, f"mdps/{path.name}")


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, lambda: ((GOLDENS / name, text) for name, text in goldens())))
