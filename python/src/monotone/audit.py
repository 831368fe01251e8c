"""The audit of a training run: what each of its updates really did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from ._html import table
from ._result import Result
from .quantity import Quantity
from .verdict import Outcome, Verdict

__all__ = ["Audit", "AuditRow"]


@dataclass(frozen=True)
class AuditRow:
    """One update of a run.

    Attributes:
        index: Its number, from 1.
        current: What the policy before it is called.
        candidate: What the policy after it is called.
        outcome: What it did to the return.
        improved: Whether η(π̃) ≥ η(π).
        guaranteed: Whether a bound promised that beforehand.
        gain: η(π̃) − η(π).
        return_current: η(π).
        return_candidate: η(π̃).
        surrogate_gain: L_π(π̃) − η(π), what the exact surrogate promised.
        max_kl: Maximum KL(π ‖ π̃) over states, in nats.
        mean_kl: Mean KL under the discounted visitation, in nats.
        live_mean_kl: The same over live states, as samples of a training run have it.
        logged_kl: What the run itself logged, if it did.
        logged_flag: Why what it logged cannot be a KL divergence, such as ``"nan: not a number"``; else None.
        violated: Ids of violated claims.
        undecided: Ids of undecided claims.
        batch: What the samples of the update estimated, against exact values (member ``batch`` of the document).
        document: The row as the command prints it.
    """

    index: int
    current: str
    candidate: str
    outcome: Outcome
    improved: Verdict
    guaranteed: Verdict
    gain: Quantity
    return_current: Quantity
    return_candidate: Quantity
    surrogate_gain: Quantity
    max_kl: Quantity
    mean_kl: Quantity
    live_mean_kl: Quantity
    logged_kl: float | None
    logged_flag: str | None
    violated: tuple[str, ...]
    undecided: tuple[str, ...]
    batch: Mapping[str, Any] | None
    document: Mapping[str, Any]

    @classmethod
    def of(cls, document: dict[str, Any]) -> AuditRow:
        """The row of an element of ``updates`` in ``monotone/audit/v1``."""
        flag = document.get("loggedKLFlag")
        return cls(
            index=document["index"],
            current=document["current"],
            candidate=document["candidate"],
            outcome=Outcome(document["mark"]),
            improved=Verdict.of(document["improved"]),
            guaranteed=Verdict.of(document["guaranteed"]),
            gain=Quantity.of(document["gain"]),
            return_current=Quantity.of(document["returnCurrent"]),
            return_candidate=Quantity.of(document["returnCandidate"]),
            surrogate_gain=Quantity.of(document["surrogateGain"]),
            max_kl=Quantity.of(document["maxKL"]),
            mean_kl=Quantity.of(document["meanKL"]),
            live_mean_kl=Quantity.of(document["liveMeanKL"]),
            logged_kl=document.get("loggedKL"),
            logged_flag=None if flag is None else f"{flag['text']}: {flag['reason']}",
            violated=tuple(document["violated"]),
            undecided=tuple(document["undecided"]),
            batch=MappingProxyType(document["batch"]) if document.get("batch") else None,
            document=MappingProxyType(document),
        )

    def __repr__(self) -> str:
        return (
            f"<AuditRow {self.index}, {self.current} → {self.candidate}: {self.outcome.value}, gain {self.gain}, "
            f"mean KL {float(self.live_mean_kl):.4g}, max KL {float(self.max_kl):.4g}>"
        )


@dataclass(frozen=True, repr=False, eq=False)
class Audit(Result):
    """The ledger of a run."""

    @cached_property
    def rows(self) -> tuple[AuditRow, ...]:
        """The updates, in order."""
        return tuple(AuditRow.of(row) for row in self._document["updates"])

    @cached_property
    def summary(self) -> Mapping[str, Any]:
        """Counts and extremes by the names of ``monotone/audit/v1``, such as ``harmful`` and ``largestMeanKL``."""
        return MappingProxyType(self._document["summary"])

    @property
    def harmful(self) -> tuple[AuditRow, ...]:
        """The updates whose return fell, proved."""
        return tuple(row for row in self.rows if row.outcome is Outcome.HARMFUL)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.summary[outcome.value]} {outcome.value}" for outcome in Outcome)
        return f"<Audit of {self._document['mdp']['name']}: {len(self.rows)} updates, {counts}>"

    def _repr_html_(self) -> str:
        rows = [
            (
                row.index,
                row.outcome.value,
                f"{float(row.gain):.4g}",
                f"{float(row.live_mean_kl):.4g}",
                f"{float(row.max_kl):.4g}",
                row.logged_flag or ("–" if row.logged_kl is None else row.logged_kl),
            )
            for row in self.rows
        ]
        heads = ("update", "outcome", "gain", "mean KL", "max KL", "logged KL")
        return table(repr(self)[1:-1], heads, rows)
