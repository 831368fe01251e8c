#!/usr/bin/env python3
"""Proves that each `mdps/counterexamples/*.refutation.json` refutes the variant that it names.

    python3 Tools/check_counterexamples.py [FILE...]

Everything rational is exact; logarithms are enclosed by mpmath intervals, and a refutation counts only if the gap exceeds
the upper end of the claimed bound. Prints gap, claimed bound and their ratio; exits 1 if one does not refute.
"""

import sys
from fractions import Fraction
from pathlib import Path

import mpmath

import exact_mdp

COUNTEREXAMPLES = Path(__file__).resolve().parent.parent / "mdps" / "counterexamples"
iv = mpmath.iv
iv.dps = 50


def enclosure(fraction):
    return iv.mpf(fraction.numerator) / fraction.denominator


def divergence(p, q):
    """KL(p || q) as an interval; a claim on KL is only refuted by a finite one."""
    return sum((enclosure(x) * iv.log(enclosure(x / y)) for x, y in zip(p, q) if x), iv.mpf(0))


class Case:
    """One update and what the claims speak of; `gap` is return(candidate) - surrogate."""

    def __init__(self, mdp, current, candidate):
        self.mdp, self.current, self.candidate = mdp, current, candidate
        self.update = exact_mdp.update(mdp, current, candidate)
        self.discount = mdp.discount
        self.alpha = self.update.max_total_variation
        self.epsilon = self.update.max_advantage
        self.expected_epsilon = self.update.max_expected_advantage
        self.gap = self.update.candidate.expected_return - self.update.surrogate
        self.coefficient = enclosure(self.update.penalty_coefficient)

    @property
    def kl(self):
        """KL(current || candidate) by state."""
        states = range(len(self.mdp.states))
        return [divergence(self.current[s], self.candidate[s]) if s in self.mdp.live else iv.mpf(0) for s in states]

    @property
    def max_kl(self):
        """An upper enclosure of the largest divergence."""
        return max(self.kl, key=lambda x: x.b)

    @property
    def gain(self):
        return self.update.candidate.expected_return - self.update.current.expected_return

    def mixture_share(self):
        """The smallest alpha for which the candidate is (1 - alpha) current + alpha (some policy)."""
        return max(
            1 - q / p
            for s in self.mdp.live
            for p, q in zip(self.current[s], self.candidate[s])
            if p
        )


# Each variant: (gap, claimed bound), the claim being gap >= -bound.


def constant_2_expected(c):
    return c.gap, 2 * c.discount * c.expected_epsilon * c.alpha**2 / (1 - c.discount) ** 2


def constant_2(c):
    return c.gap, 2 * c.discount * c.epsilon * c.alpha**2 / (1 - c.discount) ** 2


def kl_without_surrogate(c):
    return c.gain, c.coefficient * c.max_kl


def normalised_visitation(c):
    return c.gain - (1 - c.discount) * c.update.policy_advantage, c.coefficient * c.max_kl


def conservative_mixture(c):
    return c.gap, 2 * c.discount * c.expected_epsilon * c.mixture_share() ** 2 / (1 - c.discount) ** 2


def mean_kl_penalty(c):
    weights = [(1 - c.discount) * x for x in c.update.current.visitation]
    return c.gap, c.coefficient * sum((enclosure(w) * d for w, d in zip(weights, c.kl)), iv.mpf(0))


def pirotta(c):
    largest = max(abs(q) for row in c.update.current.action_values for q in row.values())
    return c.gap, c.discount * (2 * c.alpha) ** 2 * largest / (2 * (1 - c.discount) ** 2)


def pinsker_quarter(c):
    """TV^2 <= KL/4 in the state with the largest TV."""
    s = max(c.mdp.live, key=c.update.total_variation.__getitem__)
    return -c.update.total_variation[s] ** 2, c.kl[s] / 4


VARIANTS = {
    "total-variation-constant-2-expected-advantage": constant_2_expected,
    "total-variation-constant-2": constant_2,
    "kl-without-surrogate": kl_without_surrogate,
    "normalised-visitation": normalised_visitation,
    "conservative-mixture-candidate-advantage": conservative_mixture,
    "mean-kl-penalty-every-discount": mean_kl_penalty,
    "pirotta-q-norm": pirotta,
    "pinsker-quarter": pinsker_quarter,
}


def examine(path):
    """(variant, gap, bound, refuted) of one refutation file."""
    document = exact_mdp.read_json(path)
    mdp = exact_mdp.read_mdp(path.parent / document["mdp"])
    assert len(mdp.states) <= 3, f"{path.name}: more than three states"
    policies = [exact_mdp.read_policy(path.parent / document[key], mdp) for key in ("current", "candidate")]
    gap, bound = VARIANTS[document["variant"]](Case(mdp, *policies))
    if isinstance(bound, Fraction):
        return document["variant"], gap, mpmath.mpf(exact_mdp.real(bound)), -gap > bound
    return document["variant"], gap, bound.b, enclosure(-gap).a > bound.b


def main(arguments):
    if any(a in ("-h", "--help") for a in arguments):
        print(__doc__)
        return 0
    paths = [Path(a) for a in arguments] or sorted(COUNTEREXAMPLES.glob("*.refutation.json"))
    failed, shown = 0, set()
    print(f"{'variant':<47} {'gap':>14} {'claimed bound':>14} {'ratio':>8}  verdict")
    for path in paths:
        variant, gap, bound, refuted = examine(path)
        shown.add(variant)
        failed += not refuted
        ratio = float(abs(exact_mdp.real(gap)) / mpmath.mpf(bound))
        verdict = "refuted" if refuted else "NOT REFUTED"
        print(f"{variant:<47} {float(gap):>14.6e} {float(mpmath.mpf(bound)):>14.6e} {ratio:>8.3f}  {verdict}")
    if not arguments and (missing := set(VARIANTS) - shown):
        print("no counterexample for " + ", ".join(sorted(missing)))
        failed += len(missing)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
