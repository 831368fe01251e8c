"""The exact values of a policy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._html import table
from ._result import Result, fractions_of, rows_of
from .quantity import Quantity

__all__ = ["Solution"]

Vector = NDArray[np.float64]

_TABLES = {"action_values": "actionValues", "advantages": "advantages"}
_VECTORS = {"state_values": "stateValues", "visitation": "visitation"}


@dataclass(frozen=True, repr=False, eq=False)
class Solution(Result):
    """What a policy π is worth: η = ρ0·V, V = (I − γP_π)⁻¹ r_π, Q, A = Q − V and ρ_π = (I − γP_πᵀ)⁻¹ ρ0.

    Units are those of the rewards; of ``visitation``, expected discounted steps, which sum to 1/(1−γ). Values are
    0 at terminal states. All arrays are read-only. Source: Schulman et al. 2015, section 2.
    """

    @property
    def policy(self) -> str:
        """What the policy is called."""
        return str(self._document["policy"])

    @property
    def arithmetic(self) -> str:
        """The arithmetic that proves the values: ``float64``, ``certified`` or ``exact``."""
        return str(self._document["arithmetic"])

    @cached_property
    def expected_return(self) -> Quantity:
        """η, the expected discounted return from the initial distribution."""
        if self.arithmetic == "exact":
            return self._quantity("return")
        return Quantity.enclosure(float(self._numbers("return", ())), float(self._numbers("returnRadius", ())))

    @cached_property
    def state_values(self) -> Vector:
        """V, shape (S,)."""
        return self._numbers("stateValues", self._space.shape[:1])

    @cached_property
    def visitation(self) -> Vector:
        """ρ_π, the discounted number of visits, shape (S,)."""
        return self._numbers("visitation", self._space.shape[:1])

    @cached_property
    def action_values(self) -> Vector:
        """Q, shape (S, A)."""
        return self._numbers("actionValues", self._space.shape)

    @cached_property
    def advantages(self) -> Vector:
        """A = Q − V, shape (S, A)."""
        return self._numbers("advantages", self._space.shape)

    def radius(self, name: str) -> Vector:
        """Bounds on the errors of ``state_values``, ``visitation``, ``action_values`` or ``advantages``.

        Raises:
            KeyError: Another name.
        """
        known = _VECTORS | _TABLES
        if name not in known:
            raise KeyError(f"{name!r}; expected one of {', '.join(known)}")
        shape = self._space.shape if name in _TABLES else self._space.shape[:1]
        return self._numbers(known[name] + "Radius", shape)

    def fractions(self, name: str) -> NDArray[Any]:
        """The same values as an array of :class:`fractions.Fraction`.

        Raises:
            ValueError: The solution is not exact; solve with ``arithmetic="exact"``.
            KeyError: Another name.
        """
        if name in _TABLES:
            values = rows_of(self._document[_TABLES[name]], self._space)
            return fractions_of(values, self._space.shape, name)
        if name not in _VECTORS:
            raise KeyError(f"{name!r}; expected one of {', '.join(_VECTORS | _TABLES)}")
        members = self._document[_VECTORS[name]]
        return fractions_of([members[state] for state in self._space.states], self._space.shape[:1], name)

    def __repr__(self) -> str:
        return f"<Solution of {self.policy}: η = {self.expected_return}, {self.arithmetic}>"

    def _repr_html_(self) -> str:
        rows = [
            (state, f"{value:.6g}", f"{visits:.6g}")
            for state, value, visits in zip(self._space.states, self.state_values, self.visitation, strict=True)
        ]
        caption = f"{self.policy}: η = {self.expected_return}"
        return table(caption, ("state", "V", "ρ"), rows)
