"""What computes: one small protocol, with the shared library or a process behind it.

A call names a function of ``monotone.h`` without its prefix. Everything above this protocol is the same for both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .errors import Fault, InternalError, InvalidInput, MonotoneError, UnreadableFile, UsageError

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class PolicyInput:
    """A policy of a call: an expression, or an array (S, A) of float64, float32 or texts (dtype object)."""

    expression: str | None = None
    array: Array | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ModelArrays:
    """A model of a call; the arrays as in ``monotone_model_arrays``, already checked for their element types."""

    name: str
    discount: str
    shape: tuple[int, int]
    arrays: Mapping[str, Array]


class Reply(Protocol):
    """The answer to a call that succeeded."""

    @property
    def handle(self) -> int:
        """What was opened, or 0."""

    def text(self) -> str:
        """The result as JSON."""

    def array(self, name: str) -> Array | None:
        """The array of that name, read-only; None where the reply has none."""


class Engine(Protocol):
    """Computes. Every method raises the exception of a call that failed."""

    def call(
        self, name: str, handle: int = 0, policies: tuple[PolicyInput, ...] = (), options: str | None = None
    ) -> Reply:
        """A call on a handle and policies of its model."""

    def open_file(self, path: str, options: str | None) -> Reply:
        """Opens the model of a file."""

    def open_text(self, text: bytes, name: str, options: str | None) -> Reply:
        """Opens the model of a file's bytes."""

    def open_arrays(self, model: ModelArrays, options: str | None) -> Reply:
        """Opens a model of arrays."""

    def validate(self, text: bytes, name: str, handle: int, options: str | None) -> Reply:
        """Checks a file's bytes."""

    def close(self) -> None:
        """Ends the engine; further calls raise ClosedHandle."""


def options_text(options: Mapping[str, Any]) -> str | None:
    """Options as JSON without those that are None; None where nothing is left."""
    given = {name: value for name, value in options.items() if value is not None}
    return json.dumps(given) if given else None


_KINDS: dict[int, type[MonotoneError]] = {64: UsageError, 70: InternalError}


def failure(status: int, text: str) -> MonotoneError:
    """The exception of a failed call, from its ``monotone/failure/v1`` document."""
    document = json.loads(text)
    faults = tuple(Fault.of(fault) for fault in document.get("faults") or ())
    message = str(document.get("message") or "") or "\n".join(map(str, faults))
    if status == 65:
        return InvalidInput(_with_faults(message, faults), faults)
    if status == 66:
        return UnreadableFile(_with_faults(message, faults))
    return _KINDS.get(status, InternalError)(message or f"status {status} without a message")


def _with_faults(message: str, faults: tuple[Fault, ...]) -> str:
    """The message and those faults that it does not name already."""
    return "\n".join([message, *(str(fault) for fault in faults if fault.message not in message)])


def frozen(array: Array) -> Array:
    """The array, read-only."""
    array.flags.writeable = False
    return array


def numbers(array: Array | None, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """An array of a reply that must be there."""
    if array is None or array.shape != shape:
        found = "no array" if array is None else f"shape {array.shape}"
        raise InternalError(f"the engine answered with {found} where {shape} was expected")
    return array
