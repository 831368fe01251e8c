#!/usr/bin/env python3
"""Computes how close each `mdps/attainment/*.attainment.json` brings its bound to equality, in exact arithmetic.

    python3 Tools/make_attainment_goldens.py            write the goldens and the table
    python3 Tools/make_attainment_goldens.py --check    compare instead of writing; exit 1 if one differs

Writes `Tests/Goldens/attainment/attained.json` and `mdps/attainment/README.md`. The attainment |G|/B is a fraction where B is
one, else a decimal of 40 digits by mpmath. Every file in the folder counts, whoever wrote it; a bound without a file is an
error, as is an example on which the gap exceeds the bound.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

import mpmath

import exact_mdp
import golden_files
from exact_mdp import INFINITY, real
from make_bound_goldens import Ladder, distance

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "mdps" / "attainment"
SUFFIX = ".attainment.json"
DIGITS = 40

HEAD = """\
# How tight the bounds are

The *attainment* of a bound \\|η(π̃) − L_π(π̃)\\| ≤ B by an update is \\|η(π̃) − L_π(π̃)\\|/B: 1 where the bound is an equality.
Each `NAME.attainment.json` (`../schema/attainment.schema.json`) names a bound, an MDP, a current and a candidate policy;
`monotone verify mdps` proves the ratio of each, and this table gives it from exact arithmetic in Python. A ratio
of 1 is an equality; the others are rounded.

To add a closer example, add its files here and run `make goldens`. `python3 Tools/search_attainment.py` searches for one.

| bound | example | attained | the largest possible |
|---|---|--:|---|
"""


class ExactLadder(Ladder):
    """The ladder with the coefficient of the resolvent as a fraction, which only small models allow."""

    def resolvent_coefficient(self):
        size = len(self.mdp.states)
        matrix = [{n: -self.g * p for n, p in row.items()} for row in self.new_rows]
        for s, row in enumerate(matrix):
            row[s] = row.get(s, 0) + 1
        columns = [exact_mdp.solve_linear(matrix, [Fraction(int(s == n)) for s in range(size)]) for n in range(size)]
        rows = [{n: columns[n][s] for n in range(size)} for s in range(size)]
        return max(distance(x, y) for x in rows for y in rows)


def ladder_of(path, document):
    """Every bound on the update of an example."""
    mdp = exact_mdp.read_mdp(path.parent / document["mdp"])
    policies = [exact_mdp.read_policy(path.parent / document[key], mdp) for key in ("current", "candidate")]
    return ExactLadder(mdp, *policies)


def attainment(path):
    """The document, and |G|/B of its claim: a Fraction, or an mpmath number where the bound has a logarithm or root."""
    document = exact_mdp.read_json(path)
    ladder = ladder_of(path, document)
    bound = ladder.bounds()[document["claim"]]
    assert bound is not None and bound != 0, f"{path.name}: the bound says nothing here"
    if bound == INFINITY:
        return document, Fraction(0)
    gap = abs(ladder.update.candidate.expected_return - ladder.update.surrogate)
    ratio = gap / bound if isinstance(bound, Fraction) else real(gap) / bound
    assert ratio <= 1, f"{path.name} refutes {document['claim']}"
    return document, ratio


def golden_text(ratio):
    return str(ratio) if isinstance(ratio, Fraction) else mpmath.nstr(ratio, DIGITS)


def shown(ratio):
    """1, 0.317273, or the distance from 1 where it is small."""
    if ratio == 1:
        return "1"
    rest = 1 - (real(ratio) if isinstance(ratio, Fraction) else ratio)
    return f"1 − {mpmath.nstr(rest, 2)}" if rest < 1e-3 else f"{float(ratio):.6g}"


def generated_files():
    mpmath.mp.dps = 80
    found = [(path, *attainment(path)) for path in sorted(FOLDER.glob(f"*{SUFFIX}"))]
    claims = list(ladder_of(*found[0][:2]).bounds())
    missing = [claim for claim in claims if claim not in {d["claim"] for _, d, _ in found}]
    if missing:
        sys.exit("no example for " + ", ".join(missing))
    found.sort(key=lambda entry: (claims.index(entry[1]["claim"]), -entry[2], entry[0].name))
    golden = {path.name: {"claim": d["claim"], "attained": golden_text(ratio)} for path, d, ratio in found}
    rows = [f"| [`{d['claim']}`]({p.name}) | {d['name']} | {shown(ratio)} | {d['supremum']} |" for p, d, ratio in found]
    return {
        ROOT / "Tests" / "Goldens" / "attainment" / "attained.json": json.dumps(golden, indent=1) + "\n",
        FOLDER / "README.md": HEAD + "\n".join(rows) + "\n\n" + "\n".join(reasons(found)),
    }


def reasons(found):
    """Why each example is as close as it is, once for each text."""
    yield "## Why\n"
    for path, document, _ in found:
        yield f"- `{document['claim']}`, {document['name']}: {document['description']}"
    yield ""


if __name__ == "__main__":
    sys.exit(golden_files.main(__doc__, lambda: generated_files().items()))
