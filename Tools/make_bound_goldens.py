#!/usr/bin/env python3
"""Writes `Tests/Goldens/bounds/NAME.json`: every bound of the ladder for the pairs of each small golden.

    python3 Tools/make_bound_goldens.py            write all
    python3 Tools/make_bound_goldens.py --check    compare instead of writing; exit 1 if one differs or is missing

The policies come from `Tests/Goldens/NAME.json`, everything else from exact_mdp.py: rational elimination, logarithms by
mpmath, and for the coefficient of the resolvent numpy's inverse. A bound is a decimal string, "infinity", or null where
it does not apply. Beside the bounds stand the smallest mixture weight, and whether `conservative-gain` and
`pointwise-improvement` apply.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy

import exact_mdp
import golden_files
from exact_mdp import INFINITY, dot, real

ROOT = Path(__file__).resolve().parent.parent
GOLDENS = ROOT / "Tests" / "Goldens"
DIGITS, FLOAT_DIGITS = 25, 12


class Ladder:
    """The bounds of one update, as functions named by their identifiers."""

    def __init__(self, mdp, current, candidate):
        self.mdp, self.update = mdp, exact_mdp.update(mdp, current, candidate)
        self.g = g = mdp.discount
        u = self.update
        self.rho, self.advantages = u.current.visitation, u.expected_advantages
        self.span = max(self.advantages) - min(self.advantages)
        self.range = max(max(u.current.advantages[s].values()) - min(u.current.advantages[s].values()) for s in mdp.live)
        self.alpha = u.max_total_variation
        self.weight = max(1 - q / p for s in mdp.live for p, q in zip(current[s], candidate[s]) if p)
        self.old_rows, self.new_rows = (exact_mdp.transition_rows(mdp, p) for p in (current, candidate))
        self.shift = sum((abs(x - y) for x, y in zip(u.candidate.visitation, self.rho)), Fraction(0))
        self.moved = dot(self.rho, [distance(x, y) for x, y in zip(self.old_rows, self.new_rows)])
        self.mean_tv = dot(self.rho, u.total_variation)

    def count(self, weight):
        return 1 / ((1 - self.g) * (1 - self.g * (1 - weight)))

    def bounds(self):
        u, g, e_exp, e_max = self.update, self.g, self.update.max_expected_advantage, self.update.max_advantage
        horizon = 1 / (1 - g)
        forget = max(distance(x, y) for x in self.new_rows for y in self.new_rows)
        forward, backward = u.max_kl, u.max_reverse_kl
        return {
            "visitation-shift-span": self.shift * self.span / 2,
            "visitation-shift": self.shift * e_exp,
            "resolvent-ergodicity": g * self.span * self.moved * self.resolvent_coefficient(),
            "dobrushin": g * self.span * self.moved / (1 - g * forget),
            "mean-total-variation-span": g * self.span * horizon * self.mean_tv,
            "mean-total-variation": 2 * g * e_exp * horizon * self.mean_tv,
            "max-total-variation-span": g * self.span * self.alpha * horizon**2,
            "coupling-span": g * self.span * self.alpha * self.count(self.alpha),
            "coupling": 4 * g * e_max * self.alpha**2 * self.count(self.alpha),
            "coupling-range": 2 * g * self.range * self.alpha**2 * self.count(self.alpha),
            "total-variation": 4 * g * e_max * self.alpha**2 * horizon**2,
            "kl": times(u.penalty_coefficient, forward),
            "kl-pinsker": times(2 * g * e_max * horizon**2, smaller(forward, backward)),
            "mean-kl-root": self.mean_kl_root(),
            "mean-kl": self.mean_kl(),
            "mean-kl-penalty": times(u.penalty_coefficient, u.mean_kl) if g >= Fraction(2, 3) else None,
            "conservative-mixture": self.conservative(horizon**2),
            "conservative-mixture-2002": self.conservative(self.count(self.weight)),
        }

    def resolvent_coefficient(self):
        size = len(self.mdp.states)
        matrix = numpy.zeros((size, size))
        for s, row in enumerate(self.new_rows):
            for n, p in row.items():
                matrix[s, n] = float(p)
        inverse = numpy.linalg.inv(numpy.eye(size) - float(self.g) * matrix)
        return max(abs(x - y).sum() / 2 for x in inverse for y in inverse)

    def mean_kl_root(self):
        divergence = smaller(self.update.mean_kl, self.update.mean_reverse_kl)
        if divergence == INFINITY:
            return INFINITY
        size = real(self.g * self.update.max_expected_advantage / (1 - self.g) ** 2)
        return size * mpmath.sqrt(2 * divergence)

    def mean_kl(self):
        if not self.span:
            return Fraction(0)
        if self.update.mean_kl == INFINITY:
            return INFINITY
        divergence = self.update.mean_kl * real(1 / (1 - self.g))
        weight = real(self.g / (1 - self.g)) * divergence
        mean = dot(self.rho, self.advantages) * (1 - self.g)
        middle = (max(self.advantages) + min(self.advantages)) / 2

        def with_constant(b):
            rest = [x - b for x in self.advantages]
            squares = real(dot(self.rho, [x * x for x in rest]))
            return 2 * mpmath.sqrt(weight * squares) + real(max(map(abs, rest))) * weight

        return min(map(with_constant, (mean, middle, (mean + middle) / 2, Fraction(0))))

    def conservative(self, count):
        """From the target's own advantages, not through the shorter form that the toolkit computes."""
        if not self.weight:
            return Fraction(0)
        target = max(abs(x / self.weight) for x in self.advantages)
        return 2 * self.g * target * self.weight**2 * count

    def golden(self):
        gap = self.update.candidate.expected_return - self.update.surrogate
        bounds = self.bounds()
        for name, bound in bounds.items():
            assert holds(gap, bound), (self.mdp.name, name)
        return {
            "mixtureWeight": str(self.weight),
            "conservativeGainApplies": 2 * self.conservative(1 / (1 - self.g) ** 2) <= self.update.policy_advantage,
            "pointwiseImprovementApplies": min(self.advantages) >= 0,
            "bounds": {name: written(bound) for name, bound in bounds.items()},
        }


def holds(gap, bound):
    """Whether |gap| <= bound, up to the working precision where the bound is no fraction."""
    if bound is None or bound == INFINITY:
        return True
    if isinstance(bound, Fraction):
        return abs(gap) <= bound
    slack = 1e-9 if isinstance(bound, float) else mpmath.mpf(10) ** -60
    return real(abs(gap)) <= bound + slack * (1 + abs(bound))


def distance(x, y):
    """The total variation between two sparse rows."""
    return sum((abs(x.get(n, 0) - y.get(n, 0)) for n in {*x, *y}), Fraction(0)) / 2


def times(coefficient, divergence):
    """A coefficient times a divergence, 0 times infinity being 0."""
    if not coefficient:
        return Fraction(0)
    return INFINITY if divergence == INFINITY else real(coefficient) * divergence


def smaller(x, y):
    finite = [d for d in (x, y) if d != INFINITY]
    return min(finite) if finite else INFINITY


def written(bound):
    if bound is None or bound == INFINITY:
        return bound
    if isinstance(bound, float):
        return f"{bound:.{FLOAT_DIGITS}g}"
    return mpmath.nstr(real(bound) if isinstance(bound, Fraction) else bound, DIGITS, strip_zeros=True)


def goldens():
    """(file name, text) of every golden."""
    mpmath.mp.dps = 80
    for path in sorted(GOLDENS.glob("*.json")):
        golden = json.loads(path.read_text(encoding="utf-8"))
        if "pairs" not in golden:
            continue
        mdp = exact_mdp.read_mdp(ROOT / golden["mdp"])
        pairs = {}
        for pair in golden["pairs"]:
            current, candidate = (
                [None if row is None else [Fraction(p) for p in row] for row in pair[which]]
                for which in ("current", "candidate")
            )
            pairs[pair["name"]] = Ladder(mdp, current, candidate).golden()
        yield path.name, json.dumps({"mdp": golden["mdp"], "pairs": pairs}, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, lambda: ((GOLDENS / "bounds" / name, text) for name, text in goldens())))
