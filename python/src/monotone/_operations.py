"""What can be asked of an open model. Results that few programs need are imported when they are asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from ._arrays import PolicyLike, depth
from ._engine import Array, numbers, options_text
from ._open_model import OpenModel
from .check import Check
from .errors import InvalidInput
from .solution import Solution

if TYPE_CHECKING:
    from .audit import Audit
    from .auditor import Auditor
    from .certificate import Certificate
    from .improvement import Improvement

__all__ = ["Arithmetic", "Operations"]

Arithmetic = Literal["auto", "float64", "certified", "exact"]
"""How verdicts are reached: ``auto`` (default) proves in balls, and in rationals what that leaves open; ``certified``
and ``exact`` are the two; ``float64`` gives evidence within an error bound, no proof."""


class Operations(OpenModel):
    """The questions; :class:`monotone.MDP` has the model. ``force`` lifts the limit on exact arithmetic's cost."""

    def solve(
        self, policy: PolicyLike = "uniform", *, arithmetic: Arithmetic | None = None, force: bool = False
    ) -> Solution:
        """Evaluates a policy: return, values, advantages, visitation.

        Raises:
            InvalidInput: The policy has faults, or with γ = 1 a path of it does not end.
        """
        options = _options(arithmetic, force)
        reply = self._call("solve", (self._space.policy(policy, "policy"),), options)
        return Solution(reply, self._space, self.decimals)

    def check(
        self,
        current: PolicyLike,
        candidate: PolicyLike,
        *,
        arithmetic: Arithmetic | None = None,
        claims: Iterable[str] | None = None,
        force: bool = False,
    ) -> Check:
        """Checks the update from one policy to another.

        Args:
            current: π, the policy before.
            candidate: π̃, the policy after.
            arithmetic: How verdicts are reached.
            claims: Ids of the claims to check; default all.
            force: Whether to compute exactly whatever time it takes.

        Returns:
            The check. Of a stack (K, S, A) it is the list of :meth:`check_all`, which types cannot tell; typed
            code calls that.

        Raises:
            InvalidInput: A policy has faults.
            UsageError: An unknown claim.
        """
        if depth(candidate) == 3 or depth(current) == 3:
            checks = self.check_all(current, candidate, arithmetic=arithmetic, claims=claims, force=force)
            return cast(Check, checks)
        return self._check(current, candidate, _options(arithmetic, force, claims=_listed(claims)), arithmetic)

    def check_all(
        self,
        current: PolicyLike,
        candidates: Any,
        *,
        arithmetic: Arithmetic | None = None,
        claims: Iterable[str] | None = None,
        force: bool = False,
    ) -> list[Check]:
        """Checks K updates.

        Args:
            current: π, one policy for all updates, or a stack (K, S, A), or a list of K policies.
            candidates: π̃, a stack (K, S, A) or a list of K policies of any kind.
            arithmetic: As in :meth:`check`.
            claims: As in :meth:`check`.
            force: As in :meth:`check`.

        Raises:
            InvalidInput: A policy has faults, or there are not as many policies before as after.
        """
        after = list(candidates)
        several = depth(current) == 3 or (isinstance(current, list | tuple) and depth(current) != 2)
        before = list(cast(Any, current)) if several else [current] * len(after)
        if len(before) != len(after):
            raise InvalidInput(f"found {len(before)} policies before and {len(after)} after; expected as many")
        options = _options(arithmetic, force, claims=_listed(claims))
        return [self._check(*pair, options, arithmetic) for pair in zip(before, after, strict=True)]

    def _check(
        self, current: PolicyLike, candidate: PolicyLike, options: str | None, arithmetic: Arithmetic | None
    ) -> Check:
        before, after = self._space.policy(current, "current"), self._space.policy(candidate, "candidate")
        reply = self._call("check", (before, after), options)
        return Check(reply, self._space, self.decimals, arithmetic or "auto")

    def certificate(self, current: PolicyLike, candidate: PolicyLike, *, force: bool = False) -> Certificate:
        """Proves the verdicts on an update by rational numbers that another program can check."""
        from .certificate import Certificate

        before, after = self._space.policy(current, "current"), self._space.policy(candidate, "candidate")
        reply = self._call("certificate", (before, after), _options(None, force))
        return Certificate(reply, self._space, self.decimals)

    def improve(
        self,
        rule: str,
        start: PolicyLike = "uniform",
        *,
        iterations: int = 10,
        delta: float | None = None,
        step: float | None = None,
        alpha: float | None = None,
        until_gap: float | None = None,
        arithmetic: Arithmetic | None = None,
        force: bool = False,
    ) -> Improvement:
        """Applies an improvement rule repeatedly, all expectations exact, and checks every step.

        Args:
            rule: ``policy-iteration``, ``conservative``, ``penalty``, ``mean-penalty``, ``max-kl``, ``mean-kl``,
                ``natural-gradient``, ``trust-region`` or ``policy-gradient``.
            start: The initial policy.
            iterations: Maximum steps; it stops early when the policy no longer changes.
            delta: Trust region δ, in nats; default 0.01.
            step: Step size of ``natural-gradient``; default 0.01.
            alpha: Mixture weight of ``conservative``; default the α* that maximises the guaranteed gain.
            until_gap: Stop when the return is within this of the proved optimum.
            arithmetic: How verdicts are reached.
            force: Whether to compute exactly whatever time it takes.

        Raises:
            UsageError: An unknown rule, or an option that the rule does not have.
            InvalidInput: The rule cannot start from this policy.
        """
        from .improvement import Improvement

        options = _options(
            arithmetic,
            force,
            rule=rule,
            iterations=iterations,
            delta=delta,
            step=step,
            alpha=alpha,
            untilGap=until_gap,
        )
        reply = self._call("improve", (self._space.policy(start, "start"),), options)
        return Improvement(reply, self._space, self.decimals)

    def auditor(self, *, delta: float | None = None, screen: bool = False) -> Auditor:
        """Opens an audit of a run that gives its policies one at a time.

        Args:
            delta: Trust region δ, in nats; the summary counts the updates beyond it.
            screen: Whether to use float64 enclosures only, which is faster; what they leave open is undecided.
        """
        from .auditor import Auditor

        return Auditor(self, delta=delta, screen=screen)

    def audit(
        self,
        policies: Iterable[PolicyLike],
        *,
        logged_kl: Sequence[float | None] | None = None,
        delta: float | None = None,
        screen: bool = False,
    ) -> Audit:
        """Audits the successive policies of a run: a stack (K, S, A), or policies of any kind.

        Args:
            policies: K policies, which make K − 1 updates.
            logged_kl: What the run logged of each update, K − 1 numbers in nats.
            delta: Trust region δ, in nats.
            screen: As in :meth:`auditor`.
        """
        with self.auditor(delta=delta, screen=screen) as auditor:
            steps = list(policies)
            if logged_kl is not None and len(logged_kl) != len(steps) - 1:
                raise InvalidInput(
                    f"found {len(logged_kl)} logged KL divergences for {len(steps)} policies; expected one per "
                    f"update, {max(len(steps) - 1, 0)}"
                )
            for index, policy in enumerate(steps):
                auditor.step(policy, logged_kl=logged_kl[index - 1] if logged_kl is not None and index else None)
            return auditor.result()

    def policy(self, policy: PolicyLike, *, exact: bool = False) -> Array:
        """The probabilities of a policy, shape (S, A), as an array of its own: float64, or with ``exact`` Fractions.

        Rows of terminal states are 0.
        """
        reply = self._call("resolve_policy", (self._space.policy(policy, "policy"),))
        if not exact:
            return numbers(reply.array("probabilities"), self._space.shape).copy()
        # Literals of a policy file are exact: 0.1 is 1/10.
        table = json.loads(reply.text(), parse_float=Fraction)["probabilities"]
        rows = np.full(self._space.shape, Fraction(0), dtype=object)
        for state, row in table.items():
            for action, value in row.items():
                rows[self._space.state_index[state], self._space.action_index[action]] = Fraction(value)
        return rows

    def to_json(self, *, dense: bool = False) -> str:
        """The model's file (``monotone/mdp/v1``), exact; with ``dense`` as arrays."""
        return self._call("model_write", options=options_text({"dense": dense or None})).text()

    def save(self, path: str | os.PathLike[str], *, dense: bool = False) -> None:
        """Writes the model's file."""
        text = self.to_json(dense=dense)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "\n")


def _options(arithmetic: str | None, force: bool, **others: Any) -> str | None:
    if arithmetic is None and not force and not any(value is not None for value in others.values()):
        return None
    return options_text({"arithmetic": arithmetic, "force": force or None, **others})


def _listed(claims: Iterable[str] | None) -> list[str] | None:
    return None if claims is None else [claims] if isinstance(claims, str) else list(claims)
