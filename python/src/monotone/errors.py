"""Exceptions of the package: what was found, what was expected, what to do.

Every exception derives from :class:`MonotoneError`. Where a fault has a kin among Python's own exceptions, it
derives from that one, too: ``except ValueError`` catches :class:`InvalidInput`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "ClosedHandle",
    "Fault",
    "InternalError",
    "InvalidInput",
    "LibraryError",
    "MonotoneError",
    "Undecided",
    "UndecidedWarning",
    "UnreadableFile",
    "UsageError",
    "VersionMismatch",
]


@dataclass(frozen=True)
class Fault:
    """One fault of a model, a policy or a batch.

    Attributes:
        message: What was found, what was expected, what to do.
        file: The file, or the name of what was given as arrays; empty where there is none.
        line: Its line, from 1; None where the input is not a text.
        column: Its column, from 1; None where the input is not a text.
        path: The place in the document, such as ``$.transitions[3].to``; empty where there is none.
    """

    message: str
    file: str = ""
    line: int | None = None
    column: int | None = None
    path: str = ""

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Fault:
        """The fault of a member of ``faults`` in ``monotone/failure/v1``."""
        return cls(
            message=str(document.get("message") or ""),
            file=str(document.get("file") or ""),
            line=document.get("line"),
            column=document.get("column"),
            path=str(document.get("path") or ""),
        )

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return ": ".join(part for part in (place, self.path, self.message) if part)


class MonotoneError(Exception):
    """Base of all exceptions of this package."""


class UsageError(MonotoneError):
    """A call that makes no sense: an unknown option, claim or rule. The message names the nearest known one."""


class InvalidInput(MonotoneError, ValueError):
    """A model, a policy or a batch has faults.

    Attributes:
        faults: All of them, in the order of the input.
    """

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        self.faults = faults or (Fault(message),)
        super().__init__(message)


class UnreadableFile(MonotoneError, OSError):
    """A file that does not exist or cannot be read."""


class ClosedHandle(MonotoneError, ValueError):
    """A model, an audit or a connection was used after it was closed. Open it again."""


class InternalError(MonotoneError):
    """A fault of Monotone itself. Please report it, with what led to it."""


class LibraryError(MonotoneError, ImportError):
    """The shared library or the command cannot be found or loaded."""


class VersionMismatch(LibraryError):
    """The library was built for another version of this package. Install the two together."""


class Undecided(MonotoneError):
    """A verdict that is neither proved nor refuted was used as a truth value.

    Compare it with ``is`` instead, such as ``check.improved is Verdict.UNDECIDED``, or decide it with
    ``arithmetic="exact"``.
    """


class UndecidedWarning(UserWarning):
    """An assertion of :mod:`monotone.testing` was neither proved nor refuted, so it passed."""
