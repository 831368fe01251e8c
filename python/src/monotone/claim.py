"""The verdict on one claim of the theory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .quantity import Quantity
from .verdict import Verdict

__all__ = ["Claim"]


@dataclass(frozen=True)
class Claim:
    """The verdict on one claim.

    Attributes:
        id: Its identifier, such as ``kl`` (Schulman et al. 2015, eq. 9).
        kind: ``identity``, ``inequality``, ``aPriori`` or ``aPosteriori`` (bounds that need no solve of π̃, or one).
        verdict: What is known of it.
        arithmetic: In which arithmetic.
        rigorous: Whether the verdict is a proof.
        margin: By how much it holds; below 0 where it is violated. None where there is none.
        bound: The lower bound on η(π̃), of bounds.
        upper_bound: The upper bound on η(π̃), of two-sided bounds.
        looseness: How many times larger the bound on the error is than the error.
        witness: The state, and where it matters the action, where the claim is tightest.
        assumption: Which assumption fails, or why the claim is not settled.
    """

    id: str
    kind: str
    verdict: Verdict
    arithmetic: str
    rigorous: bool
    margin: Quantity | None
    bound: Quantity | None
    upper_bound: Quantity | None
    looseness: Quantity | None
    witness: tuple[str, ...] | None
    assumption: str | None

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Claim:
        """The claim of an element of ``claims`` in ``monotone/check/v2``."""

        def quantity(name: str) -> Quantity | None:
            value = document.get(name)
            return None if value is None else Quantity.of(value)

        witness = document.get("witness")
        return cls(
            id=document["id"],
            kind=document["kind"],
            verdict=Verdict.of(document["verdict"]),
            arithmetic=document["arithmetic"],
            rigorous=document["rigorous"],
            margin=quantity("margin"),
            bound=quantity("bound"),
            upper_bound=quantity("upperBound"),
            looseness=quantity("looseness"),
            witness=None
            if witness is None
            else tuple(witness[key] for key in ("state", "action") if witness.get(key) is not None),
            assumption=document.get("assumption"),
        )
