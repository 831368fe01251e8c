"""What all results have in common."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._arrays import Space
from ._engine import Reply, frozen, numbers
from .quantity import Quantity

__all__ = ["Result"]


@dataclass(frozen=True, repr=False, eq=False)
class Result:
    """A result of the engine. Documents are read when asked for, so that results cost little.

    Attributes:
        decimals: How floats of the model became rational: ``shortest``, ``exact`` or ``simplest``; None of a model
            that came from a file, whose literals are exact.
    """

    _reply: Reply
    _space: Space
    decimals: str | None

    @cached_property
    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self._reply.text())
        return document

    def to_dict(self) -> dict[str, Any]:
        """The command line's own JSON document (its member ``schema`` names the version), as a copy."""
        return copy.deepcopy(self._document)

    def _numbers(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
        return numbers(self._reply.array(name), shape)

    def _quantity(self, name: str) -> Quantity:
        return Quantity.of(self._document[name])


def fractions_of(values: Any, shape: tuple[int, ...], name: str) -> NDArray[Any]:
    """Exact members of a document as an array of Fractions, read-only.

    Raises:
        ValueError: One of them is not exact.
    """
    exact = [Quantity.of(value).exact for value in values]
    if any(value is None for value in exact):
        raise ValueError(f'{name} is an enclosure here; compute with arithmetic="exact" for fractions')
    array = np.empty(shape, dtype=object)
    array.reshape(-1)[:] = exact
    return frozen(array)


def rows_of(table: dict[str, dict[str, Any]], space: Space) -> list[Any]:
    """The values of ``{state: {action: value}}`` in the order of (S, A); 0 where the document has none."""
    zero = Fraction(0)
    return [
        table.get(state, {}).get(action, {"exact": str(zero), "approximate": 0.0})
        for state in space.states
        for action in space.actions
    ]
