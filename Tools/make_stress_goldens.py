#!/usr/bin/env python3
"""Writes `Tests/Goldens/stress/NAME.json`: models that are hard on arithmetic, updates of them, and the truth about these.

    python3 Tools/make_stress_goldens.py            write all
    python3 Tools/make_stress_goldens.py --check    compare instead of writing; exit 1 if one differs or is missing

Discounts up to 1 - 1e-9, probabilities of 1e-12 beside 1, rewards of 1e12 beside 1e-12, steps whose largest KL is 1e-16 or
infinite, states that nothing leads to. The linear systems are solved by python-flint, the rest follows in Python's
fractions; logarithms come from mpmath. A fraction is written in full, an irrational number to 40 digits. Each bound of the
ladder is asserted to hold here, and each false variant comes with whether it happens to hold.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import mpmath

import exact_mdp
import golden_files
from exact_mdp import INFINITY, real
from make_bound_goldens import Ladder, times
from make_flint_goldens import KEYS, solve_linear, text

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Goldens" / "stress"
RARE, HUGE, HALF, THIRD = Fraction(1, 10**12), Fraction(10**12), Fraction(1, 2), Fraction(1, 3)
DISCOUNTS = {"near": HALF, "far": 1 - Fraction(1, 10**6), "farthest": 1 - Fraction(1, 10**9)}
A_POSTERIORI = {"visitation-shift-span", "visitation-shift", "resolvent-ergodicity", "dobrushin"}
# Known in Python as floats only, which says nothing of a bound at these discounts.
FLOATS = {"resolvent-ergodicity"}


def two_way(state, other, weight):
    return {state: 1 - weight, other: weight}


# Where transitions lead: by state and action, {next state: probability}; a state without actions is terminal.
SHAPES = {
    "blocks": [
        [{s: HALF, s ^ 1: HALF - RARE, s ^ 2: RARE}, {s ^ 1: 1 - RARE, s ^ 2: RARE}] for s in range(4)
    ],
    "accident": [[two_way(0, 2, RARE), two_way(0, 1, THIRD)], [{0: Fraction(1)}, two_way(1, 2, RARE)], []],
    "unreached": [
        [two_way(0, 1, HALF), {0: Fraction(1)}], [{0: Fraction(1)}, two_way(1, 0, THIRD)],
        [{0: Fraction(1)}, {3: Fraction(1)}], [two_way(3, 2, HALF), {1: Fraction(1)}],
    ],
    "cycle": [[{(s + 1) % 3: Fraction(1)}, {(s + 2) % 3: Fraction(1)}] for s in range(3)],
}

# Rewards by state and action.
REWARDS = {
    "huge": lambda s, a: HUGE * (2 * a - 1) * (s + 1),
    "mixed": lambda s, a: [HUGE, RARE, -RARE, Fraction(-1), HUGE * RARE, -HUGE, Fraction(0)][(3 * s + a) % 7],
}


def row(mdp, s, *weights):
    """A distribution over the actions of a state, None at a terminal one."""
    return [Fraction(w) for w in weights] if mdp.available(s) else None


def steps(mdp):
    """(name, current, candidate) of every update."""
    states = range(len(mdp.states))
    skewed = [row(mdp, s, 1 - THIRD, THIRD) for s in states]
    nearly_first = [row(mdp, s, 1 - RARE, RARE) for s in states]
    first, last = ([row(mdp, s, *pure) for s in states] for pure in ((1, 0), (0, 1)))

    def toward(policy, target, weight):
        return [p and [x + weight * (y - x) for x, y in zip(p, q)] for p, q in zip(policy, target)]

    # The first action dropped from the third state on: where nothing leads there, nothing is lost.
    dropped = [p if s < 2 else last[s] for s, p in enumerate(skewed)]
    yield "same", skewed, skewed
    yield "tiny", skewed, toward(skewed, last, Fraction(1, 10**8))
    yield "large", nearly_first, toward(first, last, 1 - RARE)
    yield "gained", first, toward(first, last, RARE)
    yield "lost", skewed, last
    yield "dropped", skewed, dropped


def document(name, shape, discount, reward):
    states = [str(s) for s in range(len(shape))]
    return {
        "schema": "monotone/mdp/v1", "name": name, "discount": str(discount), "states": states, "actions": ["0", "1"],
        "initial": {"0": 1}, "terminal": [states[s] for s, actions in enumerate(shape) if not actions],
        "transitions": [
            {"from": states[s], "action": str(a), "to": {states[n]: str(p) for n, p in to.items()}, "reward": str(reward(s, a))}
            for s, actions in enumerate(shape) for a, to in enumerate(actions)
        ],
    }


def variants(ladder):
    """Whether each false variant holds all the same."""
    u, g = ladder.update, ladder.g
    gap = abs(u.candidate.expected_return - u.surrogate)
    square = 2 * g * ladder.alpha**2 / (1 - g) ** 2
    values = max(abs(q) for s in ladder.mdp.live for q in u.current.action_values[s].values())
    off = abs(u.candidate.expected_return - u.current.expected_return - (1 - g) * u.policy_advantage)
    greatest = times(u.penalty_coefficient, u.max_kl)
    return {
        "total-variation-constant-2-expected-advantage": at_most(gap, square * u.max_expected_advantage),
        "total-variation-constant-2": at_most(gap, square * u.max_advantage),
        "pirotta-q-norm": at_most(gap, square * values),
        "conservative-mixture-candidate-advantage": at_most(
            gap, 2 * g * u.max_expected_advantage * ladder.weight**2 / (1 - g) ** 2
        ),
        "mean-kl-penalty-every-discount": at_most(gap, times(u.penalty_coefficient, u.mean_kl)),
        "kl-without-surrogate": at_most(u.current.expected_return - u.candidate.expected_return, greatest),
        "normalised-visitation": at_most(off, greatest),
        "pinsker-quarter": all(
            u.kl[s] == INFINITY or at_most(4 * u.total_variation[s] ** 2, u.kl[s]) for s in ladder.mdp.live
        ),
    }


def at_most(x, bound):
    """x <= bound, refusing to say so of an irrational bound that is too near."""
    if bound == INFINITY:
        return True
    if isinstance(bound, Fraction):
        return x <= bound
    if not x and not bound:
        return True
    difference = bound - real(x)
    assert abs(difference) > mpmath.mpf(10) ** (20 - mpmath.mp.dps) * (abs(bound) + abs(real(x))), (x, bound)
    return difference > 0


def golden(mdp, current, candidate):
    ladder = Ladder(mdp, current, candidate)
    u = ladder.update
    # A logarithm of 1 is 0, not almost 0.
    for name in ("max_kl", "mean_kl", "max_reverse_kl", "mean_reverse_kl"):
        if current == candidate:
            setattr(u, name, Fraction(0))
    bounds = {name: bound for name, bound in ladder.bounds().items() if name not in FLOATS}
    gap = abs(u.candidate.expected_return - u.surrogate)
    for name, bound in bounds.items():
        assert bound is None or at_most(gap, bound), (mdp.name, name)
    # A lower bound on the candidate's return exceeds the return where the policy advantage exceeds its width.
    promised = any(
        bound not in (None, INFINITY) and not at_most(u.policy_advantage, bound)
        for name, bound in bounds.items() if name not in A_POSTERIORI
    )
    rows = [[p and [str(x) for x in p] for p in policy] for policy in (current, candidate)]
    return {
        "current": rows[0], "candidate": rows[1],
        "returnCurrent": text(u.current.expected_return), "returnCandidate": text(u.candidate.expected_return),
        **{key: text(getattr(u, name)) for key, name in KEYS.items()},
        "improved": u.candidate.expected_return >= u.current.expected_return,
        # conservative-gain, where it applies, promises half of the policy advantage.
        "guaranteed": promised
        or u.policy_advantage > 0 and 2 * ladder.conservative(1 / (1 - ladder.g) ** 2) <= u.policy_advantage,
        "bounds": {name: bound if bound is None else text(bound) for name, bound in bounds.items()},
        "variants": variants(ladder),
    }


def goldens():
    """(file name, text) of every golden."""
    exact_mdp.solve_linear = solve_linear
    sys.set_int_max_str_digits(0)
    mpmath.mp.dps = 150
    for shape_name, shape in SHAPES.items():
        for discount_name, discount in DISCOUNTS.items():
            for reward_name, reward in REWARDS.items():
                name = f"{shape_name}-{discount_name}-{reward_name}"
                rewards = [[reward(s, a) for a in range(len(shape[s]) or 2)] for s in range(len(shape))]
                mdp = exact_mdp.MDP(
                    name, [str(s) for s in range(len(shape))], ["0", "1"], discount,
                    [Fraction(int(s == 0)) for s in range(len(shape))], {s for s, a in enumerate(shape) if not a},
                    [actions or [None, None] for actions in shape], rewards,
                )
                pairs = {step: golden(mdp, p, q) for step, p, q in steps(mdp)}
                content = {"mdp": document(name, shape, discount, reward), "pairs": pairs}
                yield f"{name}.json", json.dumps(content, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, lambda: ((FOLDER / name, text) for name, text in goldens())))
