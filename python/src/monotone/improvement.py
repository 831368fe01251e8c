"""The steps of an exact improvement rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._html import table
from ._result import Result
from .claim import Claim
from .errors import InternalError
from .quantity import Quantity
from .verdict import Outcome, Verdict

__all__ = ["Improvement", "Step"]


@dataclass(frozen=True)
class Step:
    """One step of a rule, an update that was checked.

    Attributes:
        index: Its number, from 1.
        outcome: What it did to the return.
        improved: Whether η(π̃) ≥ η(π).
        guaranteed: Whether a bound promised that beforehand.
        return_before: η(π).
        return_after: η(π̃).
        surrogate: L_π(π̃).
        bound: The tightest lower bound on η(π̃) that was known beforehand; None where there is none.
        max_kl: Maximum KL over states, in nats.
        mean_kl: Mean KL under the discounted visitation, in nats.
        residual: What the step's objective lacks, at most, to the best possible.
        claims: The claims by their ids.
    """

    index: int
    outcome: Outcome
    improved: Verdict
    guaranteed: Verdict
    return_before: Quantity
    return_after: Quantity
    surrogate: Quantity
    bound: Quantity | None
    max_kl: Quantity
    mean_kl: Quantity
    residual: Quantity | None
    claims: Mapping[str, Claim]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Step:
        """The step of an element of ``iterations`` in ``monotone/improvement/v1``."""

        def optional(name: str) -> Quantity | None:
            value = document.get(name)
            return None if value is None else Quantity.of(value)

        return cls(
            index=document["index"],
            outcome=Outcome(document["outcome"]),
            improved=Verdict.of(document["improved"]),
            guaranteed=Verdict.of(document["guaranteed"]),
            return_before=Quantity.of(document["returnBefore"]),
            return_after=Quantity.of(document["return"]),
            surrogate=Quantity.of(document["surrogate"]),
            bound=optional("bound"),
            max_kl=Quantity.of(document["maxKL"]),
            mean_kl=Quantity.of(document["meanKL"]),
            residual=optional("optimalityResidual"),
            claims=MappingProxyType({item["id"]: Claim.of(item) for item in document["claims"]}),
        )


@dataclass(frozen=True, repr=False, eq=False)
class Improvement(Result):
    """A run of an improvement rule, every step checked."""

    @property
    def rule(self) -> str:
        """The rule, such as ``max-kl``."""
        return str(self._document["rule"])

    @property
    def converged(self) -> bool:
        """Whether the rule reached a policy that it does not change."""
        return bool(self._document["converged"])

    @cached_property
    def policy(self) -> NDArray[np.float64]:
        """The last policy, shape (S, A)."""
        return self._numbers("probabilities", self._space.shape)

    @cached_property
    def returns(self) -> NDArray[np.float64]:
        """η before the first step and after each, shape (steps + 1,)."""
        array = self._reply.array("returns")
        if array is None:
            raise InternalError("the engine's improvement has no returns")
        return array

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps, in order."""
        return tuple(Step.of(item) for item in self._document["iterations"])

    def __repr__(self) -> str:
        first, last = self.returns[0], self.returns[-1]
        return f"<Improvement {self.rule}: {len(self.returns) - 1} steps, η {first:.6g} → {last:.6g}>"

    def _repr_html_(self) -> str:
        rows = [
            (step.index, step.outcome.value, f"{float(step.return_after):.6g}", f"{float(step.max_kl):.4g}")
            for step in self.steps
        ]
        return table(repr(self)[1:-1], ("step", "outcome", "η", "max KL"), rows)
