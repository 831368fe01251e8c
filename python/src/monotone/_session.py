"""Which engine calls go to when none is named: the library in this process, loaded at the first use."""

from __future__ import annotations

import threading

from ._engine import Engine

_LOCK = threading.Lock()
_default: list[Engine] = []


def default() -> Engine:
    """The engine of this process.

    Raises:
        LibraryError: There is no library, or it cannot be loaded.
    """
    if not _default:
        with _LOCK:
            if not _default:
                from . import _native

                _default.append(_native.engine())
    return _default[0]
