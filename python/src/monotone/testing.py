"""Assertions on updates, rules and estimates, for any test suite.

They fail only on a *proved* violation. What is undecided passes, as an event of Hypothesis inside its tests and as an
:class:`~monotone.errors.UndecidedWarning` elsewhere; ``strict=True`` makes it fail. A failure's message holds the
model, the policies, and the ``monotone check`` line that reproduces it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from ._arrays import PolicyLike
from ._conformance import assert_advantages, assert_policy_improvement_rule
from ._judgement import Judgement, configuration
from ._operations import Arithmetic
from .check import Check
from .model import MDP
from .quantity import Quantity
from .verdict import Outcome, Verdict

__all__ = [
    "assert_advantages",
    "assert_claims",
    "assert_guaranteed",
    "assert_improves",
    "assert_kl_within",
    "assert_not_harmful",
    "assert_policy_improvement_rule",
]


def assert_improves(
    mdp: MDP,
    current: PolicyLike,
    candidate: PolicyLike,
    *,
    arithmetic: Arithmetic | None = None,
    strict: bool = False,
) -> Check:
    """Asserts that the return rose: η(π̃) > η(π). An unchanged return fails, too.

    Returns:
        The check, for further assertions.

    Raises:
        AssertionError: The return is proved to have fallen, or to be the same.
    """
    judge, check = _judge(mdp, current, candidate, arithmetic, strict)
    change = f"η changes from {check.return_current} to {check.return_candidate}"
    rose = {Outcome.HARMFUL: Verdict.VIOLATED, Outcome.UNCHANGED: Verdict.VIOLATED}
    verdict = rose.get(check.outcome, check.improved)
    judge.require(verdict, f"the update does not improve the policy: {change}", "harmful")
    return check


def assert_not_harmful(
    mdp: MDP,
    current: PolicyLike,
    candidate: PolicyLike,
    *,
    arithmetic: Arithmetic | None = None,
    strict: bool = False,
) -> Check:
    """Asserts that the return did not fall: η(π̃) ≥ η(π).

    Raises:
        AssertionError: The return is proved to have fallen.
    """
    judge, check = _judge(mdp, current, candidate, arithmetic, strict)
    change = f"η changes from {check.return_current} to {check.return_candidate}"
    judge.require(check.improved, f"the update is harmful: {change}", "harmful")
    return check


def assert_guaranteed(
    mdp: MDP,
    current: PolicyLike,
    candidate: PolicyLike,
    *,
    arithmetic: Arithmetic | None = None,
    strict: bool = False,
) -> Check:
    """Asserts that a bound promised an improvement before the step was taken.

    Raises:
        AssertionError: No bound did, proved.
    """
    judge, check = _judge(mdp, current, candidate, arithmetic, strict)
    judge.require(check.guaranteed, "no bound guarantees that the update improves the policy", "unguaranteed")
    return check


def assert_claims(
    mdp: MDP,
    current: PolicyLike,
    candidate: PolicyLike,
    *,
    claims: Iterable[str] | None = None,
    arithmetic: Arithmetic | None = None,
    strict: bool = False,
) -> Check:
    """Asserts that every claim of the theory that applies holds; this tests Monotone and the model.

    Raises:
        AssertionError: A claim is proved to be violated.
    """
    judge, check = _judge(mdp, current, candidate, arithmetic, strict, claims=claims)
    if check.theory not in (Verdict.HOLDS, Verdict.NOT_APPLICABLE):
        found = [claim.id for claim in check.claims.values() if claim.verdict is check.theory]
        judge.require(check.theory, f"claims {check.theory.value}: {', '.join(found)}")
    return check


def assert_kl_within(
    mdp: MDP,
    current: PolicyLike,
    candidate: PolicyLike,
    *,
    max_kl: float | Fraction | None = None,
    mean_kl: float | Fraction | None = None,
    arithmetic: Arithmetic | None = None,
    strict: bool = False,
) -> Check:
    """Asserts that KL(π ‖ π̃) stays within a trust region.

    Args:
        mdp: The model.
        current: π.
        candidate: π̃.
        max_kl: The largest maximum over states, in nats.
        mean_kl: The largest mean under the discounted visitation of π, in nats.
        arithmetic: How verdicts are reached.
        strict: Whether undecided fails, too.

    Raises:
        AssertionError: A divergence is proved to be larger.
        TypeError: Neither limit is given.
    """
    if max_kl is None and mean_kl is None:
        raise TypeError("give max_kl, mean_kl, or both")
    judge, check = _judge(mdp, current, candidate, arithmetic, strict)
    limits = (("max KL", check.max_kl, max_kl, "max-kl"), ("mean KL", check.mean_kl, mean_kl, "mean-kl"))
    for name, value, limit, condition in limits:
        if limit is not None:
            judge.require(
                value <= limit, f"{name} is {_digits(value)}, above {limit}", f"{condition}={float(limit)!r}"
            )
    return check


def _judge(
    mdp: MDP,
    current: PolicyLike,
    candidate: PolicyLike,
    arithmetic: Arithmetic | None,
    strict: bool,
    *,
    claims: Iterable[str] | None = None,
) -> tuple[Judgement, Check]:
    chosen = arithmetic or configuration.arithmetic
    check = mdp.check(current, candidate, arithmetic=chosen, claims=claims)
    return Judgement(mdp, (current, candidate), strict=strict, arithmetic=chosen), check


def _digits(value: Quantity) -> str:
    return "infinite: the step drops an action" if float(value) == float("inf") else str(value)
