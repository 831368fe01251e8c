#!/usr/bin/env python3
"""Writes Tests/Goldens/exact/NAME.json for every model of mdps/: the quantities of one update as exact fractions.

Usage: python3 Tools/make_flint_goldens.py [--check]

The linear systems are solved by python-flint (fmpq_mat.solve), the rest follows in Python's fractions, logarithms come from
mpmath to 40 digits. The update goes from the uniform policy half way to the first available action of each state. `--check`
compares instead of writing.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import flint
import mpmath

import exact_mdp
import golden_files

ROOT = Path(__file__).resolve().parent.parent
KEYS = {
    "surrogate": "surrogate",
    "policyAdvantage": "policy_advantage",
    "maxAdvantage": "max_advantage",
    "maxExpectedAdvantage": "max_expected_advantage",
    "penaltyCoefficient": "penalty_coefficient",
    "maxTotalVariation": "max_total_variation",
    "meanTotalVariation": "mean_total_variation",
    "maxKL": "max_kl",
    "meanKL": "mean_kl",
    "maxReverseKL": "max_reverse_kl",
    "meanReverseKL": "mean_reverse_kl",
}


def solve_linear(matrix, vector):
    """x with M x = b, M by sparse rows: python-flint in the place of elimination in fractions."""
    size = len(vector)
    system = flint.fmpq_mat(size, size)
    for i, row in enumerate(matrix):
        for j, value in row.items():
            system[i, j] = flint.fmpq(value.numerator, value.denominator)
    right = flint.fmpq_mat(size, 1, [flint.fmpq(x.numerator, x.denominator) for x in map(Fraction, vector)])
    solution = system.solve(right)
    return [Fraction(int(solution[i, 0].p), int(solution[i, 0].q)) for i in range(size)]


def policies(mdp):
    uniform, half = [], []
    for s in range(len(mdp.states)):
        available = mdp.available(s)
        if not available:
            uniform.append(None)
            half.append(None)
            continue
        row = [Fraction(int(a in available), len(available)) for a in range(len(mdp.actions))]
        uniform.append(row)
        half.append([x / 2 + Fraction(int(a == available[0]), 2) for a, x in enumerate(row)])
    return uniform, half


def text(value):
    if isinstance(value, Fraction):
        return str(value)
    return value if isinstance(value, str) else mpmath.nstr(value, 40, min_fixed=-5, max_fixed=45)


def golden(path):
    update = exact_mdp.update(exact_mdp.read_mdp(path), *policies(exact_mdp.read_mdp(path)))
    result = {"mdp": f"mdps/{path.name}"}
    result["returnCurrent"] = text(update.current.expected_return)
    result["returnCandidate"] = text(update.candidate.expected_return)
    for key, name in KEYS.items():
        result[key] = text(getattr(update, name))
    return json.dumps(result, indent=1) + "\n"


def files():
    exact_mdp.solve_linear = solve_linear
    sys.set_int_max_str_digits(0)
    mpmath.mp.dps = 60
    for path in sorted((ROOT / "mdps").glob("*.json")):
        yield ROOT / "Tests" / "Goldens" / "exact" / path.name, golden(path)


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, files))
