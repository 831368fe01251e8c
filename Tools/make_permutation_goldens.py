#!/usr/bin/env python3
"""Writes `Tests/Goldens/statistics/permutations.json`: the exact test of signs of fixed differences.

    python3 Tools/make_permutation_goldens.py            write it
    python3 Tools/make_permutation_goldens.py --check    compare instead of writing; exit 1 if it differs or is missing

Counted in fractions, and compared with `scipy.stats.permutation_test`; Holm's adjustment in fractions, by its definition.
"""

import itertools
import json
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import numpy
from scipy import stats

import golden_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Tests" / "Goldens" / "statistics" / "permutations.json"


def probability(differences, alternative):
    """By a count in fractions, with which SciPy must agree; SciPy wants two differences at least."""
    exact = [Fraction(str(x)) for x in differences]
    sums = [sum(a * b for a, b in zip(exact, signs)) for signs in itertools.product((1, -1), repeat=len(exact))]
    upper = Fraction(sum(x >= sum(exact) for x in sums), len(sums))
    lower = Fraction(sum(x <= sum(exact) for x in sums), len(sums))
    counted = {"greater": upper, "two-sided": min(1, 2 * min(upper, lower))}[alternative]
    # SciPy tells ties of a sum of 0 by its rounding error, and so at random.
    if len(differences) > 1 and sum(exact) != 0:
        result = stats.permutation_test(
            (numpy.array(differences, dtype=float),), lambda x, axis: numpy.mean(x, axis=axis),
            permutation_type="samples", n_resamples=math.inf, vectorized=True, alternative=alternative,
        ).pvalue
        assert math.isclose(result, counted, rel_tol=1e-12), (differences, result, counted)
    return float(counted)


def holm(probabilities):
    """The smallest level at which Holm's sequence of tests rejects each: by the definition, in fractions."""
    exact = [Fraction(x) for x in probabilities]
    order = sorted(range(len(exact)), key=lambda place: exact[place])
    adjusted = {}
    for rank, place in enumerate(order):
        adjusted[place] = min(Fraction(1), max((len(exact) - j) * exact[order[j]] for j in range(rank + 1)))
    return [float(adjusted[place]) for place in range(len(exact))]


def files():
    draws = random.Random(17)
    samples = [
        [1.5], [-1.5], [0.0], [1, 1, 1, 1, 1], [1, -1, 2, -2], [0.1, 0.2, -0.3], [0.1, 0.2, 0.3, -0.6, 0.0],
        [3, 1, 4, 1, 5, 9, 2, 6], [-3, 1, -4, 1, -5, 9, -2, 6, 5],
        *([round(draws.gauss(mean, 10), 3) for _ in range(count)] for mean, count in ((0, 6), (4, 9), (8, 12), (-5, 13))),
    ]
    families = [[0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.001], [0.2, 0.9, 1.0, 0.0], [0.04, 0.01, 0.02, 0.01, 0.6]]
    golden = {
        "signs": [
            {
                "differences": [float(x) for x in sample],
                "greater": probability(sample, "greater"),
                "different": probability(sample, "two-sided"),
            }
            for sample in samples
        ],
        "families": [{"probabilities": family, "adjusted": holm(family)} for family in families],
    }
    yield TARGET, json.dumps(golden, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
