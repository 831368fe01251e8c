"""Auditing a run while it trains, one policy at a time."""

from __future__ import annotations

import json
import weakref
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import PolicyLike
from ._engine import options_text
from ._open_model import close_quietly
from .audit import Audit, AuditRow
from .errors import ClosedHandle, InvalidInput

if TYPE_CHECKING:
    from ._operations import Operations

__all__ = ["Auditor"]

BATCH_MEMBERS = ("states", "actions", "advantages", "weights", "trajectories")


class Auditor:
    """Audits successive policies of a run on a model; made by :meth:`monotone.MDP.auditor`.

    Use it as a context manager, or close it; what it gave out stays valid.
    """

    def __init__(self, mdp: Operations, *, delta: float | None = None, screen: bool = False) -> None:
        self.mdp = mdp
        self._count = 0
        options = {"delta": delta, "screen": screen or None}
        self._handle = mdp._call("audit_open", options=options_text(options)).handle
        self._finaliser = weakref.finalize(self, close_quietly, mdp._engine, self._handle)

    def step(
        self,
        policy: PolicyLike,
        *,
        logged_kl: float | None = None,
        batch: Mapping[str, Any] | None = None,
        name: str | None = None,
    ) -> AuditRow | None:
        """Gives the next policy.

        Args:
            policy: The policy after the update, shape (S, A); the first is the one that training starts from.
            logged_kl: The KL divergence that the run logged for the update, in nats. NaN and negative numbers are
                flagged, not refused.
            batch: The samples that the update was made from, equally long sequences: ``states`` and ``actions``
                (names or indices), ``advantages``, and if there are any ``weights`` and ``trajectories``.
            name: What results call the policy; by default its number.

        Returns:
            The update's row; None for the first policy.

        Raises:
            InvalidInput: The policy or the batch has faults. The next policy starts anew.
        """
        if not self._finaliser.alive:
            raise ClosedHandle("the audit is closed; open another with MDP.auditor()")
        options: dict[str, Any] = {}
        if logged_kl is not None:
            value = float(logged_kl)
            options["loggedKL"] = value if np.isfinite(value) else str(value)
        if batch is not None:
            options["batch"] = batch_document(batch)
        number, self._count = self._count, self._count + 1
        given = self.mdp._space.policy(policy, name if name is not None else str(number))
        reply = self.mdp._engine.call("audit_step", self._handle, (given,), options_text(options))
        row = json.loads(reply.text())
        return AuditRow.of(row) if row else None

    def result(self) -> Audit:
        """The ledger so far."""
        if not self._finaliser.alive:
            raise ClosedHandle("the audit is closed; ask for its result before")
        reply = self.mdp._engine.call("audit_document", self._handle)
        return Audit(reply, self.mdp._space, self.mdp.decimals)

    def close(self) -> None:
        """Closes the audit; again does nothing."""
        self._finaliser()

    def __enter__(self) -> Auditor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def batch_document(batch: Mapping[str, Any]) -> dict[str, Any]:
    """A batch as JSON.

    Raises:
        InvalidInput: A member has an unknown name or is no list.
    """
    document = {}
    for member, values in batch.items():
        if member not in BATCH_MEMBERS:
            raise InvalidInput(f"unknown member {member!r} of a batch; expected {', '.join(BATCH_MEMBERS)}")
        if values is None:
            continue
        array = np.asarray(values)
        if array.ndim != 1:
            raise InvalidInput(f"{member} of the batch has shape {array.shape}; expected one number per sample")
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            index = int(np.flatnonzero(~np.isfinite(array))[0])
            raise InvalidInput(f"{member}[{index}] of the batch is {array[index]}; expected finite numbers")
        document[member] = array.tolist()
    return document
