"""Models as users give them, made into what the engine opens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from ._arrays import exact_text, flags, numbers
from ._decimals import Decimals, rational
from ._engine import Array, ModelArrays
from .errors import InvalidInput


def model_arrays(
    *,
    name: str,
    discount: object,
    transitions: Any,
    rewards: Any,
    initial: Any,
    terminal: Any,
    available: Any,
    decimals: Decimals,
) -> ModelArrays:
    """A model of arrays for a call.

    Raises:
        InvalidInput: A shape or a type is not as documented by :meth:`monotone.MDP.from_arrays`.
    """
    arrays: dict[str, Array] = {}
    if all(hasattr(transitions, member) for member in ("indptr", "indices", "data")):
        shape = _sparse(transitions, rewards, arrays)
    else:
        table = numbers(transitions, "transitions")
        if table.ndim != 3 or table.shape[0] != table.shape[2]:
            raise InvalidInput(
                f"transitions have shape {table.shape}; expected (states, actions, states), indexed [s, a, s']"
            )
        arrays["transitions"], shape = table, (table.shape[0], table.shape[1])
    arrays["rewards"] = numbers(rewards, "rewards")
    if initial is not None:
        arrays["initial"] = _initial(initial, shape[0])
    if terminal is not None:
        arrays["terminal"] = _terminal(terminal, shape[0])
    if available is not None:
        arrays["available"] = flags(available, "available", shape)
    text = str(discount) if isinstance(discount, str) else str(rational(discount, decimals, "the discount"))
    return ModelArrays(name, text, shape, arrays)


def _sparse(matrix: Any, rewards: Any, arrays: dict[str, Array]) -> tuple[int, int]:
    """Rows s·A + a of a compressed sparse row matrix, such as one of SciPy; gives (S, A)."""
    if getattr(matrix, "format", "csr") != "csr":
        matrix = matrix.tocsr()
    rows, states = matrix.shape
    if states == 0 or rows % states:
        raise InvalidInput(
            f"sparse transitions have shape {matrix.shape}; expected (states · actions, states), row s·A + a"
        )
    arrays["transitions"] = numbers(matrix.data, "transitions")
    arrays["columns"] = np.ascontiguousarray(matrix.indices, dtype=np.int64)
    arrays["row_starts"] = np.ascontiguousarray(matrix.indptr, dtype=np.int64)
    return states, rows // states


def _initial(initial: Any, states: int) -> Array:
    """A distribution over states; an index stands for all of it."""
    if isinstance(initial, int | np.integer):
        if not 0 <= initial < states:
            raise InvalidInput(f"initial is state {initial}; expected 0 to {states - 1}, or a distribution")
        distribution = np.zeros(states)
        distribution[initial] = 1
        return distribution
    return numbers(initial, "initial")


def _terminal(terminal: Any, states: int) -> Array:
    """Flags of shape (S,), of flags or of a collection of indices."""
    array = np.asarray(list(terminal) if isinstance(terminal, set | frozenset | range) else terminal)
    if array.dtype == bool or array.size == 0:
        return flags(array if array.size else np.zeros(states, bool), "terminal", (states,))
    if array.dtype.kind not in "iu" or array.ndim != 1 or array.min() < 0 or array.max() >= states:
        raise InvalidInput(f"terminal is {terminal!r}; expected indices from 0 to {states - 1}, or {states} bools")
    marked = np.zeros(states, dtype=np.int8)
    marked[array] = 1
    return marked


def document_text(document: Mapping[str, Any]) -> bytes:
    """A model of nested dicts as the text of its file; Fractions and Decimals stay exact.

    Raises:
        InvalidInput: It holds something that JSON cannot.
    """
    try:
        return json.dumps(document, default=_plain, allow_nan=False).encode()
    except ValueError as error:
        raise InvalidInput(f"the model is no JSON: {error}") from error


def _plain(value: object) -> object:
    if isinstance(value, Fraction | Decimal):
        return exact_text(value)
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise InvalidInput(f"the model holds {value!r} of type {type(value).__name__}, which JSON cannot")
