"""The check of an update π → π̃: what it did, what was guaranteed, and every claim of the theory on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ._html import table
from ._result import Result
from .claim import Claim
from .errors import InternalError
from .quantity import Quantity
from .verdict import Outcome, Verdict

__all__ = ["Check"]

# The quantities in the order of the engine's arrays.
QUANTITIES = (
    "returnCurrent",
    "returnCandidate",
    "surrogate",
    "policyAdvantage",
    "maxAdvantage",
    "maxExpectedAdvantage",
    "penaltyCoefficient",
    "maxTotalVariation",
    "meanTotalVariation",
    "maxKL",
    "meanKL",
    "maxReverseKL",
    "meanReverseKL",
)


@dataclass(frozen=True, repr=False, eq=False)
class Check(Result):
    """What is known of an update. All quantities are exact expectations, not estimates.

    The claims of the theory are theorems: that they hold tests this program and the model. What tests an algorithm
    is :attr:`improved`, :attr:`guaranteed`, and the KL divergences against its trust region.

    Attributes:
        arithmetic: The arithmetic that was asked for.
    """

    arithmetic: str

    @cached_property
    def _facts(self) -> tuple[Verdict, Verdict, Verdict]:
        codes = self._reply.array("outcome")
        if codes is None:
            raise InternalError("the engine's check has no outcome")
        improved, guaranteed, unchanged = map(Verdict.of_code, codes.tolist())
        return improved, guaranteed, unchanged

    @property
    def improved(self) -> Verdict:
        """Whether η(π̃) ≥ η(π)."""
        return self._facts[0]

    @property
    def guaranteed(self) -> Verdict:
        """Whether a bound that needs no knowledge of π̃'s values promised η(π̃) > η(π)."""
        return self._facts[1]

    @property
    def outcome(self) -> Outcome:
        """What the update did to the return: improved, harmful, unchanged or undecided."""
        improved, _, unchanged = self._facts
        if improved is Verdict.VIOLATED:
            return Outcome.HARMFUL
        if unchanged is Verdict.HOLDS:
            return Outcome.UNCHANGED
        return Outcome.IMPROVED if improved is Verdict.HOLDS else Outcome.UNDECIDED

    @property
    def theory(self) -> Verdict:
        """The worst verdict on the claims that apply."""
        codes = self._reply.array("verdicts")
        if codes is None:
            raise InternalError("the engine's check has no verdicts")
        found = set(codes.tolist())
        for code in (0, -1, 3, 1):
            if code in found:
                return Verdict.of_code(code)
        return Verdict.NOT_APPLICABLE

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        """The quantities of the update by the names of ``monotone/check/v2``, such as ``maxKL``."""
        shape = (len(QUANTITIES),)
        values = self._numbers("quantities", shape).tolist()
        radii = self._numbers("quantitiesRadius", shape).tolist()
        # Arrays have neither fractions nor, from another process, infinities.
        if self.arithmetic == "exact" or any(map(math.isnan, values)):
            members = self._document["quantities"]
            return MappingProxyType({name: Quantity.of(members[name]) for name in QUANTITIES})
        return MappingProxyType(dict(zip(QUANTITIES, map(Quantity.enclosure, values, radii), strict=True)))

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """The claims by their ids, in the order of the catalogue."""
        return MappingProxyType({item["id"]: Claim.of(item) for item in self._document["claims"]})

    @property
    def return_current(self) -> Quantity:
        """η(π)."""
        return self.quantities["returnCurrent"]

    @property
    def return_candidate(self) -> Quantity:
        """η(π̃)."""
        return self.quantities["returnCandidate"]

    @property
    def surrogate(self) -> Quantity:
        """L_π(π̃) = η(π) + Σ_s ρ_π(s) Σ_a π̃(a|s) A_π(s,a)."""
        return self.quantities["surrogate"]

    @property
    def max_kl(self) -> Quantity:
        """max_s KL(π(·|s) ‖ π̃(·|s)), in nats."""
        return self.quantities["maxKL"]

    @property
    def mean_kl(self) -> Quantity:
        """The mean of KL(π(·|s) ‖ π̃(·|s)) under the discounted visitation of π, in nats."""
        return self.quantities["meanKL"]

    @property
    def max_total_variation(self) -> Quantity:
        """max_s ½ Σ_a |π(a|s) − π̃(a|s)|."""
        return self.quantities["maxTotalVariation"]

    def __repr__(self) -> str:
        current, candidate = self._document["current"], self._document["candidate"]
        guaranteed = "guaranteed" if self.guaranteed is Verdict.HOLDS else "not guaranteed"
        before, after = float(self.return_current), float(self.return_candidate)
        return (
            f"<Check {current} → {candidate}: {self.outcome.value}, {guaranteed}, theory {self.theory.value}, "
            f"η {before:.6g} → {after:.6g}, max KL {float(self.max_kl):.4g}>"
        )

    def _repr_html_(self) -> str:
        facts = table(repr(self)[1:-1], ("quantity", "value"), self.quantities.items())
        claims = table(
            "Claims",
            ("claim", "verdict", "margin", "looseness"),
            [
                (claim.id, claim.verdict.value, claim.margin or "–", claim.looseness or "–")
                for claim in self.claims.values()
            ],
        )
        return f"{facts}<details><summary>{len(self.claims)} claims</summary>{claims}</details>"
