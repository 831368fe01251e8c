"""What users give as arrays, made into what the engine reads: float64, float32, or exact texts, without gaps."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._engine import Array, PolicyInput
from .errors import InvalidInput

__all__ = ["PolicyLike", "Space"]

MAX_RANK = 4
FLOAT64 = np.dtype(np.float64)

PolicyLike = str | os.PathLike[str] | ArrayLike | Mapping[Any, Any] | Sequence[Any]
"""A policy: the name of one (``"uniform"``, ``"greedy(uniform)"``), a file's path, probabilities of shape (S, A),
actions of shape (S,) for a deterministic one, or ``{state: {action: probability}}``."""


class Space:
    """States and actions of a model: what shapes of policies are measured by."""

    __slots__ = (
        "action_index",
        "actions",
        "environment_states",
        "shape",
        "state_index",
        "states",
        "terminal",
    )

    def __init__(self, states: tuple[str, ...], actions: tuple[str, ...], terminal: NDArray[np.bool_]) -> None:
        self.states, self.actions, self.terminal = states, actions, terminal
        # Of a Gymnasium environment whose model has one more state, where episodes end: rows that policies have.
        self.environment_states = len(states)
        self.shape = (len(states), len(actions))
        self.state_index = {name: index for index, name in enumerate(states)}
        self.action_index = {name: index for index, name in enumerate(actions)}

    def policy(self, value: PolicyLike, name: str | None = None) -> PolicyInput:
        """A policy for a call.

        Raises:
            InvalidInput: The value is no policy of these states and actions.
        """
        if type(value) is np.ndarray and value.dtype is FLOAT64 and value.shape == self.shape:
            return PolicyInput(None, np.ascontiguousarray(value), name)
        if isinstance(value, str | os.PathLike):
            return PolicyInput(expression=os.fspath(value))
        if isinstance(value, Mapping):
            return PolicyInput(array=self._table(value), name=name)
        array = numbers(self._without_none(value), name or "the policy")
        if array.ndim == 1 and array.shape[0] == self.shape[0] and self.shape[0] != 0:
            array = self._deterministic(array, name or "the policy")
        if array.ndim == 2 and array.shape == (self.environment_states, self.shape[1]) != self.shape:
            fill: object = "0" if array.dtype.char == "O" else 0
            array = np.concatenate([array, np.full((1, self.shape[1]), fill, array.dtype)])
        if array.shape != self.shape:
            raise InvalidInput(
                f"{name or 'the policy'} has shape {array.shape}; expected (states, actions) = {self.shape}, or "
                f"the action of each state, shape ({self.shape[0]},)"
            )
        return PolicyInput(array=array, name=name)

    def _without_none(self, value: object) -> object:
        """Rows with nothing in the place of terminal states, whose rows are ignored."""
        if isinstance(value, list | tuple) and any(row is None for row in value):
            zeros = [0.0] * self.shape[1]
            return [
                zeros if row is None and index < len(self.terminal) and self.terminal[index] else row
                for index, row in enumerate(value)
            ]
        return value

    def _deterministic(self, actions: Array, name: str) -> Array:
        chosen = np.asarray(actions)
        if chosen.dtype.char == "O" or np.any(chosen != np.floor(chosen)):
            raise InvalidInput(f"{name} has shape {chosen.shape}, which means an action's index of each state")
        legal = (chosen >= 0) & (chosen < self.shape[1])
        wrong = np.flatnonzero(~legal & ~self.terminal)
        if wrong.size:
            state = int(wrong[0])
            raise InvalidInput(
                f"{name}: state {self.states[state]} has action {chosen[state]:g}; expected 0 to {self.shape[1] - 1}"
            )
        rows = np.zeros(self.shape)
        live = np.flatnonzero(legal)
        rows[live, chosen[live].astype(np.int64)] = 1
        return rows

    def _table(self, table: Mapping[Any, Any]) -> Array:
        rows = np.full(self.shape, "0", dtype=object)
        seen = set()
        for state, row in table.items():
            index = self._find(state, self.state_index, "state")
            seen.add(index)
            if row is None:
                continue
            if not isinstance(row, Mapping):
                raise InvalidInput(f"state {state!r}: expected {{action: probability}}, found {row!r}")
            for action, value in row.items():
                rows[index, self._find(action, self.action_index, "action")] = exact_text(value)
        for index, state in enumerate(self.states):
            if index not in seen and not self.terminal[index]:
                raise InvalidInput(f"state {state!r} has no row; give its probabilities")
        return rows

    def _find(self, key: object, names: Mapping[str, int], kind: str) -> int:
        if (index := names.get(str(key))) is not None:
            return index
        if isinstance(key, int | np.integer) and 0 <= key < len(names):
            return int(key)
        known = ", ".join(list(names)[:8]) + (", …" if len(names) > 8 else "")
        raise InvalidInput(f"unknown {kind} {key!r}; expected one of {known}")


def numbers(value: object, name: str) -> Array:
    """The value as float64, float32 or, of Fractions, Decimals and texts, as exact texts (dtype object).

    Raises:
        InvalidInput: It is not an array of real numbers.
    """
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise InvalidInput(f"{name} is masked; fill the masked elements, such as with .filled(0)")
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise InvalidInput(f"{name} is not a rectangular array: {error}") from error
    if array.ndim > MAX_RANK:
        raise InvalidInput(f"{name} has {array.ndim} dimensions; expected at most {MAX_RANK}")
    if array.dtype.kind in "biu":
        return np.ascontiguousarray(array, dtype=np.float64)
    if array.dtype.char in "df":
        return _contiguous(array)
    if array.dtype.char == "e":
        raise InvalidInput(f"{name} is float16, whose rows cannot sum to 1; normalise it in float64")
    if array.dtype.kind in "OU":
        texts = np.empty(array.shape, dtype=object)
        texts.reshape(-1)[:] = [exact_text(element) for element in array.flat]
        return texts
    raise InvalidInput(f"{name} has elements of type {array.dtype}; expected real numbers")


def flags(value: object, name: str, shape: tuple[int, ...]) -> Array:
    """The value as int8, 1 where it is true."""
    array = np.asarray(value)
    if array.dtype.kind not in "biu" or array.shape != shape:
        raise InvalidInput(f"{name} has shape {array.shape} of {array.dtype}; expected {shape} of bool")
    return np.ascontiguousarray(array != 0, dtype=np.int8)


def exact_text(value: object) -> str:
    """A number as an exact literal: ``1/3``, ``0.1``. Floats by the shortest decimal that reads as them.

    Raises:
        InvalidInput: It is not a number.
    """
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, int | Fraction):
        return str(value)
    if isinstance(value, np.integer):
        return str(int(value))
    if isinstance(value, float | np.floating):
        return repr(float(value))
    if isinstance(value, str | Decimal):
        text = str(value).strip()
        if "\0" not in text and text.isascii():
            return text
    raise InvalidInput(f'{value!r} is not a number; expected a number, a Fraction, or a text such as "1/3"')


def _contiguous(array: Array) -> Array:
    """The array without gaps, in this machine's byte order."""
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))


def depth(value: object) -> int:
    """The number of dimensions of an array, or of lists in lists; 0 of anything else."""
    found = 0
    while isinstance(value, list | tuple) and value and found <= MAX_RANK:
        found += 1
        value = next((item for item in value if item is not None), None)
    return found + int(getattr(value, "ndim", 0))
